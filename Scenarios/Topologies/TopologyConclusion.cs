using System.Globalization;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Topologies;

/// <summary>What many verdicts say together, in a sentence or two.</summary>
internal static class TopologyConclusion
{
    public static string Of(IReadOnlyList<GrownTopology> grown)
    {
        var usual = grown.CountBy(each => each.PowerLaw.Verdict).MaxBy(each => each.Value);
        var example = grown.First(each => each.PowerLaw.Verdict == usual.Key);
        return Say($"{usual.Value} of {grown.Count}: {ScenarioJson.WordOf(usual.Key)}. {Meaning(usual.Key)}")
            + Say($" The overlay of random seed {example.RandomSeed}: {example.PowerLaw.Reason}");
    }

    private static string Meaning(PowerLawVerdict usual) => usual switch
    {
        PowerLawVerdict.CannotBeFitted => "Degrees so alike follow no law that could be told from another.",
        PowerLawVerdict.Inconclusive => "Overlays of this size do not tell what law their degrees follow.",
        PowerLawVerdict.Rejected => "What this rule makes of so many peers is not a power law.",
        PowerLawVerdict.Supported => "Their degrees are consistent with a power law, which is no proof of one.",
        _ => throw new ArgumentOutOfRangeException(nameof(usual), usual, "no such verdict"),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
