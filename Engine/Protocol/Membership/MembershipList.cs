namespace GossipSim.Engine.Protocol;

/// <summary>
/// The membership list of one seed node: the greatest entry known for each address, tombstones included. Every
/// operation costs O(log n) at most.
/// </summary>
internal sealed class MembershipList
{
    private readonly Column<MembershipEntry> entries = new();
    private readonly Column<ProposalId> proposals = new();
    private readonly PlaceIndex places;
    private readonly Seniority living;

    public MembershipList()
    {
        places = new PlaceIndex(entries);
        living = new Seniority(entries);
        Hashes = new ListHashes(entries);
    }

    public int Count => entries.Count;

    public int AliveCount => living.Count;

    public long LatestJoinStamp { get; private set; }

    /// <summary>What this list is compared with other lists by.</summary>
    public ListHashes Hashes { get; }

    /// <summary>The entries in the order in which their addresses were first heard of.</summary>
    public ref readonly MembershipEntry this[int place] => ref entries[place];

    public Claim ClaimAt(int place) => new(proposals[place], entries[place]);

    public int PlaceOf(NodeAddress address) => places.Of(address);

    public bool TryGet(NodeAddress address, out MembershipEntry entry)
    {
        var place = places.Of(address);
        entry = place >= 0 ? entries[place] : default;
        return place >= 0;
    }

    public int EpochOf(NodeAddress address) => TryGet(address, out var entry) ? entry.Epoch : 0;

    public bool IsAlive(NodeAddress address) => TryGet(address, out var entry) && entry.IsAlive;

    public bool Has(in MembershipEntry entry) => TryGet(entry.Address, out var known) && known.IsSameAs(entry);

    /// <summary>Whether merging this entry would change the list.</summary>
    public bool IsNews(in MembershipEntry entry) => !TryGet(entry.Address, out var known) || entry.Supersedes(known);

    /// <summary>Takes the greater of the known entry and this one; returns the entry's place.</summary>
    public int Merge(in Claim claim)
    {
        var place = places.Of(claim.Entry.Address);
        if (place < 0) place = Append(claim);
        else if (!TryReplace(place, claim)) return place;

        if (claim.Entry.IsAlive) living.Add(place);
        LatestJoinStamp = Math.Max(LatestJoinStamp, claim.Entry.JoinStamp);
        return place;
    }

    /// <summary>Fills in the places of the oldest live members, oldest first; returns how many there are.</summary>
    public int Oldest(Span<int> oldest) => living.Oldest(oldest);

    private int Append(in Claim claim)
    {
        var place = entries.Count;
        entries.Add(claim.Entry);
        proposals.Add(claim.Proposal);
        places.Add(place);
        Hashes.Add(place);
        return place;
    }

    private bool TryReplace(int place, in Claim claim)
    {
        var known = entries[place];
        if (!claim.Entry.Supersedes(known)) return false;
        if (known.IsAlive) living.Remove(place);
        (entries[place], proposals[place]) = (claim.Entry, claim.Proposal);
        Hashes.Replace(place, known);
        return true;
    }
}
