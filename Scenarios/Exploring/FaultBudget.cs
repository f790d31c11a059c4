using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Exploring;

/// <summary>How many faults a run may meet, and of which words.</summary>
internal sealed record FaultBudget(int Most, IReadOnlyList<string> Words)
{
    /// <summary>Our choice: more at once and single causes drown.</summary>
    private const int MostByDefault = 60;

    /// <summary>At least so many; a plan is drawn with a number between the two.</summary>
    public int Least { get; init; } = 1;

    /// <summary>
    /// What every promise must survive. duplicate and reorder break what TCP promises, and byzantine and sybil that
    /// nodes are honest: those are drawn only when named.
    /// </summary>
    public static IReadOnlyList<string> Survivable { get; } =
    [
        "crash", "restart", "leave", "join", "pause", "slowNode", "clockSkew", "partition", "cut", "linkLoss",
        "linkDelay", "linkFlap", "linkBandwidth", "corrupt",
    ];

    /// <param name="most">Null: by the size of the network.</param>
    /// <param name="words">Null: all that can be survived.</param>
    public static FaultBudget For(Scenario scenario, int? most, IReadOnlyList<string>? words) => new(
        most ?? Math.Min(MostByDefault, 6 + scenario.SeedNodes.Count + (scenario.Peers.Count / 20)),
        words ?? Survivable);

    public bool Allows(string word) => Words.Contains(word);
}
