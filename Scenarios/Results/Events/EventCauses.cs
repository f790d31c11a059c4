using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Finds what led to an event among the events before it: the publication or the previous hop of a delivery, the
/// proposal of a vote, the votes of a change, the suspicion behind a report, the crash behind a suspicion.
/// </summary>
internal sealed class EventCauses
{
    private readonly record struct Place(EventKind Kind, NodeAddress Node, NodeAddress About);

    private readonly record struct Step(EventKind Kind, ProposalId Proposal, NodeAddress Node);

    private readonly Dictionary<Place, long> places = [];
    private readonly Dictionary<Step, long> steps = [];
    private readonly Dictionary<string, long> faults = [];
    private readonly GossipCauses gossip = new();
    private long? openPartition;

    public long? Find(NodeAddress node, in ProtocolEvent e) => e.Kind switch
    {
        EventKind.GossipDelivered => gossip.HolderOf(((Gossip)e.Detail!).Key, e.About),
        EventKind.GossipDuplicate when e.Detail is Gossip known => gossip.HolderOf(known.Key, e.About),
        EventKind.GossipPublished => Last(EventKind.Joined, node),
        EventKind.NeighborAdded =>
            Last(EventKind.NeighborAdded, e.About, node) ?? Last(EventKind.NeighborsSelected, node),
        EventKind.NeighborRemoved => EndOfLink(node, e.About),
        EventKind.Joined => Last(EventKind.NeighborAdded, node),
        EventKind.NeighborsSelected => Last(EventKind.PeerListReceived, node),
        EventKind.PeerListReceived => Last(EventKind.Registered, node),
        EventKind.Suspected => Silence(e.About),
        EventKind.SuspicionCleared or EventKind.WitnessHeard or EventKind.DeathReported =>
            Last(EventKind.Suspected, node, e.About),
        EventKind.ReportRefused => Last(EventKind.DeathReported, node, e.About),
        EventKind.FoundItselfRemoved => Last(EventKind.EntryCommitted, default, node),
        _ => FindRegistration(node, e) ?? FindVote(node, e) ?? FindLife(node, e),
    };

    public void Note(NodeAddress node, in ProtocolEvent e, long seq)
    {
        switch (e.Kind)
        {
            case EventKind.GossipDuplicate or EventKind.GossipRefused or EventKind.OutboxDropped:
                return;
            case EventKind.GossipDelivered or EventKind.GossipPublished:
                gossip.Note(((Gossip)e.Detail!).Key, node, seq);
                return;
            case EventKind.FaultStruck or EventKind.FaultEnded:
                NoteFault((FaultStrike)e.Detail!, e.Kind == EventKind.FaultEnded, seq);
                return;
        }

        // What votes led to is found by their proposal; a thousand registrations are tens of thousands of votes.
        if (e.Detail is Ballot ballot) NoteStep(e.Kind, ballot.Proposal, node, seq);
        if (e.Detail is not Ballot || e.Kind is EventKind.EntryCommitted or EventKind.ProposalRejected)
            NotePlace(node, e, seq);
    }

    /// <summary>Under the pair of nodes, under the node alone and, where that is asked, under whom it is about.
    /// </summary>
    private void NotePlace(NodeAddress node, in ProtocolEvent e, long seq)
    {
        places[new Place(e.Kind, node, e.About)] = seq;
        places[new Place(e.Kind, node, default)] = seq;
        if (e.Kind is EventKind.EntryCommitted or EventKind.DeathReported)
            places[new Place(e.Kind, default, e.About)] = seq;
        if (e.Kind == EventKind.NeighborRemoved) places.Remove(new Place(EventKind.NeighborAdded, node, e.About));
        if (e.Kind == EventKind.NeighborAdded) places.Remove(new Place(EventKind.NeighborRemoved, node, e.About));
    }

    private void NoteStep(EventKind kind, ProposalId proposal, NodeAddress node, long seq)
    {
        if (kind == EventKind.EntryCommitted) return;
        steps[new Step(kind, proposal, node)] = seq;
        if (kind is EventKind.ProposalOpened or EventKind.ProposalApproved)
            steps[new Step(kind, proposal, default)] = seq;
    }

