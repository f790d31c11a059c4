namespace GossipSim.Scenarios.Results;

/// <summary>The peers that run at some moment, and the links that both ends list.</summary>
/// <param name="Peers">In address order; edges use their places in this list.</param>
/// <param name="Edges">Sorted, the smaller place first.</param>
/// <param name="Asymmetric">Links that only one of two live ends lists.</param>
internal sealed record LiveLinks(List<NodeState> Peers, List<(int A, int B)> Edges, int Asymmetric)
{
    public static LiveLinks Of(NodeTable nodes)
    {
        var peers = nodes.All.Where(n => n.IsLivePeer).OrderBy(n => n.Address).ToList();
        var placeOf = new int[nodes.All.Count];
        Array.Fill(placeOf, -1);
        for (var i = 0; i < peers.Count; i++) placeOf[peers[i].Index] = i;

        var edges = new List<(int A, int B)>();
        var asymmetric = 0;
        for (var i = 0; i < peers.Count; i++)
        {
            foreach (var neighbor in peers[i].Neighbors)
            {
                var other = placeOf[neighbor];
                if (other < 0) continue;
                if (!peers[other].Lists(peers[i].Index)) asymmetric++;
                else if (i < other) edges.Add((i, other));
            }
        }

        edges.Sort();
        return new LiveLinks(peers, edges, asymmetric);
    }
}
