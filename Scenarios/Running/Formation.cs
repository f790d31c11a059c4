using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// Follows the beginning of a run on either network: seed nodes that become ready to vote, and peers that register and
/// link. When it is done, scenario time begins.
/// </summary>
/// <param name="isOwn">Whether an own protocol runs: its nodes have formed when all have started.</param>
internal sealed class Formation(AddressPlan plan, bool isOwn)
{
    private readonly HashSet<NodeAddress> ready = [];
    private bool mayBeDone;

    /// <summary>A single seed node has nobody to learn from; own protocols have none.</summary>
    public bool CanRegister => plan.SeedNodes <= 1 || ready.Count == plan.SeedNodes;

    public void Observe(NodeAddress node, in ProtocolEvent e)
    {
        if (e.Kind == EventKind.LearningFinished) ready.Add(node);
        if (isOwn && e.Kind == EventKind.ProcessStarted) ready.Add(node);
        if (e.Kind is EventKind.Joined or EventKind.NeighborAdded) mayBeDone = true;
    }

    /// <summary>Whether all peers are registered and linked; looked at only when there is something new.</summary>
    public bool IsDone(RunRecord world)
    {
        if (isOwn) return ready.Count == plan.Peers;
        if (!mayBeDone) return false;
        mayBeDone = false;
        return world.JoinedPeers == plan.Peers && (plan.Peers == 1 || world.Laggards().Count == 0);
    }

    /// <summary>Whom formation waits for: seed nodes that cannot vote, then peers without membership or link.</summary>
    public IReadOnlyList<NodeAddress> Laggards(RunRecord world) =>
        [.. Enumerable.Range(0, plan.Count).Where(index => IsLate(index, world)).Select(index => plan[index])];

    private bool IsLate(int index, RunRecord world)
    {
        if (isOwn) return !ready.Contains(plan[index]);
        if (plan.IsSeedNode(index)) return !CanRegister && !ready.Contains(plan[index]);
        return !world.IsRegistered(plan[index]) || (plan.Peers > 1 && world.DegreeOf(plan[index]) == 0);
    }
}
