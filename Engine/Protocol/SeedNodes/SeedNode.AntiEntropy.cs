using System.Runtime.InteropServices;

namespace GossipSim.Engine.Protocol;

// Anti-entropy: every interval each seed node tells every other a hash per bucket of its list; who sees a difference
// answers with the entries of those buckets (of a long list: Digests). What is news is believed when a quorum vouches
// for it. After the last change all live seed nodes hold equal lists within three rounds: digest, delta and the
// question to the others.
public sealed partial class SeedNode
{
    /// <summary>
    /// Our choice: how often an entry must have been told without a quorum vouching for it before it is voted on
    /// afresh. It happens when the disks that knew the votes are lost: then the entry stands in too few lists to be
    /// believed.
    /// </summary>
    private const int DoubtsToVote = 4;

    private const int AfreshAtOnce = 16;

    private readonly Instant[] lastDigest;
    private readonly Doubts doubts = new();

    private void OnSyncTimer(in NodeContext context)
    {
        ForgetOldTallies(context.Now);
        MoveDigest();
        SendToOthers(Digest(), context);
        // A learner is of no use to anybody yet: it asks ten times as often.
        var interval = isLearning ? options.SyncInterval / 10 : options.SyncInterval;
        context.SetTimer(new ProtocolTimer(TimerKind.Sync), interval);
    }

    private void SendToOthersThan(NodeAddress teller, Message message, in NodeContext context)
    {
        foreach (var other in others)
            if (other != teller) context.Send(other, message);
    }

    private void SendDelta(NodeAddress to, List<Claim> claims, List<HeardVote> heard, in NodeContext context)
    {
        // The votes begin on a page of their own: a page of both would need the room of both.
        var claimPages = MessagePages.Count(claims.Count, MessagePages.ClaimBytes);
        var votePages = MessagePages.Count(heard.Count, MessagePages.HeardVoteBytes);
        var pages = Math.Max(1, claimPages + votePages);
        for (var page = 0; page < pages; page++)
        {
            context.Send(to, new SyncDelta(
                page + 1, pages,
                [.. MessagePages.Of<Claim>(CollectionsMarshal.AsSpan(claims), page, MessagePages.ClaimBytes)],
                page < claimPages
                    ? []
                    : [.. MessagePages.Of<HeardVote>(
                        CollectionsMarshal.AsSpan(heard), page - claimPages, MessagePages.HeardVoteBytes)]));
        }
    }

    /// <summary>Tells which of the claims that somebody asked about this seed node vouches for.</summary>
    private static void SendVouched(NodeAddress to, ReadOnlySpan<Claim> vouched, in NodeContext context)
    {
        // The host adds a signature for each where votes are signed.
        const int bytes = MessagePages.ClaimBytes + MessagePages.SignatureBytes;
        for (var page = 0; page < MessagePages.Count(vouched.Length, bytes); page++)
            context.Send(to, new StatusReply([.. MessagePages.Of(vouched, page, bytes)]));
    }

    /// <summary>
    /// All registration votes that may still count towards a quorum: given here, or heard and undecided.
    /// </summary>
    private List<HeardVote> HeardVotes(in NodeContext context)
    {
        var heard = new List<HeardVote>();
        foreach (var vote in votes.All()) heard.Add(new HeardVote(context.Self, vote));
        // Epochs in which this seed node may have given a vote that it lost: the node id is unknown.
        foreach (var (address, epoch) in votes.Closed())
            heard.Add(new HeardVote(
                context.Self, new MembershipEntry(address, epoch, MemberState.Alive, default, JoinStamp: 0)));
        foreach (var key in talliesByAge)
        {
            if (!tallies.TryGetValue(key, out var tally) || !tally.Entry.IsAlive) continue;
            foreach (var voter in tally.Voters) heard.Add(new HeardVote(voter, tally.Entry));
        }

        return heard;
    }

    private void OnSyncDelta(NodeAddress from, SyncDelta delta, in NodeContext context)
    {
        var doubtful = new List<Claim>();
        foreach (var claim in delta.Entries)
        {
            if (!members.IsNews(claim.Entry)) continue;
            HearYes(from, claim, signature: null, context);
            if (members.IsNews(claim.Entry)) doubtful.Add(claim);
        }

        if (isLearning)
        {
            NoteDoubts(from, delta.Page, doubtful.Count);
            LearnFrom(from, delta, context);
        }

        if (doubtful.Count == 0) return;
        var question = new Status([.. doubtful]);
        // Who tells of it can prove it, where votes are signed; else the others have to vouch for it.
        if (options.AreVotesSigned) context.Send(from, question);
        else SendToOthersThan(from, question, context);
        if (!isLearning) VoteAfresh(doubtful, context);
    }

    /// <summary>
    /// First as what it is said to be; a member that no vote confirms may be dead, so its removal next.
    /// </summary>
    private void VoteAfresh(List<Claim> doubtful, in NodeContext context)
    {
        var opened = 0;
        // All others may tell of it before the first of them can prove it.
        var doubtsToVote = options.AreVotesSigned ? DoubtsToVote * others.Length : DoubtsToVote;
        foreach (var claim in doubtful)
        {
            var count = doubts.CountOf(claim.Entry) + 1;
            var isDue = count % doubtsToVote == 0;
            // Whoever is over the limit keeps its place for the next delta.
            if (isDue && opened == AfreshAtOnce) continue;
            var isLast = count == 2 * doubtsToVote;
            if (isLast) doubts.Forget(claim.Entry);
            else doubts.Note(claim.Entry, count);
            if (!isDue) continue;
            opened++;
            if (isLast || !claim.Entry.IsAlive) ProposeRemoval(claim.Entry, NodeAddress.None, context);
            else Confirm(claim.Entry, context);
        }
    }

    /// <summary>
    /// A disk lost here may have held another vote at that epoch: then the process is voted for at a later one.
    /// </summary>
    private void Confirm(in MembershipEntry entry, in NodeContext context)
    {
        if (votes.Forbids(entry)) ProposeRegistration(entry.Address, entry.NodeId, tries: 0, context);
        else ProposeOrphan(entry, context);
    }
}
