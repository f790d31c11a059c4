using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// Follows the beginning of a run on either network: seed nodes that become ready to vote, and peers that register and
/// link. When it is done, scenario time begins.
/// </summary>
/// <param name="peersTakeTls">Whether who dials a newcomer shakes hands with it.</param>
internal sealed class Formation(ProtocolSettings settings, bool peersTakeTls = false)
{
    /// <summary>
    /// Our choice. Each newcomer takes a dozen connections, and more of them at a time would only wait for each other,
    /// while their timeouts run out and they ask again.
    /// </summary>
    private const int ComingInAtMost = 64;

    /// <summary>
    /// Our choice. Seven seed nodes and a newcomer shake hands eight times, at some 3 ms of CPU each: those of eight
    /// newcomers are over in a fifth of the second that a probe waits for its answer, those of 64 are not, and then all
    /// of them are made again and again.
    /// </summary>
    private const int ComingInWithTls = 8;

    private readonly AddressPlan plan = settings.Plan;

    /// <summary>An own protocol has formed when all its nodes have started.</summary>
    private readonly bool isOwn = settings.Own is not null;

    private readonly HashSet<NodeAddress> ready = [];

    /// <summary>A single seed node has nobody to learn from; own protocols have none.</summary>
    public bool CanRegister => plan.SeedNodes <= 1 || ready.Count == plan.SeedNodes;

    public void Observe(NodeAddress node, in ProtocolEvent e)
    {
        if (e.Kind == EventKind.LearningFinished) ready.Add(node);
        if (isOwn && e.Kind == EventKind.ProcessStarted) ready.Add(node);
    }

    public bool Wants(EventKind kind) =>
        kind == EventKind.LearningFinished || (isOwn && kind == EventKind.ProcessStarted);

    /// <summary>Whether one more peer may start, where peers share the machine that lets them in.</summary>
    public bool HasRoom(int started, RunRecord world) => isOwn
        || started - world.JoinedPeers < (peersTakeTls ? ComingInWithTls : ComingInAtMost);

    /// <summary>Whether all peers are registered and linked; costs nothing to ask.</summary>
    public bool IsDone(RunRecord world)
    {
        if (isOwn) return ready.Count == settings.InitialPeers;
        var peers = settings.InitialPeers;
        return world.JoinedPeers == peers && (peers == 1 || world.LaggingPeers == 0);
    }

    /// <summary>Whom formation waits for: seed nodes that cannot vote, then peers without membership or link.</summary>
    public IReadOnlyList<NodeAddress> Laggards(RunRecord world) => [.. Enumerable
        .Range(0, plan.SeedNodes + settings.InitialPeers)
        .Where(index => IsLate(index, world)).Select(index => plan[index])];

    private bool IsLate(int index, RunRecord world)
    {
        if (isOwn) return !ready.Contains(plan[index]);
        if (plan.IsSeedNode(index)) return !CanRegister && !ready.Contains(plan[index]);
        return !world.IsRegistered(plan[index]) || (settings.InitialPeers > 1 && world.DegreeOf(plan[index]) == 0);
    }
}
