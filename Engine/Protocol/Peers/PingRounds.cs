namespace GossipSim.Engine.Protocol;

/// <summary>The rounds in which a peer pings its neighbors.</summary>
internal struct PingRounds
{
    /// <summary>When the next is to begin.</summary>
    public Instant Due;

    /// <summary>The latest.</summary>
    public int Number;

    /// <summary>Whether the latest began so late that the peer mistrusts itself.</summary>
    public bool IsLagging;

    /// <summary>What it says, in one object for all neighbors until that changes.</summary>
    public Ping? Ping;

    /// <summary>What that says, for those who need not look at it.</summary>
    public GossipDigest Said;
}
