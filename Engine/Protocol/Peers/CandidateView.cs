namespace GossipSim.Engine.Protocol;

/// <summary>Members that this peer has heard of and might link to: a bounded passive view (HyParView's word).</summary>
internal sealed class CandidateView
{
    /// <summary>
    /// Our choice: twice the usual longest peer list, so that merging a majority's lists loses nobody of the first.
    /// </summary>
    public const int UsualLimit = 400;

    private NodeAddress[] addresses = [];
    private Hearsay[] entries = [];

    private readonly record struct Hearsay(int Epoch, int Degree, long JoinStamp);

    public int Count { get; private set; }

    public PeerListEntry this[int index] =>
        new(addresses[index], entries[index].Epoch, entries[index].JoinStamp, entries[index].Degree);

    public NodeAddress AddressAt(int index) => addresses[index];

    public int DegreeAt(int index) => entries[index].Degree;

    public long JoinStampAt(int index) => entries[index].JoinStamp;

    /// <summary>
    /// Later news of an address replaces earlier, and the largest degree counts; a full view forgets somebody at
    /// random.
    /// </summary>
    public void Add(in PeerListEntry entry, int limit, ref NodeRandom random)
    {
        var place = NodeAddress.IndexOf(addresses.AsSpan(0, Count), entry.Address);
        if (place < 0) Append(entry, limit, ref random);
        else Renew(place, entry, Math.Max(entries[place].Degree, entry.Degree));
    }

    /// <summary>As <see cref="Add"/>, of a list drawn by degree: what counts is how often all lists drew somebody.
    /// </summary>
    public void AddDrawn(in PeerListEntry entry, int limit, ref NodeRandom random)
    {
        var place = NodeAddress.IndexOf(addresses.AsSpan(0, Count), entry.Address);
        if (place < 0) Append(entry, limit, ref random);
        else Renew(place, entry, entries[place].Degree + entry.Degree);
    }

    private void Renew(int place, in PeerListEntry entry, int degree)
    {
        if (entry.Epoch >= entries[place].Epoch) entries[place] = new Hearsay(entry.Epoch, degree, entry.JoinStamp);
    }

    private void Append(in PeerListEntry entry, int limit, ref NodeRandom random)
    {
        int place;
        if (Count < limit)
        {
            if (Count == addresses.Length) Resize(Math.Min(limit, Math.Max(8, Count + (Count / 2))));
            place = Count++;
        }
        else
        {
            place = random.Next(Count);
        }

        (addresses[place], entries[place]) =
            (entry.Address, new Hearsay(entry.Epoch, entry.Degree, entry.JoinStamp));
    }

    public void Remove(NodeAddress address)
    {
        var place = NodeAddress.IndexOf(addresses.AsSpan(0, Count), address);
        if (place < 0) return;
        Count--;
        Array.Copy(addresses, place + 1, addresses, place, Count - place);
        Array.Copy(entries, place + 1, entries, place, Count - place);
    }

    /// <summary>Keeps so many, drawn at random, and gives back the room of the others.</summary>
    public void ShrinkTo(int limit, ref NodeRandom random)
    {
        for (var place = 0; place < limit && Count > limit; place++)
        {
            var other = place + random.Next(Count - place);
            (addresses[place], addresses[other]) = (addresses[other], addresses[place]);
            (entries[place], entries[other]) = (entries[other], entries[place]);
        }

        Count = Math.Min(Count, limit);
        // A little room to grow, for the few that the next list brings.
        if (addresses.Length > limit + (limit / 2)) Resize(limit);
    }

    public void Clear()
    {
        Count = 0;
        Resize(0);
    }

    private void Resize(int length)
    {
        Array.Resize(ref addresses, length);
        Array.Resize(ref entries, length);
    }
}
