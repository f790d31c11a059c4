using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>
/// The overlay at the end of the run as gossip sees it: a message passes between two peers that run and each list the
/// other; of half a link nothing is taken.
/// </summary>
internal sealed class EndLinks(RunHistory history)
{
    /// <summary>Indices of the peers linked to a node, in the order of their addresses.</summary>
    public IReadOnlyList<int> Of(int node)
    {
        var self = history.Nodes[node];
        var linked = new List<int>();
        if (!self.IsLivePeer) return linked;
        foreach (var other in self.Neighbors)
        {
            var neighbor = history.Nodes[other];
            if (neighbor.IsLivePeer && neighbor.Neighbors.Contains(node)) linked.Add(other);
        }

        linked.Sort((one, two) => history.Nodes[one].Address.CompareTo(history.Nodes[two].Address));
        return linked;
    }

    /// <summary>Since when the link has stood that two peers have at the end.</summary>
    public Instant Since(int one, int other)
    {
        var here = history.LifeOf(one).LinksTo(other)[^1].Began;
        var there = history.LifeOf(other).LinksTo(one)[^1].Began;
        return here > there ? here : there;
    }
}
