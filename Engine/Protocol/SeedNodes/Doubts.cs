namespace GossipSim.Engine.Protocol;

/// <summary>How often entries were told that no quorum vouched for.</summary>
internal sealed class Doubts
{
    /// <summary>
    /// Our choice, far above what a lost disk leaves in doubt at once; who makes up entries must not fill the memory.
    /// </summary>
    private const int Limit = 4_096;

    private readonly Dictionary<MembershipEntry, int> counts = [];
    private readonly Dictionary<NodeAddress, List<MembershipEntry>> byAddress = [];

    public int Count => counts.Count;

    public int CountOf(in MembershipEntry entry) => counts.GetValueOrDefault(entry);

    public void Note(in MembershipEntry entry, int count)
    {
        if (!counts.ContainsKey(entry)) Begin(entry);
        counts[entry] = count;
    }

    public void Forget(in MembershipEntry entry)
    {
        if (!counts.Remove(entry)) return;
        var doubtful = byAddress[entry.Address];
        doubtful.Remove(entry);
        if (doubtful.Count == 0) byAddress.Remove(entry.Address);
    }

    /// <summary>An entry was committed: what it supersedes at its address is no longer in doubt, nor is it itself.
    /// </summary>
    public void Settle(in MembershipEntry committed)
    {
        if (counts.Count == 0 || !byAddress.TryGetValue(committed.Address, out var doubtful)) return;
        foreach (var entry in doubtful.ToArray())
            if (!entry.Supersedes(committed)) Forget(entry);
    }

    private void Begin(in MembershipEntry entry)
    {
        if (counts.Count >= Limit)
        {
            counts.Clear();
            byAddress.Clear();
        }

        if (!byAddress.TryGetValue(entry.Address, out var doubtful)) byAddress.Add(entry.Address, doubtful = []);
        doubtful.Add(entry);
    }
}
