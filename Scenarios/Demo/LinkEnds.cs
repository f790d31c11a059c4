using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>The links of the overlay, as the peers at their ends report them.</summary>
internal sealed class LinkEnds
{
    private readonly HashSet<(NodeAddress At, NodeAddress Neighbor)> ends = [];

    public int Links => ends.Count / 2;

    /// <summary>Returns whether the other end was there, so that the link stands now.</summary>
    public bool Add(NodeAddress at, NodeAddress neighbor) =>
        ends.Add((at, neighbor)) && ends.Contains((neighbor, at));

    public void Remove(NodeAddress at, NodeAddress neighbor) => ends.Remove((at, neighbor));

    public IReadOnlyList<NodeAddress> NeighborsOf(NodeAddress peer) =>
        [.. ends.Where(end => end.At == peer).Select(end => end.Neighbor).Order()];

    public int DegreeOf(NodeAddress peer) => ends.Count(end => end.At == peer);

    public bool IsNeighborOfAny(NodeAddress peer) => ends.Any(end => end.Neighbor == peer);
}
