namespace GossipSim.Engine.Protocol;

/// <summary>
/// The texts of the latest messages, as many as there is room for: the oldest goes first. While they are few they are
/// looked through; beyond that an open-addressed table of the texts themselves leads to each in one step.
/// </summary>
internal struct TextStore
{
    /// <summary>
    /// Our choice: so many references are two cache lines, and the wanted one is mostly among the last.
    /// </summary>
    private const int FewAtMost = 16;

    /// <summary>All that came in, a ring once it is full; null where a text went before its time.</summary>
    private Gossip?[] byAge;

    /// <summary>At most three quarters full; null while they are few.</summary>
    private Gossip?[]? byKey;

    private int oldest;
    private int held;

    public TextStore() => byAge = new Gossip?[4];

    /// <summary>Entries by age, those included whose text went before its time.</summary>
    public int Count { get; private set; }

    /// <summary>Whether this very object is held: how most copies that a flood brings are recognized.</summary>
    public readonly bool Holds(Gossip gossip)
    {
        if (byKey is null)
        {
            for (var place = Count - 1; place >= 0; place--)
                if (ReferenceEquals(byAge[place], gossip)) return true;
            return false;
        }

        for (var slot = First(gossip.KeyFingerprint, byKey); byKey[slot] is { } text; slot = Next(slot, byKey))
            if (ReferenceEquals(text, gossip)) return true;
        return false;
    }

    public readonly Gossip? Find(in GossipKey key)
    {
        if (byKey is null) return PlaceOf(key) is >= 0 and var place ? byAge[place] : null;
        return byKey[SlotOf(key, byKey)];
    }

    /// <summary>Keeps a text whose key is not held yet.</summary>
    /// <param name="limit">With more the oldest goes; always the same number, more than a few.</param>
    public void Add(Gossip gossip, int limit)
    {
        if (Count == limit)
        {
            if (byAge[oldest] is { } gone && Holds(gone)) Remove(gone.Key);
            byAge[oldest] = gossip;
            oldest = (oldest + 1) % limit;
        }
        else
        {
            if (Count == byAge.Length) Array.Resize(ref byAge, Math.Min(limit, 2 * Count));
            byAge[Count] = gossip;
            Count++;
        }

        held++;
        if (byKey is not null && 4 * held <= 3 * byKey.Length) Enter(gossip, byKey);
        else if (Count > FewAtMost) Index(gossip);
    }

    /// <summary>Gives a text back before it is the oldest.</summary>
    public void Remove(in GossipKey key)
    {
        if (byKey is null)
        {
            if (PlaceOf(key) is not (>= 0 and var place)) return;
            byAge[place] = null;
        }
        else
        {
            var slot = SlotOf(key, byKey);
            if (byKey[slot] is null) return;
            Vacate(slot, byKey);
        }

        held--;
    }

    private readonly int PlaceOf(in GossipKey key)
    {
        for (var place = Count - 1; place >= 0; place--)
            if (byAge[place] is { } text && text.Key == key) return place;
        return -1;
    }

    /// <param name="latest">What came just now: it is by age already, and not yet by key.</param>
    private void Index(Gossip latest)
    {
        var index = new Gossip?[byKey is null ? 4 * FewAtMost : 2 * byKey.Length];
        foreach (var text in byKey ?? byAge)
            if (text is not null && !ReferenceEquals(text, latest)) Enter(text, index);
        Enter(latest, index);
        byKey = index;
    }

    private static void Enter(Gossip gossip, Gossip?[] byKey)
    {
        var slot = First(gossip.KeyFingerprint, byKey);
        while (byKey[slot] is not null) slot = Next(slot, byKey);
        byKey[slot] = gossip;
    }

    /// <summary>The slot of a key, or the free one that ends the search.</summary>
    private static int SlotOf(in GossipKey key, Gossip?[] byKey)
    {
        var slot = First(key.Fingerprint(), byKey);
        while (byKey[slot] is { } text && text.Key != key) slot = Next(slot, byKey);
        return slot;
    }

    /// <summary>
    /// Frees a slot without leaving a hole in anybody's search: whoever was pushed past it moves up (Knuth, The Art of
    /// Computer Programming 3, 6.4, algorithm R).
    /// </summary>
    private static void Vacate(int hole, Gossip?[] byKey)
    {
        for (var slot = Next(hole, byKey); byKey[slot] is { } text; slot = Next(slot, byKey))
        {
            var pushed = (slot - First(text.KeyFingerprint, byKey)) & (byKey.Length - 1);
            var gap = (slot - hole) & (byKey.Length - 1);
            if (pushed < gap) continue;
            byKey[hole] = text;
            hole = slot;
        }

        byKey[hole] = null;
    }

    private static int First(ulong fingerprint, Gossip?[] byKey) => (int)fingerprint & (byKey.Length - 1);

    private static int Next(int slot, Gossip?[] byKey) => (slot + 1) & (byKey.Length - 1);
}
