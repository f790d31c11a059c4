using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Viewing;

namespace GossipSim.Tests.Scenarios.Viewing;

/// <summary>A strike as a log tells it.</summary>
internal sealed record FoundStrike(long Seq, long Microseconds, string Word, NodeAddress[][] Groups);

/// <summary>What tests read of a fork and of its log.</summary>
internal static class Figures
{
    public const string NoFingerprint = "0000000000000000";

    /// <summary>Of the run and of its fork.</summary>
    public static string Of(ForkOutcome outcome, string path)
    {
        var figure = outcome.Figures.Single(found => found.Path == path);
        return FormattableString.Invariant($"{figure.Original} {figure.Fork}");
    }

    public static IEnumerable<FoundStrike> Strikes(StoredEvents log, string fault) =>
        from place in Enumerable.Range(0, log.Count)
        let e = log[place]
        where e.Kind == (byte)EventKind.FaultStruck
        let strike = log.StrikeOf(e)
        where strike.FaultId == fault
        select new FoundStrike(e.Seq, e.Microseconds, strike.Word, strike.Groups);

    public static List<string> Lines(StoredEvents log, int count) =>
        [.. log.Lines(0, count).Select(line => Encoding.UTF8.GetString(line.Span))];
}
