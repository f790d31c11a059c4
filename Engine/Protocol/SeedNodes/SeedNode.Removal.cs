namespace GossipSim.Engine.Protocol;

// Removal, level 2: a report opens one round per member at a time. Each seed node votes on what it saw itself, so one
// liar, or many, cannot remove who still answers (SOURCES D10).
public sealed partial class SeedNode
{
    /// <summary>
    /// Our choice: how far a list may be behind; without a limit one liar could use up an address's epochs.
    /// </summary>
    private const int EpochLag = 1_000;

    /// <summary>Why a report is refused whose sender never registered, or has left.</summary>
    private const string NotAMember = "NOT_A_MEMBER";

    /// <summary>
    /// By membership and not by address: other seed nodes may tell of removals at other epochs, true or made up.
    /// </summary>
    private readonly Dictionary<TallyKey, ProposalId> openRemovals = [];

    private readonly Dictionary<NodeAddress, int> leaving = [];

    private void OnDeadNode(NodeAddress from, DeadNode report, in NodeContext context)
    {
        if (!isLearning && !members.IsAlive(from))
        {
            context.Report(new ProtocolEvent(EventKind.InputRefused, from, Detail: NotAMember));
            TellIfRemoved(from, context);
            return;
        }

        var heard = new HeardReport(report, from);
        context.Report(new ProtocolEvent(EventKind.ReportHeard, report.Address, report.Epoch, heard));
        if (isLearning) return;
        if (!members.TryGet(report.Address, out var known))
        {
            // Nobody has to be removed: the reporter shall let go of the link, or it keeps it for ever.
            context.Send(from, new Alive(report.Address, report.Epoch, Refute: false));
            return;
        }

        if (known.Epoch < report.Epoch) return;
        if (!known.IsAlive || known.Epoch > report.Epoch)
            context.Send(from, Ended(known, report.Epoch, report.NodeId));
        else if (known.NodeId == report.NodeId)
        {
            if (IsAmbiguous(known))
                context.Report(new ProtocolEvent(EventKind.ReportAmbiguous, report.Address, report.Epoch, heard));
            else
                HeedReport(from, known, context);
        }
    }

    /// <summary>
    /// Whether the report's text could mean others as well: without a port it names all members of a host, and then
    /// removing one would be a guess (SOURCES D2).
    /// </summary>
    private bool IsAmbiguous(in MembershipEntry known)
    {
        if (options.ReportFormat == ReportFormat.WithPort) return false;
        for (var place = 0; place < members.Count; place++)
        {
            ref readonly var other = ref members[place];
            if (other.IsAlive && other.Address.Host == known.Address.Host && other.Address != known.Address)
                return true;
        }

        return false;
    }

    private void HeedReport(NodeAddress reporter, in MembershipEntry known, in NodeContext context)
    {
        // Nobody is a reporter of its own death: whoever can say so is not dead.
        if (reporter != known.Address) reports.Note(known.Address, known.Epoch, reporter, context.Now);
        ProposeRemoval(known, reporter, context);
    }

    /// <summary>
    /// "A graceful leave": the member's own word is evidence for its own removal, at every seed node that hears it.
    /// </summary>
    private void OnLeave(NodeAddress from, Leave leave, in NodeContext context)
    {
        if (!members.TryGet(from, out var known) || !known.IsAlive || known.Epoch != leave.Epoch) return;
        leaving[from] = leave.Epoch;
        if (WatcherOf(from, UpSeedNodes(context.Now)) == context.Self) ProposeRemoval(known, NodeAddress.None, context);
    }

    private void ProposeRemoval(in MembershipEntry known, NodeAddress reporter, in NodeContext context)
    {
        var entry = known.AsRemoved();
        var key = MembershipOf(entry);
        if (!openRemovals.TryGetValue(key, out var round))
        {
            round = NextProposal();
            openRemovals.Add(key, round);
        }

        var tally = OpenTally(round, entry, context);
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
        else if (HasLeft(entry) || IsReportEnough(entry, context.Now))
            CastYes(proposal, entry, context);
        else
            Probe(entry.Address, new Claim(proposal, entry), context);
    }

