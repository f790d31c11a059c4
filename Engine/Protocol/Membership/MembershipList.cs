namespace GossipSim.Engine.Protocol;

/// <summary>
/// The membership list of one seed node: the greatest entry known for each address, tombstones included, with a hash
/// per bucket so that two seed nodes find out in one message where their lists differ.
/// </summary>
internal sealed class MembershipList
{
    /// <summary>
    /// Our choice: 64 hashes fit a line of one kilobyte, and a differing bucket of 10,000 members holds 160.
    /// </summary>
    public const int BucketCount = 64;

    private readonly Dictionary<NodeAddress, int> places = [];
    private readonly List<Claim> entries = [];
    private readonly SortedSet<(long JoinStamp, NodeAddress Address)> living = [];
    private readonly ulong[] buckets = new ulong[BucketCount];

    public int Count => entries.Count;

    public int AliveCount => living.Count;

    public long LatestJoinStamp { get; private set; }

    public static int BucketOf(NodeAddress address) => (int)(Mix64.Of(address.Packed) >> 32) & (BucketCount - 1);

    public ulong[] BucketHashes() => [.. buckets];

    /// <summary>The entries in the order in which their addresses were first heard of.</summary>
    public Claim this[int place] => entries[place];

    public int PlaceOf(NodeAddress address) => places.GetValueOrDefault(address, -1);

    public bool TryGet(NodeAddress address, out MembershipEntry entry)
    {
        var known = places.TryGetValue(address, out var place);
        entry = known ? entries[place].Entry : default;
        return known;
    }

    public int EpochOf(NodeAddress address) => TryGet(address, out var entry) ? entry.Epoch : 0;

    public bool IsAlive(NodeAddress address) => TryGet(address, out var entry) && entry.IsAlive;

    public bool Has(in MembershipEntry entry) => TryGet(entry.Address, out var known) && known.IsSameAs(entry);

    /// <summary>Whether merging this entry would change the list.</summary>
    public bool IsNews(in MembershipEntry entry) => !TryGet(entry.Address, out var known) || entry.Supersedes(known);

    /// <summary>Takes the greater of the known entry and this one; returns the entry's place.</summary>
    public int Merge(in Claim claim)
    {
        var entry = claim.Entry;
        if (!places.TryGetValue(entry.Address, out var place))
        {
            place = entries.Count;
            places.Add(entry.Address, place);
            entries.Add(claim);
        }
        else
        {
            var known = entries[place].Entry;
            if (!entry.Supersedes(known)) return place;
            buckets[BucketOf(entry.Address)] ^= known.Fingerprint();
            living.Remove((known.JoinStamp, known.Address));
            entries[place] = claim;
        }

        buckets[BucketOf(entry.Address)] ^= entry.Fingerprint();
        if (entry.IsAlive) living.Add((entry.JoinStamp, entry.Address));
        LatestJoinStamp = Math.Max(LatestJoinStamp, entry.JoinStamp);
        return place;
    }

    /// <summary>Up to <paramref name="limit"/> live members, oldest first.</summary>
    public List<NodeAddress> Oldest(int limit)
    {
        var oldest = new List<NodeAddress>(Math.Min(limit, living.Count));
        foreach (var (_, address) in living)
        {
            if (oldest.Count == limit) break;
            oldest.Add(address);
        }

        return oldest;
    }
}
