using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The membership list of every seed node, kept from what each of them committed or read back from disk.
/// </summary>
internal sealed class MembershipRecord(int seedNodes)
{
    private readonly SeedNodeList[] lists = CreateLists(seedNodes);
    private readonly HashSet<MembershipEntry> changes = [];
    private readonly HashSet<MembershipEntry> withoutQuorum = [];
    private Instant? disturbedAt;
    private Instant? agreedAt;

    public int Changes => changes.Count;

    /// <summary>
    /// Changes that some seed node made on fewer votes of distinct configured seed nodes than a quorum.
    /// </summary>
    public int ChangesWithoutQuorum => withoutQuorum.Count;

    /// <summary>Whether all live, honest seed nodes hold equal lists; true when there is none.</summary>
    public bool SeedsAgree { get; private set; } = true;

    /// <summary>
    /// From the last heal, or crash or start of a seed node, until all live seed nodes first held equal lists.
    /// Null when nothing disturbed them, and when they have not agreed since.
    /// </summary>
    public TimeSpan? Reconvergence =>
        disturbedAt is { } disturbed && agreedAt is { } agreed && SeedsAgree ? agreed - disturbed : null;

    public MembershipEntry EntryAt(int seedNode, int node) => lists[seedNode][node];

    /// <summary>How many living members that seed node lists.</summary>
    public int MembersAt(int seedNode) => lists[seedNode].Members;

    public void Commit(int seedNode, int node, in MembershipEntry entry, bool hasQuorum)
    {
        // Two coordinators may register the same process at once, each with a seniority of its own: one change.
        var change = entry with { JoinStamp = 0 };
        changes.Add(change);
        if (!hasQuorum) withoutQuorum.Add(change);
        lists[seedNode].Merge(node, entry);
    }

    public void Recall(int seedNode, int node, in MembershipEntry entry) => lists[seedNode].Merge(node, entry);

    /// <summary>A starting seed node knows what its disk gives back, and nothing else.</summary>
    public void Forget(int seedNode) => lists[seedNode].Clear();

    public void Disturb(Instant now)
    {
        disturbedAt = now;
        agreedAt = null;
    }

    /// <summary>Compares the lists of the live seed nodes; to be called after every change of them.</summary>
    public void Compare(IReadOnlyList<NodeState> nodes, Instant now)
    {
        SeedNodeList? first = null;
        SeedsAgree = true;
        for (var i = 0; i < lists.Length; i++)
        {
            if (!nodes[i].IsUp || nodes[i].IsLiar) continue;
            first ??= lists[i];
            if (first.Count != lists[i].Count || first.Digest != lists[i].Digest) SeedsAgree = false;
        }

        if (SeedsAgree && disturbedAt is not null) agreedAt ??= now;
    }

    private static SeedNodeList[] CreateLists(int count)
    {
        var lists = new SeedNodeList[count];
        for (var i = 0; i < count; i++) lists[i] = new SeedNodeList();
        return lists;
    }

    private sealed class SeedNodeList
    {
        private MembershipEntry[] entries = [];

        public int Count { get; private set; }

        /// <summary>Those of the entries that are alive.</summary>
        public int Members { get; private set; }

        /// <summary>The xor over all entries: equal lists have equal digests, and it is kept up in one step.</summary>
        public ulong Digest { get; private set; }

        public MembershipEntry this[int node] => node < entries.Length ? entries[node] : default;

        public void Merge(int node, in MembershipEntry entry)
        {
            if (node >= entries.Length) Array.Resize(ref entries, Math.Max(node + 1, entries.Length * 2));
            ref var known = ref entries[node];
            if (known.Epoch == 0)
                Count++;
            else if (entry.Supersedes(known))
                Digest ^= known.Fingerprint();
            else
                return;
            if (known.Epoch != 0 && known.IsAlive) Members--;
            if (entry.IsAlive) Members++;
            known = entry;
            Digest ^= entry.Fingerprint();
        }

        public void Clear()
        {
            Array.Clear(entries);
            (Count, Members, Digest) = (0, 0, 0);
        }
    }
}
