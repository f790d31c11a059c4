namespace GossipSim.Engine.Protocol;

/// <summary>
/// A hash per bucket of a membership list, and per part of a bucket, so that two seed nodes find out in two messages
/// where their lists differ; and who stands in a part, so that what differs is told without a look at all others.
/// </summary>
internal sealed class ListHashes(Column<MembershipEntry> entries)
{
    /// <summary>
    /// Our choice: 64 hashes fit a line of one kilobyte, and a differing bucket of 10,000 members holds 160; a part of
    /// a bucket of a million holds 244.
    /// </summary>
    public const int BucketCount = 64;

    public const int PartsPerBucket = 64;

    private const int PartCount = BucketCount * PartsPerBucket;

    /// <summary>The last place that joined each part, plus one; and from each place to the one before it.</summary>
    private readonly int[] newest = new int[PartCount];
    private readonly Column<int> earlier = new();
    private readonly List<SettledHashes> settled = [];

    /// <summary>Of all entries, by part.</summary>
    private readonly ulong[] whole = new ulong[PartCount];

    public static int BucketOf(NodeAddress address) => PartOf(address) / PartsPerBucket;

    /// <summary>Parts are numbered through all buckets.</summary>
    public static int PartOf(NodeAddress address)
    {
        var mixed = (uint)(Mix64.Of(address.Packed) >> 32);
        return (int)(((mixed % BucketCount) * PartsPerBucket) + (mixed / BucketCount % PartsPerBucket));
    }

    public ReadOnlySpan<ulong> Whole => whole;

    /// <summary>Of one bucket each, from the hashes of all parts.</summary>
    public static ulong[] OfBuckets(ReadOnlySpan<ulong> parts)
    {
        var buckets = new ulong[BucketCount];
        for (var part = 0; part < PartCount; part++) buckets[part / PartsPerBucket] ^= parts[part];
        return buckets;
    }

    /// <summary>Of the parts of one bucket.</summary>
    public static ReadOnlySpan<ulong> OfParts(ReadOnlySpan<ulong> parts, int bucket) =>
        parts.Slice(bucket * PartsPerBucket, PartsPerBucket);

    /// <summary>The hashes of the entries up to a stamp that moves; kept up to date from now on.</summary>
    public SettledHashes Settle()
    {
        var hashes = new SettledHashes(entries);
        settled.Add(hashes);
        return hashes;
    }

    public void Add(int place)
    {
        ref readonly var entry = ref entries[place];
        var part = PartOf(entry.Address);
        earlier.Add(newest[part]);
        newest[part] = place + 1;
        whole[part] ^= entry.Fingerprint();
        foreach (var hashes in settled) hashes.Change(place, part, default);
    }

    public void Replace(int place, in MembershipEntry former)
    {
        ref readonly var entry = ref entries[place];
        var part = PartOf(entry.Address);
        whole[part] ^= former.Fingerprint() ^ entry.Fingerprint();
        foreach (var hashes in settled) hashes.Change(place, part, former);
    }

    /// <summary>Adds the places of a part's members whose stamps are not later than that.</summary>
    public void AddPlaces(int part, long upTo, List<int> places)
    {
        for (var place = newest[part] - 1; place >= 0; place = earlier[place] - 1)
            if (entries[place].JoinStamp <= upTo) places.Add(place);
    }
}