    private long? FindRegistration(NodeAddress node, in ProtocolEvent e) => e.Kind switch
    {
        EventKind.RegistrationAsked => Latest(
            Last(EventKind.ProcessStarted, node), Last(EventKind.FoundItselfRemoved, node),
            Last(EventKind.RegistrationRefused, node)),
        EventKind.Registered =>
            Last(EventKind.RegistrationAcknowledged, e.About, node) ?? Last(EventKind.RegistrationAsked, node),
        EventKind.RegistrationRefused =>
            Last(EventKind.RegistrationDenied, e.About, node) ?? Last(EventKind.RegistrationAsked, node),
        EventKind.RegistrationAcknowledged => Last(EventKind.EntryCommitted, node, e.About),
        EventKind.RegistrationDenied =>
            Last(EventKind.ProposalRejected, node, e.About) ?? Last(EventKind.RegistrationAsked, e.About),
        _ => null,
    };

    private long? FindVote(NodeAddress node, in ProtocolEvent e)
    {
        // What a liar makes up nothing led to, whatever honest peers reported.
        if (e.Detail is HeardReport heard) return Last(EventKind.DeathReported, heard.Reporter, e.About);
        if (e.Kind == EventKind.SilentMemberProbed) return Silence(e.About);
        if (e.Detail is not Ballot ballot) return null;
        var proposal = ballot.Proposal;
        return e.Kind switch
        {
            EventKind.ProposalOpened when ballot.Entry.IsAlive => Last(EventKind.RegistrationAsked, e.About),
            EventKind.ProposalOpened => Latest(
                Last(EventKind.ReportHeard, node, e.About), Last(EventKind.SilentMemberProbed, node, e.About),
                Last(EventKind.Left, e.About)),
            EventKind.VoteCast => At(EventKind.ProposalOpened, proposal, default),
            EventKind.VoteHeard => At(EventKind.VoteCast, proposal, ballot.Voter),
            EventKind.ProposalApproved or EventKind.ProposalRejected => LastVote(proposal, node),
            EventKind.EntryCommitted => At(EventKind.ProposalApproved, proposal, node)
                ?? LastVote(proposal, node) ?? At(EventKind.ProposalApproved, proposal, default),
            EventKind.EntryRecalled => Last(EventKind.EntryCommitted, node, e.About),
            _ => null,
        };
    }

    private long? FindLife(NodeAddress node, in ProtocolEvent e) => e.Kind switch
    {
        EventKind.ProcessStarted => Last(EventKind.ProcessCrashed, node),
        EventKind.ProcessResumed => Last(EventKind.ProcessPaused, node),
        EventKind.SeedNodeStarted => Last(EventKind.ProcessStarted, node),
        EventKind.LearningFinished => Last(EventKind.SeedNodeStarted, node),
        EventKind.FaultEnded => faults.TryGetValue(((FaultStrike)e.Detail!).FaultId, out var seq) ? seq : null,
        _ => null,
    };

    private void NoteFault(FaultStrike strike, bool isOver, long seq)
    {
        faults[strike.FaultId] = seq;
        if (strike.Word is "partition" or "cut") openPartition = isOver ? null : seq;
    }

    private long? EndOfLink(NodeAddress node, NodeAddress neighbor)
    {
        var ended = Latest(Last(EventKind.NeighborRemoved, neighbor, node), Silence(neighbor));
        return ended > Last(EventKind.NeighborAdded, node, neighbor) ? ended : null;
    }

    // Why a node is not heard: it is down, it is paused, or the network is split.
    private long? Silence(NodeAddress node)
    {
        var down = Last(EventKind.ProcessCrashed, node) is { } crash && !(Last(EventKind.ProcessStarted, node) > crash)
            ? crash : (long?)null;
        var paused = Last(EventKind.ProcessPaused, node) is { } pause && !(Last(EventKind.ProcessResumed, node) > pause)
            ? pause : (long?)null;
        return down ?? paused ?? openPartition;
    }

    private long? LastVote(ProposalId proposal, NodeAddress node) =>
        Latest(At(EventKind.VoteHeard, proposal, node), At(EventKind.VoteCast, proposal, node))
        ?? At(EventKind.ProposalOpened, proposal, node);

    private long? Last(EventKind kind, NodeAddress node, NodeAddress about = default) =>
        places.TryGetValue(new Place(kind, node, about), out var seq) ? seq : null;

    private long? At(EventKind kind, ProposalId proposal, NodeAddress node) =>
        steps.TryGetValue(new Step(kind, proposal, node), out var seq) ? seq : null;

    private static long? Latest(params ReadOnlySpan<long?> seqs)
    {
        long? latest = null;
        foreach (var seq in seqs)
        {
            if (seq is not null && !(latest > seq)) latest = seq;
        }

        return latest;
    }
}
