using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// Follows the beginning of a run on either network: seed nodes that become ready to vote, and peers that register and
/// link. When it is done, scenario time begins.
/// </summary>
internal sealed class Formation(ProtocolSettings settings)
{
    private readonly AddressPlan plan = settings.Plan;
    private readonly HashSet<NodeAddress> ready = [];
    private bool mayBeDone;

    /// <summary>A single seed node has nobody to learn from.</summary>
    public bool CanRegister => plan.SeedNodes == 1 || ready.Count == plan.SeedNodes;

    public void Observe(NodeAddress node, in ProtocolEvent e)
    {
        if (e.Kind == EventKind.LearningFinished) ready.Add(node);
        if (e.Kind is EventKind.Joined or EventKind.NeighborAdded) mayBeDone = true;
    }

    /// <summary>Whether all peers are registered and linked; looked at only when there is something new.</summary>
    public bool IsDone(RunRecord world)
    {
        if (!mayBeDone) return false;
        mayBeDone = false;
        var peers = settings.InitialPeers;
        return world.JoinedPeers == peers && (peers == 1 || world.Laggards().Count == 0);
    }

    /// <summary>Whom formation waits for: seed nodes that cannot vote, then peers without membership or link.</summary>
    public IReadOnlyList<NodeAddress> Laggards(RunRecord world) => [.. Enumerable
        .Range(0, plan.SeedNodes + settings.InitialPeers)
        .Where(index => plan.IsSeedNode(index)
            ? !CanRegister && !ready.Contains(plan[index])
            : !world.IsRegistered(plan[index]) || (settings.InitialPeers > 1 && world.DegreeOf(plan[index]) == 0))
        .Select(index => plan[index])];
}
