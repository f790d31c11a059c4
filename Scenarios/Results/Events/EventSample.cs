using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Which events a sampled log keeps. All of the sampled peers and all about them, so that their joining, links and
/// votes can be followed through both ends; all of and about peers that a fault struck; and of everybody what is rare
/// and what people look for: faults, crashes, publications, and all steps from a suspicion to a removal.
/// </summary>
internal sealed class EventSample
{
    private readonly PeerSample peers;
    private readonly HashSet<NodeAddress> seedNodes;
    private readonly int mostStruck;
    private readonly HashSet<NodeAddress> struck = [];

    /// <param name="followed">About how many of the run's peers the log follows.</param>
    public EventSample(int followed, RunFacts facts)
    {
        mostStruck = followed;
        peers = new PeerSample(followed, facts.MostPeers);
        seedNodes = [.. facts.SeedNodes];
    }

    /// <summary>Call for every event, in order: whom a fault struck is followed from then on.</summary>
    public bool Keeps(NodeAddress node, in ProtocolEvent e) => e.Kind switch
    {
        // The most frequent ones by far, and each is about two peers of which one got something.
        EventKind.GossipDelivered or EventKind.GossipDuplicate => Follows(node),
        EventKind.FaultStruck => Note((FaultStrike)e.Detail!),
        EventKind.FaultEnded or EventKind.ProcessCrashed or EventKind.ProcessPaused or EventKind.ProcessResumed
            or EventKind.GossipPublished or EventKind.Suspected or EventKind.SuspicionCleared or EventKind.WitnessHeard
            or EventKind.DeathReported or EventKind.ReportRefused or EventKind.FoundItselfRemoved or EventKind.Left
            or EventKind.SeedNodeStarted or EventKind.LearningFinished or EventKind.ReportHeard
            or EventKind.ReportAmbiguous or EventKind.SilentMemberProbed or EventKind.HandlerThrew => true,
        EventKind.ProcessStarted when e.Number > 0 || seedNodes.Contains(node) => true,
        _ => e.Detail is Ballot { Entry.IsAlive: false } || Follows(node) || Follows(e.About),
    };

    private bool Follows(NodeAddress node) => peers.Has(node) || struck.Contains(node);

    /// <summary>A fault that strikes everybody, as a partition does, makes nobody worth following.</summary>
    private bool Note(FaultStrike strike)
    {
        if (strike.Groups.Sum(group => group.Length) <= mostStruck)
            foreach (var group in strike.Groups) struck.UnionWith(group);
        return true;
    }
}
