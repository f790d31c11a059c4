namespace GossipSim.Engine.Protocol;

// Digests: where two lists differ. A bucket of a long list is too much to tell for each entry in it that differs, so
// whoever sees a difference first answers with the hashes of that bucket's parts, and hears the entries of the parts
// that differ. And while thousands join, what is being voted on differs everywhere for a moment: digests of a long list
// are made of what stood in it an interval ago.
public sealed partial class SeedNode
{
    /// <summary>
    /// Our choice: up to here the entries of a whole bucket fit a page, and nothing is left out of a digest.
    /// </summary>
    private const int LongList = 10_000;

    /// <summary>A join stamp above all others, which all JSON readers keep.</summary>
    private const long AllStamps = (1L << 53) - 1;

    private readonly Dictionary<NodeAddress, SettledHashes> settledOf = [];
    private long latestAtLastSync;

    /// <summary>The latest stamp in this node's own digests; null while they tell of the whole list.</summary>
    private long? toldUpTo;

    private SyncDigest Digest() =>
        new(ListHashes.OfBuckets(HashesUpTo(toldUpTo, start.Address)), isLearning, toldUpTo);

    /// <summary>
    /// To what stood in a long list an interval ago, or to all of it when nobody joined since.
    /// </summary>
    private void MoveDigest()
    {
        if (isLearning || members.Count <= LongList) toldUpTo = null;
        else toldUpTo = members.LatestJoinStamp == latestAtLastSync ? AllStamps : latestAtLastSync;
        latestAtLastSync = members.LatestJoinStamp;
    }

    /// <summary>The hashes of all parts of this list, of the entries that the asker's digests are made of.</summary>
    private ReadOnlySpan<ulong> HashesUpTo(long? upTo, NodeAddress asker)
    {
        if (upTo is not { } stamp || stamp >= members.LatestJoinStamp) return members.Hashes.Whole;
        if (!settledOf.TryGetValue(asker, out var settled)) settledOf.Add(asker, settled = members.Hashes.Settle());
        settled.MoveTo(stamp);
        return settled.Parts;
    }

    private void OnSyncDigest(NodeAddress from, SyncDigest digest, in NodeContext context)
    {
        if (digest.Buckets.Length != ListHashes.BucketCount) return;
        lastDigest[Array.IndexOf(options.SeedNodes, from)] = context.Now;
        if (isLearning && digest.Learning) MeetLearner(from, context);
        else if (digest.Bucket is { } bucket) OnPartDigest(from, digest, bucket, context);
        else if (!digest.Learning && (digest.UpTo is not null || members.Count > LongList))
            SendParts(from, digest, context);
        else
            SendBuckets(from, digest, context);
    }

    private void SendBuckets(NodeAddress to, SyncDigest digest, in NodeContext context)
    {
        var mine = ListHashes.OfBuckets(members.Hashes.Whole);
        var places = new List<int>();
        for (var bucket = 0; bucket < mine.Length; bucket++)
        {
            if (mine[bucket] == digest.Buckets[bucket]) continue;
            for (var part = 0; part < ListHashes.PartsPerBucket; part++)
                members.Hashes.AddPlaces((bucket * ListHashes.PartsPerBucket) + part, AllStamps, places);
        }

        if (places.Count > 0 || digest.Learning)
            SendDelta(to, ClaimsAt(places), digest.Learning ? HeardVotes(context) : [], context);
    }

    private void SendParts(NodeAddress to, SyncDigest digest, in NodeContext context)
    {
        var parts = HashesUpTo(digest.UpTo, to);
        var mine = ListHashes.OfBuckets(parts);
        for (var bucket = 0; bucket < mine.Length; bucket++)
        {
            if (mine[bucket] == digest.Buckets[bucket]) continue;
            var hashes = ListHashes.OfParts(parts, bucket).ToArray();
            context.Send(to, new SyncDigest(hashes, Learning: false, digest.UpTo, bucket));
        }
    }

    /// <summary>Another seed node's parts of a bucket that this node's digest told differently.</summary>
    private void OnPartDigest(NodeAddress from, SyncDigest digest, int bucket, in NodeContext context)
    {
        // The answer to an earlier digest: the next one does as well.
        if (bucket is < 0 or >= ListHashes.BucketCount || digest.UpTo != toldUpTo) return;
        var mine = ListHashes.OfParts(HashesUpTo(toldUpTo, context.Self), bucket);
        var places = new List<int>();
        for (var part = 0; part < mine.Length; part++)
        {
            if (mine[part] == digest.Buckets[part]) continue;
            members.Hashes.AddPlaces((bucket * ListHashes.PartsPerBucket) + part, toldUpTo ?? AllStamps, places);
        }

        if (places.Count > 0) SendDelta(from, ClaimsAt(places), [], context);
    }

    /// <summary>In the order of the list, which does not depend on how it is hashed.</summary>
    private List<Claim> ClaimsAt(List<int> places)
    {
        places.Sort();
        var claims = new List<Claim>(places.Count);
        foreach (var place in places) claims.Add(members.ClaimAt(place));
        return claims;
    }
}
