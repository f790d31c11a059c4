namespace GossipSim.Engine.Protocol;

/// <summary>Who one of a peer's neighbors is. How it fares is in its <see cref="Vitals"/>.</summary>
internal sealed class Neighbor(NodeAddress address, NodeId nodeId, int epoch, long joinStamp, bool isOpenedHere)
{
    public NodeAddress Address => address;

    public NodeId NodeId => nodeId;

    public int Epoch => epoch;

    /// <summary>As the neighbor said last: it may hear of a greater one when the seed nodes' lists merge.</summary>
    public long JoinStamp { get; set; } = joinStamp;

    /// <summary>Which end asked for the link: it is the one that tells it to the seed nodes.</summary>
    public bool IsOpenedHere => isOpenedHere;

    public Suspicion? Suspicion { get; set; }
}
