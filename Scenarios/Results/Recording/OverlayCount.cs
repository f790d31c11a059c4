namespace GossipSim.Scenarios.Results;

/// <summary>
/// How many live peers there are, and links of which both ends live and list each other: kept up event by event, so
/// that every message can be held against the overlay in which it was published.
/// </summary>
internal sealed class OverlayCount(NodeTable nodes)
{
    public int Peers { get; private set; }

    public int Links { get; private set; }

    /// <summary>One end's list has the other now.</summary>
    public void Add(NodeState one, NodeState other)
    {
        if (AreBothEnds(one, other)) Links++;
    }

    /// <summary>One end's list had the other until now.</summary>
    public void Remove(NodeState one, NodeState other)
    {
        if (one.IsLivePeer && other.IsLivePeer && other.Lists(one.Index)) Links--;
    }

    /// <summary>Before a node lives, dies or leaves: what it stands for is taken out.</summary>
    public void TakeOut(NodeState node) => Change(node, -1);

    /// <summary>And after it, what it stands for now is put in.</summary>
    public void PutIn(NodeState node) => Change(node, 1);

    /// <summary>Live peers that a live peer lists, and that list it.</summary>
    public int LinksOf(NodeState node)
    {
        if (!node.IsLivePeer) return 0;
        var links = 0;
        foreach (var neighbor in node.Neighbors)
            if (AreBothEnds(node, nodes[neighbor])) links++;
        return links;
    }

    private void Change(NodeState node, int sign)
    {
        if (!node.IsLivePeer) return;
        Peers += sign;
        Links += sign * LinksOf(node);
    }

    private static bool AreBothEnds(NodeState one, NodeState other) =>
        one.IsLivePeer && other.IsLivePeer && one.Lists(other.Index) && other.Lists(one.Index);
}
