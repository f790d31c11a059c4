using System.Globalization;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Topologies;

/// <summary>
/// How often one verdict was found among the overlays, and which shares among all overlays of the rule are compatible
/// with that: the 95 % interval of E. B. Wilson (1927), which holds for few overlays too.
/// </summary>
/// <param name="Overlays">How many have the verdict.</param>
/// <param name="Share">Of all overlays, from 0 to 1; so are both ends of the interval.</param>
internal sealed record VerdictShare(
    PowerLawVerdict Verdict, int Overlays, double Share, double ShareAtLeast, double ShareAtMost)
{
    /// <summary>The 97.5th percentile of the normal distribution.</summary>
    private const double Deviations = 1.959964;

    /// <summary>Those that were found at all, the most frequent first.</summary>
    public static IReadOnlyList<VerdictShare> Of(IReadOnlyList<GrownTopology> grown) =>
    [
        .. grown.CountBy(each => each.PowerLaw.Verdict)
            .OrderByDescending(each => each.Value)
            .ThenBy(each => each.Key)
            .Select(each => Of(each.Key, each.Value, grown.Count)),
    ];

    public static VerdictShare Of(PowerLawVerdict verdict, int overlays, int all)
    {
        double share = (double)overlays / all, square = Deviations * Deviations / all;
        double middle = (share + (square / 2)) / (1 + square);
        double reach = Math.Sqrt(square * ((share * (1 - share)) + (square / 4))) / (1 + square);
        return new VerdictShare(
            verdict, overlays, share, Math.Max(0, middle - reach), Math.Min(1, middle + reach));
    }

    public string InWords() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Overlays} {ScenarioJson.WordOf(Verdict)} ({Share:P0}, 95 % interval {ShareAtLeast:P0} to {ShareAtMost:P0})");
}
