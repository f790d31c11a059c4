namespace GossipSim.Engine.Protocol;

// Removal, level 2: a report opens one round per member at a time. Each seed node votes on what it saw itself, so one
// liar, or many, cannot remove who still answers (SOURCES D10).
public sealed partial class SeedNode
{
    /// <summary>
    /// Our choice: how far a list may be behind; without a limit one liar could use up an address's epochs.
    /// </summary>
    private const int EpochLag = 1_000;

    /// <summary>
    /// The open round per membership: an address may have two, when others know a later one than this list does.
    /// </summary>
    private readonly Dictionary<TallyKey, ProposalId> openRemovals = [];

    private readonly Dictionary<NodeAddress, int> leaving = [];

    private void OnDeadNode(NodeAddress from, DeadNode report, in NodeContext context)
    {
        context.Report(new ProtocolEvent(EventKind.ReportHeard, report.Address, report.Epoch, report));
        if (isLearning || TellIfRemoved(from, context) || !members.IsAlive(from)) return;
        if (!members.TryGet(report.Address, out var known) || known.Epoch < report.Epoch) return;
        if (!known.IsAlive || known.Epoch > report.Epoch)
            context.Send(from, RemovedAt(report.Address, report.Epoch, report.NodeId));
        else if (known.NodeId == report.NodeId)
            ProposeRemoval(known, from, context);
    }

    /// <summary>
    /// "A graceful leave": the member's own word is evidence for its own removal, at every seed node that hears it.
    /// </summary>
    private void OnLeave(NodeAddress from, Leave leave, in NodeContext context)
    {
        if (!members.TryGet(from, out var known) || !known.IsAlive || known.Epoch != leave.Epoch) return;
        leaving[from] = leave.Epoch;
        if (WatcherOf(from, context.Now) == context.Self) ProposeRemoval(known, NodeAddress.None, context);
    }

    private void ProposeRemoval(in MembershipEntry known, NodeAddress reporter, in NodeContext context)
    {
        var removal = known.AsRemoved();
        if (!openRemovals.TryGetValue(MembershipOf(removal), out var round))
        {
            round = NextProposal();
            openRemovals.Add(MembershipOf(removal), round);
        }

        var tally = OpenTally(round, removal, context);
        if (!reporter.IsNone) tally.Await(reporter, WaitingLimit);
        if (!tally.IsCoordinated) Coordinate(tally, tries: 0, context);
    }

    /// <summary>What all removal rounds of one membership have in common.</summary>
    private static TallyKey MembershipOf(in MembershipEntry removal) => TallyKey.Of(default, removal);

    private void JudgeRemoval(ProposalId proposal, in MembershipEntry entry, in NodeContext context)
    {
        if (members.Has(entry))
            CastYes(proposal, entry, context);
        else if (!IsRemovable(entry))
            CastNo(proposal, entry, RefusalReason.OldEpoch, context);
        else if (HasLeft(entry) || options.RemovalEvidence == RemovalEvidence.TrustReporter)
            CastYes(proposal, entry, context);
        else
            Probe(entry.Address, new Claim(proposal, entry), context);
    }

    /// <summary>Silence, or another process at the address: that incarnation is gone.</summary>
    private void JudgeRemoval(in Claim claim, NodeId? answered, in NodeContext context)
    {
        var isListed = members.TryGet(claim.Entry.Address, out var known) && known.AsRemoved().IsSameAs(claim.Entry);
        if (answered == claim.Entry.NodeId && !HasLeft(claim.Entry))
            CastNo(claim.Proposal, claim.Entry, RefusalReason.StillAlive, context);
        else if (!IsRemovable(claim.Entry) || (answered is not null && !isListed))
            CastNo(claim.Proposal, claim.Entry, RefusalReason.OldEpoch, context);
        else
            CastYes(claim.Proposal, claim.Entry, context);
    }

    /// <summary>
    /// The member as it is listed here, or one that this list has not heard of yet: a lost disk can leave a member
    /// known to one seed node only. Of such a one only silence is evidence, never that somebody else answers.
    /// </summary>
    private bool IsRemovable(in MembershipEntry entry)
    {
        if (!members.TryGet(entry.Address, out var known)) return entry.Epoch <= EpochLag;
        return known.AsRemoved().IsSameAs(entry)
            || (known.Epoch < entry.Epoch && entry.Epoch - known.Epoch <= EpochLag);
    }

    private bool HasLeft(in MembershipEntry entry) =>
        leaving.TryGetValue(entry.Address, out var epoch) && epoch == entry.Epoch;

    private void OnRemovalApproved(Tally tally, in NodeContext context)
    {
        openRemovals.Remove(MembershipOf(tally.Entry));
        var removed = new Removed(tally.Entry, new Certificate(tally.Proposal, tally.Voters()));
        foreach (var reporter in tally.Waiting) context.Send(reporter, removed);
    }

    /// <summary>
    /// Where it was seen alive, the reporters are told so: they let go of the link and of the matter. Where the vote
    /// just found no quorum nothing is said, and the report goes on to the next seed node.
    /// </summary>
    private void OnRemovalRejected(Tally tally, in NodeContext context)
    {
        openRemovals.Remove(MembershipOf(tally.Entry));
        if (tally.Refusal != RefusalReason.StillAlive) return;
        NoteRefresh(members.PlaceOf(tally.Entry.Address), context.Now);
        var alive = new Alive(tally.Entry.Address, tally.Entry.Epoch, Refute: false);
        foreach (var reporter in tally.Waiting) context.Send(reporter, alive);
    }
}
