namespace GossipSim.Scenarios.Demo;

/// <summary>An overlay rule that the visualizer offers, as a scenario would set it.</summary>
/// <param name="Word">What the address of the page calls it.</param>
/// <param name="Label">What people read.</param>
/// <param name="InWords">How a joining peer chooses, as the rest of "It chooses its neighbors ...".</param>
/// <param name="Source">Whose rule it is, and what it says.</param>
/// <param name="Settings">Keys and values under <c>overlay</c>.</param>
internal sealed record DemoRule(
    string Word, string Label, string InWords, string Source, params (string Key, string Value)[] Settings)
{
    public static IReadOnlyList<DemoRule> All { get; } =
    [
        new("preferentialAttachment", "Preferential attachment, 3 links (document 000)",
            "by lot, and who has more links has more lots",
            "Document 000: overlay by preferential attachment, at most 3 links (c=3).",
            ("rule", "preferentialAttachment"), ("linksPerJoin", "3")),
        new("topHalf", "Top half by degree (document 001)",
            "without any lot: the better connected half of all peers it knows",
            "Document 001: connect to the top half by degree.",
            ("rule", "topHalf")),
        new("zipfByAge", "Zipf rank by age, 3 links (as document 002 runs)",
            "by lot with weight 1/k^2 for the k-th oldest",
            "Document 002: \"power-law neighbor selection\", without saying more; its program ranks the list.",
            ("rule", "zipfRank"), ("zipfExponent", "2"), ("zipfRankBy", "age"), ("linksPerJoin", "3")),
        new("zipfRank", "Zipf rank, shuffled (document 003)",
            "by lot with weight 1/k for rank k, in an order that it has shuffled before",
            "Document 003: weight(k) = 1 / k^\u03b1, \u03b1 = 1.0, without replacement, floor(n/2)+1 neighbors.",
            ("rule", "zipfRank"), ("zipfExponent", "1"), ("zipfRankBy", "shuffled"),
            ("linksPerJoin", "floorHalfPlusOne")),
        new("uniform", "Uniform, 4 links (document 004)",
            "by lot, all alike",
            "Document 004: at most 4 neighbors drawn from the peer list, all alike.",
            ("rule", "uniform"), ("linksPerJoin", "4")),
        new("smallWorld", "Small world (planned)",
            "by a plan: a ring of near neighbors with a few links that lead far away",
            "Of no document: for comparison.", ("rule", "smallWorld"), ("linksPerJoin", "1")),
        new("ring", "Ring (planned)", "by a plan: the next and the one before, in a circle",
            "Of no document: for comparison.", ("rule", "ring")),
        new("complete", "Complete (everybody with everybody)", "without any lot: everybody",
            "Of no document: for comparison.", ("rule", "complete")),
    ];

    public static string Words => string.Join(", ", All.Select(rule => rule.Word));
}
