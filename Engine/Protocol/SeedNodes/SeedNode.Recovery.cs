namespace GossipSim.Engine.Protocol;

// Recovery: what a seed node does about its own crash, the loss of its disk, and the crash of a coordinator.
public sealed partial class SeedNode
{
    private readonly HashSet<NodeAddress> taughtBy = [];

    /// <summary>Other seed nodes that said of themselves that they have no history either.</summary>
    private readonly HashSet<NodeAddress> fellowLearners = [];

    private bool isLearning;
    private bool hasHeardOfHistory;
    private Instant learningSince;

    /// <summary>
    /// Our choice: longer than any tally can count a vote that was given before this node started. A tally that nobody
    /// coordinates is kept for three rounds and looked at each interval; one coordinator more may take it up then.
    /// </summary>
    private TimeSpan LostVoteLife => (5 * options.RoundTimeout) + options.SyncInterval;

    /// <summary>
    /// So many seed nodes with their memory share an honest one with every quorum, however many of its members lost
    /// theirs: n - q + 1, and as many more as may lie.
    /// </summary>
    private int TeachersNeeded =>
        Math.Min(others.Length, options.SeedNodes.Length - quorum + 1 + options.ByzantineFaults);

    /// <summary>Round by round by index, so that not all voters finish an orphaned proposal at once.</summary>
    private TimeSpan PendingVotePatience =>
        options.RoundTimeout + (Array.IndexOf(options.SeedNodes, start.Address) * options.VoteTimeout / 2);

    private void Recall(in NodeContext context)
    {
        isLearning = others.Length > 0;
        foreach (var record in start.Disk)
        {
            if (record is StoreRecord) isLearning = false;
            else if (record is VoteRecord vote) RecallVote(vote);
            else if (record is ClosedEpochRecord closed) votes.Close(closed.Address, closed.Epoch);
        }

        foreach (var record in start.Disk)
        {
            if (record is not EntryRecord entry) continue;
            Enter(new Claim(entry.Proposal, entry.Entry), context.Now);
            KeepProof(entry.Entry, entry.Proposal, entry.Voters, entry.Signatures);
            context.Report(new ProtocolEvent(EventKind.EntryRecalled, entry.Entry.Address, entry.Entry.Epoch,
                new Ballot(entry.Proposal, entry.Entry, quorum, entry.Voters, Signatures: entry.Signatures)));
        }

        latestAtLastSync = members.LatestJoinStamp;
        foreach (var vote in votes.All())
            context.SetTimer(
                new ProtocolTimer(TimerKind.PendingVote, vote.Address, vote.Epoch * 2L), PendingVotePatience);
        if (start.Disk.Count == 0 && !isLearning) context.Persist(new StoreRecord(context.Random.NextUInt64()));
    }

    private void RecallVote(VoteRecord vote)
    {
        if (vote.Entry.IsAlive) votes.Add(vote.Entry);
        else BindRemoval(vote.Proposal, vote.Entry);
    }

    /// <summary>
    /// A disk without history may have had one: votes that it forgot must not be given again. Before its first vote the
    /// seed node hears from so many others with their memory that one of them saw whatever quorum its lost votes could
    /// be part of, and waits until no tally counts these votes any more.
    /// </summary>
    private void StartLearning(in NodeContext context)
    {
        learningSince = context.Now;
        if (isLearning) SendToOthers(Digest(), context);
    }

    /// <summary>
    /// Another learner has nothing to teach, but must know of this one: a quorum of learners is a new cluster. The
    /// digest is sent at once, because this seed node may have finished learning when its next digest is due.
    /// </summary>
    private void MeetLearner(NodeAddress learner, in NodeContext context)
    {
        if (fellowLearners.Add(learner)) context.Send(learner, Digest());
        FinishLearning(context);
    }

    /// <summary>
    /// With a quorum of learners either the cluster is new, or more disks were lost than any quorum survives.
    /// </summary>
    private bool HasLearnedEnough(Instant now)
    {
        var isFounding = fellowLearners.Count + 1 >= quorum
            && fellowLearners.Union(taughtBy).Count() >= Math.Min(quorum, others.Length);
        if (!isFounding && taughtBy.Count < TeachersNeeded) return false;
        return !hasHeardOfHistory || now - learningSince >= LostVoteLife;
    }

