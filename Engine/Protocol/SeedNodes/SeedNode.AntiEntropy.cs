namespace GossipSim.Engine.Protocol;

// Anti-entropy: every interval each seed node tells every other a hash per bucket of its list; who sees a difference
// answers with the entries of those buckets. What is news is believed when a quorum vouches for it. After the last
// change all live seed nodes hold equal lists within three rounds: digest, delta and the question to the others.
public sealed partial class SeedNode
{
    /// <summary>DESIGN section 4: lists in pages of at most 200 entries.</summary>
    private const int PageSize = 200;

    /// <summary>
    /// Our choice: how often an entry must have been told without a quorum vouching for it before it is voted on
    /// afresh. It happens when the disks that knew the votes are lost: then the entry stands in too few lists to be
    /// believed.
    /// </summary>
    private const int DoubtsToVote = 4;

    private const int AfreshAtOnce = 16;

    /// <summary>Our choice: a seed node that makes up entries must not fill this one's memory.</summary>
    private const int DoubtsLimit = 4_096;

    private readonly Instant[] lastDigest;
    private readonly Dictionary<MembershipEntry, int> doubts = [];

    private SyncDigest Digest() => new(members.BucketHashes(), isLearning);

    private void OnSyncTimer(in NodeContext context)
    {
        ForgetOldTallies(context.Now);
        SendToOthers(Digest(), context);
        // A learner is of no use to anybody yet: it asks ten times as often.
        var interval = isLearning ? options.SyncInterval / 10 : options.SyncInterval;
        context.SetTimer(new ProtocolTimer(TimerKind.Sync), interval);
    }

    private void OnSyncDigest(NodeAddress from, SyncDigest digest, in NodeContext context)
    {
        if (digest.Buckets.Length != MembershipList.BucketCount) return;
        lastDigest[Array.IndexOf(options.SeedNodes, from)] = context.Now;
        var mine = members.BucketHashes();
        var claims = new List<Claim>();
        for (var place = 0; place < members.Count; place++)
        {
            var claim = members[place];
            var bucket = MembershipList.BucketOf(claim.Entry.Address);
            if (mine[bucket] != digest.Buckets[bucket]) claims.Add(claim);
        }

        if (claims.Count > 0 || digest.Learning)
            SendDelta(from, claims, digest.Learning ? HeardVotes(context) : [], context);
    }

    private void SendDelta(NodeAddress to, List<Claim> claims, List<HeardVote> heard, in NodeContext context)
    {
        var pages = Math.Max(1, Math.Max(Pages(claims.Count), Pages(heard.Count)));
        for (var page = 0; page < pages; page++)
            context.Send(to, new SyncDelta(page + 1, pages, PageOf(claims, page), PageOf(heard, page)));
    }

    private static int Pages(int count) => (count + PageSize - 1) / PageSize;

    private static T[] PageOf<T>(List<T> items, int page)
    {
        var from = Math.Min(items.Count, page * PageSize);
        return [.. items.GetRange(from, Math.Min(PageSize, items.Count - from))];
    }

    /// <summary>
    /// All registration votes that may still count towards a quorum: given here, or heard and undecided.
    /// </summary>
    private List<HeardVote> HeardVotes(in NodeContext context)
    {
        var heard = new List<HeardVote>();
        foreach (var vote in votes.All()) heard.Add(new HeardVote(context.Self, vote));
        foreach (var key in talliesByAge)
        {
            if (!tallies.TryGetValue(key, out var tally) || !tally.Entry.IsAlive) continue;
            foreach (var voter in tally.Voters()) heard.Add(new HeardVote(voter, tally.Entry));
        }

        return heard;
    }

    private void OnSyncDelta(NodeAddress from, SyncDelta delta, in NodeContext context)
    {
        var doubtful = new List<Claim>();
        foreach (var claim in delta.Entries)
        {
            if (!members.IsNews(claim.Entry)) continue;
            HearYes(from, claim, context);
            if (members.IsNews(claim.Entry)) doubtful.Add(claim);
        }

        if (isLearning) LearnFrom(from, delta, context);
        if (doubtful.Count == 0) return;
        var question = new Status([.. doubtful]);
        foreach (var other in others)
            if (other != from) context.Send(other, question);
        if (!isLearning) VoteAfresh(doubtful, context);
    }

    private void VoteAfresh(List<Claim> doubtful, in NodeContext context)
    {
        var opened = 0;
        foreach (var claim in doubtful)
        {
            var count = doubts.GetValueOrDefault(claim.Entry) + 1;
            if (count == 1 && doubts.Count >= DoubtsLimit) doubts.Clear();
            doubts[claim.Entry] = count;
            if (count < DoubtsToVote || opened == AfreshAtOnce) continue;
            doubts.Remove(claim.Entry);
            opened++;
            if (claim.Entry.IsAlive) ProposeOrphan(claim.Entry, context);
            else ProposeRemoval(claim.Entry, NodeAddress.None, context);
        }
    }
}
