namespace GossipSim.Engine.Protocol;

/// <summary>Members that this peer has heard of and might link to: a bounded passive view (HyParView's word).</summary>
internal sealed class CandidateView(int limit)
{
    private readonly List<PeerListEntry> entries = [];

    public int Count => entries.Count;

    public PeerListEntry this[int index] => entries[index];

    /// <summary>Later news of an address replaces earlier; a full view forgets somebody at random.</summary>
    public void Add(PeerListEntry entry, ref NodeRandom random)
    {
        var place = entries.FindIndex(known => known.Address == entry.Address);
        if (place >= 0)
        {
            var known = entries[place];
            var degree = Math.Max(known.Degree, entry.Degree);
            if (entry.Epoch >= known.Epoch) entries[place] = entry with { Degree = degree };
        }
        else if (entries.Count < limit)
        {
            entries.Add(entry);
        }
        else
        {
            entries[random.Next(entries.Count)] = entry;
        }
    }

    public void Remove(NodeAddress address) => entries.RemoveAll(entry => entry.Address == address);

    public void Clear() => entries.Clear();
}
