namespace GossipSim.Engine.Protocol;

/// <summary>What a liar knows of the run from its own configuration, as any honest node does.</summary>
public sealed record LiarOptions
{
    /// <summary>All seed nodes of the cluster.</summary>
    public required NodeAddress[] SeedNodes { get; init; }

    /// <summary>The number of the last gossip message that an origin may send.</summary>
    public int HighestNumber { get; init; } = 10;

    /// <summary>Unix time at the run's instant zero, for the timestamps in ids and reports, in seconds.</summary>
    public double EpochUnixSeconds { get; init; }

    /// <summary>Between two lies of a behavior that lies by itself. Our choice.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);
}