    private void LearnFrom(NodeAddress teacher, SyncDelta delta, in NodeContext context)
    {
        // Also the next epoch: a lost vote there may be known to nobody but a coordinator that still counts it.
        foreach (var claim in delta.Entries) votes.Close(claim.Entry.Address, claim.Entry.Epoch + 1);
        foreach (var vote in delta.Votes) votes.Close(vote.Entry.Address, vote.Entry.Epoch);
        hasHeardOfHistory |= delta.Entries.Length > 0 || delta.Votes.Length > 0;
        if (delta.Page < delta.Pages || OwesProof(teacher)) return;
        taughtBy.Add(teacher);
        FinishLearning(context);
    }

    private void FinishLearning(in NodeContext context)
    {
        if (!HasLearnedEnough(context.Now)) return;
        isLearning = false;
        // Before the record that ends the learning: a disk torn between them goes on learning.
        foreach (var (address, epoch) in votes.Closed()) context.Persist(new ClosedEpochRecord(address, epoch));
        context.Persist(new StoreRecord(context.Random.NextUInt64()));
        context.Report(new ProtocolEvent(EventKind.LearningFinished, Number: taughtBy.Count));
    }

    /// <summary>
    /// A vote was given and nothing was committed: perhaps the coordinator is gone. First ask around whether the others
    /// know more, then finish the registration in its place, with fresh probes; a process that is gone drops out there.
    /// The vote itself stays given.
    /// </summary>
    private void OnPendingVote(ProtocolTimer timer, in NodeContext context)
    {
        var (epoch, hasAsked) = ((int)(timer.Round / 2), timer.Round % 2 == 1);
        if (!votes.TryGet(timer.About, epoch, out var vote)) return;
        if (hasAsked)
        {
            if (!isLearning) ProposeOrphan(vote, context);
            return;
        }

        SendToOthers(new Status([new Claim(default, vote)]), context);
        context.SetTimer(timer with { Round = timer.Round + 1 }, options.VoteTimeout);
    }

    /// <summary>Finishes a registration that somebody else began.</summary>
    private void ProposeOrphan(in MembershipEntry entry, in NodeContext context)
    {
        var tally = OpenTally(NextProposal(), entry, context);
        if (!tally.IsCoordinated) Coordinate(tally, tries: 0, context);
    }

    private void OnStatus(NodeAddress from, Status status, in NodeContext context)
    {
        if (options.AreVotesSigned)
        {
            Prove(from, status, context);
            return;
        }

        SendVouched(from, Array.FindAll(status.Claims, VouchesFor), context);
    }

    /// <summary>Voted for in that very round (a registration: at that epoch), or committed.</summary>
    private bool VouchesFor(Claim claim)
    {
        if (members.Has(claim.Entry)) return true;
        return claim.Entry.IsAlive
            ? votes.IsCast(claim.Entry)
            : castRemovals.TryGetValue(claim.Entry.Address, out var cast)
                && cast.Proposal == claim.Proposal && cast.Entry.IsSameAs(claim.Entry);
    }

    private void OnStatusReply(NodeAddress from, StatusReply reply, in NodeContext context)
    {
        // Where votes are not signed nobody has looked at what else the message holds.
        var signatures = options.AreVotesSigned ? reply.Signatures : null;
        for (var place = 0; place < reply.Vouched.Length; place++)
            HearYes(from, reply.Vouched[place], signatures?[place], context);
    }

    /// <summary>
    /// Who missed the votes asks those who are said to have given them; the messenger is believed for himself.
    /// </summary>
    private void OnCommit(NodeAddress from, Commit commit, in NodeContext context)
    {
        if (!members.IsNews(commit.Entry)) return;
        var claim = new Claim(commit.Certificate.Proposal, commit.Entry);
        if (options.AreVotesSigned)
        {
            HearProof(claim, commit.Certificate, context);
            return;
        }

        HearYes(from, claim, signature: null, context);
        if (!members.IsNews(commit.Entry)) return;
        var question = new Status([claim]);
        foreach (var voter in commit.Certificate.Voters)
            if (voter != context.Self && voter != from && IsSeedNode(voter)) context.Send(voter, question);
    }
}
