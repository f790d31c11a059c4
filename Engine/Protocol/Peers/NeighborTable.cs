namespace GossipSim.Engine.Protocol;

/// <summary>The links of a peer, in the order in which they were made.</summary>
internal sealed class NeighborTable
{
    /// <summary>Our choice: enough witnesses to ask, few enough for one short line.</summary>
    private const int ToldAtMost = 8;

    private readonly List<Neighbor> neighbors = [];
    private readonly Dictionary<NodeAddress, Neighbor> byAddress = [];
    private NodeAddress[]? told;

    public int Count => neighbors.Count;

    public Neighbor this[int index] => neighbors[index];

    public Neighbor? Find(NodeAddress address) => byAddress.GetValueOrDefault(address);

    public void Add(Neighbor neighbor)
    {
        neighbors.Add(neighbor);
        byAddress.Add(neighbor.Address, neighbor);
        told = null;
    }

    public void Remove(Neighbor neighbor)
    {
        neighbors.Remove(neighbor);
        byAddress.Remove(neighbor.Address);
        told = null;
    }

    /// <summary>The neighbors named in a PONG; made anew only when links changed.</summary>
    public NodeAddress[] Told()
    {
        if (told is not null) return told;
        told = new NodeAddress[Math.Min(neighbors.Count, ToldAtMost)];
        for (var index = 0; index < told.Length; index++) told[index] = neighbors[index].Address;
        return told;
    }

    public NodeAddress[] OpenedHere(int limit)
    {
        var opened = new List<NodeAddress>();
        foreach (var neighbor in neighbors)
            if (neighbor.IsOpenedHere && opened.Count < limit) opened.Add(neighbor.Address);
        return [.. opened];
    }
}
