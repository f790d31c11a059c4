using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The graph of the live peers at the end of a run. A link counts when both ends list each other; across a partition
/// that still holds it connects nobody, though it still counts as a link.
/// </summary>
internal sealed class EndOverlay
{
    /// <summary>Our choice: in a drawing of more peers nothing can be told apart.</summary>
    public const int MostPeersDrawn = 2_000;

    private readonly int[] parent;

    private EndOverlay(List<NodeState> peers, List<(int A, int B)> edges, int asymmetric, int[] parent)
    {
        Peers = peers;
        Edges = edges;
        AsymmetricLinks = asymmetric;
        this.parent = parent;
        Degrees = new int[peers.Count];
        foreach (var (a, b) in edges)
        {
            Degrees[a]++;
            Degrees[b]++;
        }
    }

    /// <summary>Live peers in address order; edges and degrees use their places in this list.</summary>
    public IReadOnlyList<NodeState> Peers { get; }

    public IReadOnlyList<(int A, int B)> Edges { get; }

    public int[] Degrees { get; }

    /// <summary>Links that only one of two live ends lists.</summary>
    public int AsymmetricLinks { get; }

    public static EndOverlay Of(RunRecord record)
    {
        var links = LiveLinks.Of(record.Nodes);
        return Connect(record, links.Peers, links.Edges, links.Asymmetric);
    }

    /// <summary>Names the component of a peer: equal for two peers iff live links connect them.</summary>
    public int ComponentOf(int peer)
    {
        while (parent[peer] != peer) peer = parent[peer] = parent[parent[peer]];
        return peer;
    }

    private static EndOverlay Connect(
        RunRecord record, List<NodeState> peers, List<(int A, int B)> edges, int asymmetric)
    {
        var parent = new int[peers.Count];
        for (var i = 0; i < parent.Length; i++) parent[i] = i;
        var overlay = new EndOverlay(peers, edges, asymmetric, parent);
        foreach (var (a, b) in edges)
        {
            if (record.Isolations.AreSplit(peers[a].Address, peers[b].Address, record.End)) continue;
            parent[overlay.ComponentOf(a)] = overlay.ComponentOf(b);
        }

        return overlay;
    }
}
