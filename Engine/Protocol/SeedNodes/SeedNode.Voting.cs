using System.Runtime.InteropServices;

namespace GossipSim.Engine.Protocol;

// Voting: PROPOSE to all, each votes to all, and everybody applies a change when it has itself heard a quorum. The
// coordinator counts refusals too, tells the outcome to who waits for it, and reminds the others with COMMIT.
public sealed partial class SeedNode
{
    private readonly Dictionary<TallyKey, Tally> tallies = [];
    private readonly Queue<TallyKey> talliesByAge = new();
    private readonly Dictionary<long, Tally> coordinated = [];
    private readonly VoterSequence nobody = VoterSequence.Nobody();
    private readonly Dictionary<NodeAddress, NodeId> pendingRetries = [];

    /// <summary>Removal votes cast, by address, so that STATUS can be answered; the latest is enough.</summary>
    private readonly Dictionary<NodeAddress, Claim> castRemovals = [];

    private ProposalId NextProposal() => new(start.Address, ++proposals);

    private Tally OpenTally(ProposalId proposal, in MembershipEntry entry, in NodeContext context)
    {
        var key = TallyKey.Of(proposal, entry);
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out var isOpen);
        if (isOpen) return tally!;
        tally = new Tally(proposal, entry, context.Now, nobody);
        talliesByAge.Enqueue(key);
        return tally;
    }

    /// <summary>Opens the vote: to all others in parallel, and this seed node judges for itself.</summary>
    private void Coordinate(Tally tally, int tries, in NodeContext context)
    {
        var proposal = tally.Proposal.Coordinator == context.Self ? tally.Proposal : NextProposal();
        tally.Coordinate(proposal, context.Now, tries);
        coordinated.Add(proposal.Counter, tally);
        ReportBallot(EventKind.ProposalOpened, tally, context);
        SendToOthers(new Propose(tally.Proposal, tally.Entry), context);
        context.SetTimer(
            new ProtocolTimer(TimerKind.ProposalTimeout, tally.Entry.Address, tally.Proposal.Counter),
            options.RoundTimeout);
        Judge(tally.Proposal, tally.Entry, context);
    }

    private void OnPropose(NodeAddress from, Propose propose, in NodeContext context)
    {
        if (propose.Proposal.Coordinator != from || !IsPlausibleStamp(propose.Entry.JoinStamp)) return;
        if (isLearning) CastNo(propose.Proposal, propose.Entry, RefusalReason.Learning, context);
        else Judge(propose.Proposal, propose.Entry, context);
    }

    private void Judge(ProposalId proposal, in MembershipEntry entry, in NodeContext context)
    {
        if (entry.IsAlive) JudgeRegistration(proposal, entry, context);
        else JudgeRemoval(proposal, entry, context);
    }

    private void CastYes(ProposalId proposal, in MembershipEntry entry, in NodeContext context)
    {
        if (members.Has(entry))
        {
            Reaffirm(proposal, entry, context);
            return;
        }

        var cast = entry.IsAlive ? BindVote(entry, context) : entry;
        if (!entry.IsAlive) BindRemoval(proposal, entry);
        // Durable before it is told: a vote forgotten in a crash could be given twice.
        context.Persist(new VoteRecord(proposal, cast));
        SendToOthers(new Vote(proposal, cast, Yes: true, RefusalReason.None, Known: null), context);
        ReportVote(EventKind.VoteCast, proposal, cast, context.Self, true, RefusalReason.None, context);
        HearYes(context.Self, new Claim(proposal, cast), signature: null, context);
    }

    /// <summary>
    /// A registration vote binds for ever; asked again for the same process, it is the vote given before.
    /// </summary>
    private MembershipEntry BindVote(in MembershipEntry entry, in NodeContext context)
    {
        if (votes.TryGet(entry.Address, entry.Epoch, out var earlier)) return earlier;
        votes.Add(entry);
        context.SetTimer(
            new ProtocolTimer(TimerKind.PendingVote, entry.Address, entry.Epoch * 2L), PendingVotePatience);
        return entry;
    }

    /// <summary>
    /// The change is in the list already: that is told to who asks, as in STATUS, and is no new vote.
    /// </summary>
    private void Reaffirm(ProposalId proposal, in MembershipEntry entry, in NodeContext context)
    {
        if (!TryProve(proposal.Coordinator, entry.Address, context))
        {
            if (proposal.Coordinator == context.Self)
                HearYes(context.Self, new Claim(proposal, entry), signature: null, context);
            else
                context.Send(proposal.Coordinator, new StatusReply([new Claim(proposal, entry)]));
        }

        // Voted on again because some list lacks it. Whoever was removed and lives must come back at a higher epoch:
        // this seed node may be the only one left to tell him.
        if (!entry.IsAlive) context.Send(entry.Address, new Removed(entry, ProofOf(entry.Address)));
    }

    private void CastNo(ProposalId proposal, in MembershipEntry entry, RefusalReason reason, in NodeContext context)
    {
        ReportVote(EventKind.VoteCast, proposal, entry, context.Self, false, reason, context);
        if (proposal.Coordinator == context.Self)
        {
            HearNo(context.Self, proposal, entry, reason, context);
            return;
        }

        context.Send(proposal.Coordinator, new Vote(proposal, entry, Yes: false, reason, KnownBeside(entry)));
    }

    /// <summary>What stands against an entry here: what is committed, or a vote given at that epoch.</summary>
    private MembershipEntry? KnownBeside(in MembershipEntry entry)
    {
        MembershipEntry? known = members.TryGet(entry.Address, out var committed) ? committed : null;
        if (known is { } listed && listed.Epoch >= entry.Epoch) return known;
        if (votes.TryGet(entry.Address, entry.Epoch, out var vote)) return vote;
        return votes.Forbids(entry) ? entry : known;
    }

    private void OnVote(NodeAddress from, Vote vote, in NodeContext context)
    {
        ReportVote(EventKind.VoteHeard, vote.Proposal, vote.Entry, from, vote.Yes, vote.Reason, context);
        if (vote.Yes)
        {
            HearYes(from, new Claim(vote.Proposal, vote.Entry), vote.Signature, context);
            return;
        }

        LearnFromRefusal(from, vote, context);
        HearNo(from, vote.Proposal, vote.Entry, vote.Reason, context);
    }

    /// <summary>
    /// Which epochs to try next, and whether the voter knows more than this list: then it is asked for that. Only what
    /// was asked here is answered, and only so far ahead as honest lists are: a liar must not use up the epochs.
    /// </summary>
    private void LearnFromRefusal(NodeAddress from, Vote vote, in NodeContext context)
    {
        if (!tallies.TryGetValue(TallyKey.Of(vote.Proposal, vote.Entry), out var tally)) return;
        if (!tally.IsCoordinated || tally.Proposal != vote.Proposal) return;
        if (vote.Reason == RefusalReason.AlreadyVoted) NoteTaken(vote.Entry.Address, vote.Entry.Epoch);
        if (vote.Known is not { } known || known.Address != vote.Entry.Address) return;
        if (!IsBeyondLag(known)) NoteTaken(known.Address, known.Epoch);
        if (members.IsNews(known)) context.Send(from, Digest());
    }

    private void NoteTaken(NodeAddress address, int epoch) =>
        takenEpochs[address] = Math.Max(epoch, takenEpochs.GetValueOrDefault(address));

    /// <summary>Counts a vote, or a committed entry vouched for, and applies the change at a quorum.</summary>
    private void HearYes(NodeAddress from, in Claim claim, byte[]? signature, in NodeContext context)
    {
        if (!IsPlausibleStamp(claim.Entry.JoinStamp) || !IsEvidence(from, signature, context.Self)) return;
        if (!tallies.TryGetValue(TallyKey.Of(claim.Proposal, claim.Entry), out var tally))
        {
            if (!members.IsNews(claim.Entry)) return;
            tally = OpenTally(claim.Proposal, claim.Entry, context);
        }

        if (options.AreVotesSigned) tally.CountSigned(from, claim.Entry, signature);
        else tally.CountYes(from, claim.Entry);
        CloseAtQuorum(tally, context);
    }

    private void CloseAtQuorum(Tally tally, in NodeContext context)
    {
        if (tally.YesCount < quorum) return;

        CloseTally(tally);
        if (tally.IsCoordinated) ReportBallot(EventKind.ProposalApproved, tally, context);
        if (members.IsNews(tally.Entry)) Apply(tally, context);
        if (tally.IsCoordinated) OnApproved(tally, context);
    }

    private void HearNo(
        NodeAddress from, ProposalId proposal, in MembershipEntry entry, RefusalReason reason, in NodeContext context)
    {
        if (!tallies.TryGetValue(TallyKey.Of(proposal, entry), out var tally)) return;
        if (!tally.IsCoordinated || tally.Proposal != proposal) return;
        tally.CountNo(from, reason);
        var isLost = options.SeedNodes.Length - tally.NoCount < quorum;
        // "A PONG seen by the coordinator closes the round": its own eyes outweigh the votes still to come.
        var isSeenAlive = from == context.Self && reason == RefusalReason.StillAlive;
        if (isLost || isSeenAlive) OnRejected(tally, context);
    }

    private void Apply(Tally tally, in NodeContext context)
    {
        var signatures = tally.Signatures();
        context.Persist(new EntryRecord(tally.Entry, tally.Proposal, tally.Voters, signatures));
        Enter(new Claim(tally.Proposal, tally.Entry), context.Now);
        KeepProof(tally.Entry, tally.Proposal, tally.Voters, signatures);
        ReportBallot(EventKind.EntryCommitted, tally, context);
    }

    /// <summary>Puts an entry into the list and into all that is kept beside it.</summary>
    private void Enter(in Claim claim, Instant now)
    {
        var entry = claim.Entry;
        var place = members.Merge(claim);
        reports.Forget(entry.Address);
        doubts.Settle(members[place]);
        votes.Forget(entry.Address, entry.Epoch);
        if (takenEpochs.TryGetValue(entry.Address, out var taken) && taken <= entry.Epoch)
            takenEpochs.Remove(entry.Address);
        if (leaving.TryGetValue(entry.Address, out var epoch) && epoch <= entry.Epoch) leaving.Remove(entry.Address);
        degrees.Grow(members.Count);
        degrees.SetAlive(place, members[place].IsAlive);
        degrees.Replace(place, []);
        NoteRefresh(place, now);
    }

    private void OnApproved(Tally tally, in NodeContext context)
    {
        SendToOthers(new Commit(tally.Entry, tally.Certificate()), context);
        if (tally.Entry.IsAlive) OnRegistrationApproved(tally, context);
        else OnRemovalApproved(tally, context);
    }

    private void OnRejected(Tally tally, in NodeContext context)
    {
        CloseTally(tally);
        ReportBallot(EventKind.ProposalRejected, tally, context);
        if (tally.Entry.IsAlive) OnRegistrationRejected(tally, context);
        else OnRemovalRejected(tally, context);
    }

    /// <summary>Fewer than a quorum answered in time. There is no degraded mode: nothing changes.</summary>
    private void OnProposalTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (!coordinated.TryGetValue(timer.Round, out var tally)) return;
        if (tally.Refusal == RefusalReason.None) tally.CountNo(NodeAddress.None, RefusalReason.NoQuorum);
        OnRejected(tally, context);
    }

    private void CloseTally(Tally tally)
    {
        tallies.Remove(TallyKey.Of(tally.Proposal, tally.Entry));
        if (tally.IsCoordinated) coordinated.Remove(tally.Proposal.Counter);
    }

    /// <summary>Votes heard for what nobody finishes are forgotten; coordinated votes end by their own timer.</summary>
    private void ForgetOldTallies(Instant now)
    {
        while (talliesByAge.TryPeek(out var key))
        {
            if (tallies.TryGetValue(key, out var tally))
            {
                if (now - tally.Opened < 3 * options.RoundTimeout) return;
                if (!tally.IsCoordinated) CloseTally(tally);
            }

            talliesByAge.Dequeue();
        }
    }

    private void ReportBallot(EventKind kind, Tally tally, in NodeContext context)
    {
        var ballot = context.Wants(kind)
            ? new Ballot(
                tally.Proposal, tally.Entry, quorum, tally.Voters, Reason: tally.Refusal,
                Signatures: tally.Signatures())
            : null;
        context.Report(new ProtocolEvent(kind, tally.Entry.Address, tally.Entry.Epoch, ballot));
    }

    private void ReportVote(
        EventKind kind, ProposalId proposal, in MembershipEntry entry, NodeAddress voter, bool yes,
        RefusalReason reason, in NodeContext context)
    {
        Ballot? ballot = null;
        if (context.Wants(kind))
        {
            var isCounted = tallies.TryGetValue(TallyKey.Of(proposal, entry), out var tally);
            var voters = isCounted ? tally!.Voters : nobody.Voters;
            ballot = new Ballot(proposal, entry, quorum, voters, voter, yes, reason);
        }

        context.Report(new ProtocolEvent(kind, entry.Address, entry.Epoch, ballot));
    }
}