    /// <summary>
    /// Under distinctReporters enough of them must have told this seed node itself; with fewer it looks for itself, so
    /// that who dies with all its neighbors but one is removed too.
    /// </summary>
    private bool IsReportEnough(in MembershipEntry entry, Instant now) => options.RemovalEvidence switch
    {
        RemovalEvidence.DirectProbe => false,
        RemovalEvidence.TrustReporter => true,
        RemovalEvidence.DistinctReporters => IsListed(entry) && reports.AreEnough(entry.Address, entry.Epoch, now),
        _ => throw new InvalidOperationException($"unknown evidence {options.RemovalEvidence}"),
    };

    /// <summary>Silence, or another process at the address: that incarnation is gone.</summary>
    private void JudgeRemoval(in Claim claim, NodeId? answered, in NodeContext context)
    {
        if (answered == claim.Entry.NodeId && !HasLeft(claim.Entry))
            CastNo(claim.Proposal, claim.Entry, RefusalReason.StillAlive, context);
        else if (!IsRemovable(claim.Entry))
            CastNo(claim.Proposal, claim.Entry, RefusalReason.OldEpoch, context);
        else if (answered is { } successor && !IsListed(claim.Entry))
            Supersede(claim, successor, context);
        else
            CastYes(claim.Proposal, claim.Entry, context);
    }

    /// <summary>
    /// An unlisted membership whose address another process answers for: it ends when that process, which may be listed
    /// at a lower epoch, is registered above it. The coordinator of the removal sees to that.
    /// </summary>
    private void Supersede(in Claim unlisted, NodeId successor, in NodeContext context)
    {
        CastNo(unlisted.Proposal, unlisted.Entry, RefusalReason.OldEpoch, context);
        if (unlisted.Proposal.Coordinator != context.Self || !IsToldByMoreThan(LiarsAtMost, unlisted.Entry)) return;
        NoteTaken(unlisted.Entry.Address, unlisted.Entry.Epoch);
        ProposeRegistration(unlisted.Entry.Address, successor, tries: 0, context);
    }

    /// <summary>
    /// The member as it is listed here, or one that this list has not heard of yet: a lost disk can leave a member
    /// known to one seed node only. Of such a one only silence is evidence, never that somebody else answers; and it
    /// may be made up, so the vote for a registration at that epoch must not have gone to another process.
    /// </summary>
    private bool IsRemovable(in MembershipEntry entry)
    {
        if (IsListed(entry)) return true;
        var lag = (long)entry.Epoch - members.EpochOf(entry.Address);
        return lag is > 0 and <= EpochLag && !votes.IsCastForAnother(entry) && IsCredible(entry);
    }

    /// <summary>
    /// Where some seed nodes may lie, an unlisted membership must be told by more than those: else they could remove
    /// one after the other that never were, wherever nobody answers.
    /// </summary>
    private bool IsCredible(in MembershipEntry entry) =>
        options.ByzantineFaults == 0 || IsToldByMoreThan(options.ByzantineFaults, entry);

    /// <summary>So many may lie in secret: any two quorums still share a seed node that does not.</summary>
    private int LiarsAtMost => (2 * quorum) - options.SeedNodes.Length - 1;

    /// <summary>Whether more seed nodes than that told of an unlisted membership.</summary>
    private bool IsToldByMoreThan(int liars, in MembershipEntry entry)
    {
        if (liars == 0) return true;
        var key = TallyKey.Of(default, entry with { State = MemberState.Alive });
        return tallies.TryGetValue(key, out var tally) && tally.YesCount > liars;
    }

    private bool IsListed(in MembershipEntry removed) =>
        members.TryGet(removed.Address, out var known) && known.AsRemoved().IsSameAs(removed);

    /// <summary>
    /// At the epoch of an unlisted membership nobody is voted in any more: this seed node would have voted for two
    /// processes at one epoch.
    /// </summary>
    private void BindRemoval(ProposalId proposal, in MembershipEntry entry)
    {
        castRemovals[entry.Address] = new Claim(proposal, entry);
        if (!IsListed(entry)) votes.Close(entry.Address, entry.Epoch);
    }

    private bool HasLeft(in MembershipEntry entry) =>
        leaving.TryGetValue(entry.Address, out var epoch) && epoch == entry.Epoch;

    private void OnRemovalApproved(Tally tally, in NodeContext context)
    {
        openRemovals.Remove(MembershipOf(tally.Entry));
        var removed = new Removed(tally.Entry, tally.Certificate());
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
