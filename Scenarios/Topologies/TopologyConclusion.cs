using System.Globalization;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Topologies;

/// <summary>What many verdicts say together, in a sentence or two.</summary>
internal static class TopologyConclusion
{
    public static string Of(IReadOnlyList<GrownTopology> grown)
    {
        var verdicts = VerdictShare.Of(grown);
        var usual = verdicts[0];
        var example = grown.First(each => each.PowerLaw.Verdict == usual.Verdict);
        return Say($"{usual.Overlays} of {grown.Count}: {ScenarioJson.WordOf(usual.Verdict)}. ")
            + Meaning(usual.Verdict) + Others(verdicts, grown)
            + Say($" The overlay of random seed {example.RandomSeed}: {example.PowerLaw.Reason}");
    }

    /// <summary>Where overlays of one rule and size differ in the verdict, one of them does not decide it.</summary>
    private static string Others(IReadOnlyList<VerdictShare> verdicts, IReadOnlyList<GrownTopology> grown)
    {
        if (verdicts.Count == 1) return " All overlays have this verdict.";
        var others = verdicts.Skip(1).Select(each => Say($"{each.Overlays} {ScenarioJson.WordOf(each.Verdict)}"));
        var words = Say($" The verdict differs between the overlays ({string.Join(", ", others)}):")
            + " a single overlay does not decide it.";
        var rejected = grown.Where(each => each.PowerLaw.Verdict == PowerLawVerdict.Rejected).ToList();
        if (rejected.Count == 0) return words;
        var byAlternative = rejected.Count(each => each.PowerLaw.Comparisons!.OneIsBetter);
        return words + Say($" Of the rejected, {byAlternative} have a better alternative distribution and ")
            + Say($"{rejected.Count - byAlternative} only a p below 0.1, as a tenth of true power laws has.");
    }

    private static string Meaning(PowerLawVerdict usual) => usual switch
    {
        PowerLawVerdict.CannotBeFitted => "Degrees so alike follow no law that could be told from another.",
        PowerLawVerdict.Inconclusive => "Overlays of this size do not tell what law their degrees follow.",
        PowerLawVerdict.Rejected => "The degrees that this rule makes are not a power law at this size.",
        PowerLawVerdict.Supported => "Their degrees are consistent with a power law, which is no proof of one.",
        _ => throw new ArgumentOutOfRangeException(nameof(usual), usual, "no such verdict"),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
