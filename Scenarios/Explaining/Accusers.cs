using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>
/// Whose word was heard before a running member was removed. Where one of them lied that is the answer, however many
/// others believed to have missed the member too.
/// </summary>
internal static class Accusers
{
    /// <summary>A sentence with a blank before it; nothing where nobody is known to have reported.</summary>
    public static string Of(RemovalCase its)
    {
        var reports = its.Events.Where(e => e.Seq < its.FirstCommit?.Seq && ReporterIn(e) is not null).ToList();
        if (reports.Count == 0) return "";
        var told = reports.FindIndex(e => its.LieBehind(e) is not null);
        var first = reports[Math.Max(told, 0)];
        var others = reports.Select(e => ReporterIn(e)).Distinct().Count() - 1;
        var and = others > 0 ? FormattableString.Invariant($" and {others} more") : "";
        return $" {NameIn(its, first)}{and} had reported it dead.";
    }

    /// <summary>Who sent the report that a seed node heard, and by which fault it lies, if it does.</summary>
    public static string NameIn(RemovalCase its, in LoggedEvent report) => its.LieBehind(report) is { } lie
        ? $"{ReporterIn(report)} (byzantine: {lie.Strike.FaultId})"
        : $"{ReporterIn(report)}";

    /// <summary>Null where the event is no report that was heard, or a log of former times does not tell.</summary>
    public static NodeAddress? ReporterIn(in LoggedEvent e) =>
        e.Event.Detail is HeardReport { Reporter: { IsNone: false } reporter } ? reporter : null;
}
