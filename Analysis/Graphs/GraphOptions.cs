namespace GossipSim.Analysis;

/// <summary>Up to which size a graph is measured exactly, and how it is sampled beyond.</summary>
public sealed record GraphOptions
{
    /// <summary>All pairs of so many nodes take a second or two (our choice).</summary>
    public int ExactPathNodes { get; init; } = 50_000;

    /// <summary>Nodes to follow shortest paths from in a larger graph.</summary>
    public int PathSources { get; init; } = 2 * ManySourceSearch.MostSources;

    /// <summary>How often 256 more nodes may be searched from to find the diameter of a larger graph.</summary>
    public int DiameterPasses { get; init; } = 4;

    /// <summary>From each of so many nodes to all takes about a second (our choice).</summary>
    public int ExactBetweennessNodes { get; init; } = 5_000;

    /// <summary>The fewest nodes whose shortest paths stand for those of all in a larger graph.</summary>
    public int BetweennessPivots { get; init; } = 32;

    /// <summary>More of them, as long as they look at no more nodes and ends of edges than this (our choice).</summary>
    public long BetweennessSteps { get; init; } = 100_000_000;

    /// <summary>Chooses sources and pivots.</summary>
    public ulong RandomSeed { get; init; } = 1;

    /// <summary>The results are the same for every number.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
