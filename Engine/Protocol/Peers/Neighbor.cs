namespace GossipSim.Engine.Protocol;

/// <summary>What a peer knows of one of its neighbors.</summary>
internal sealed class Neighbor(NodeAddress address, NodeId nodeId, int epoch, long joinStamp, bool isOpenedHere)
{
    public NodeAddress Address => address;

    public NodeId NodeId => nodeId;

    public int Epoch => epoch;

    public long JoinStamp => joinStamp;

    /// <summary>Which end asked for the link: it is the one that tells it to the seed nodes.</summary>
    public bool IsOpenedHere => isOpenedHere;

    /// <summary>
    /// Before the run, for links that stood before it: such a neighbor is pinged at the first chance.
    /// </summary>
    private static readonly Instant longAgo = new(-1L << 50);

    public Instant LastHeard { get; set; } = longAgo;

    public Instant LastPinged { get; set; } = longAgo;

    /// <summary>The unanswered ping, by its number; 0 when there is none.</summary>
    public long PingRound { get; set; }

    public int Misses { get; set; }

    /// <summary>Its neighbors as of its last PONG: whom to ask when it falls silent.</summary>
    public NodeAddress[] Neighbors { get; set; } = [];

    public Suspicion? Suspicion { get; set; }
}
