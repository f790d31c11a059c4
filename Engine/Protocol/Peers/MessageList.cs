namespace GossipSim.Engine.Protocol;

/// <summary>What became of a message that came in.</summary>
internal enum Receipt : byte
{
    First,
    Again,

    /// <summary>Below the origin's window: too old to know whether it was seen.</summary>
    Old,

    /// <summary>Another text under a known id, or a number that no origin gives: somebody lies.</summary>
    Forged,

    /// <summary>More origins than there is room for.</summary>
    Full,

    /// <summary>From somebody who is no neighbor.</summary>
    Stranger,
}

/// <summary>
/// The Message List: which messages a peer has seen, each under its SHA-256, and the texts of the latest for those who
/// missed them. Every part of it is bounded.
/// </summary>
internal sealed class MessageList(int highestNumber)
{
    /// <summary>
    /// Our choice: origins remembered, and texts kept. Ten messages of each of 400 peers can be had again.
    /// </summary>
    public const int OriginLimit = 65_536;

    public const int TextLimit = 4_096;

    private readonly Dictionary<(NodeAddress Origin, int Epoch), OriginWindow> windows = [];
    private readonly List<(NodeAddress Origin, int Epoch)> origins = [];
    private readonly Queue<GossipKey> textsByAge = new();
    private int count;
    private ulong xor;

    public int Origins => origins.Count;

    public int Texts => textsByAge.Count;

    /// <summary>Of all that was ever seen: equal at two peers that have seen the same.</summary>
    public GossipDigest Digest => new(count, xor);

    public Receipt Receive(Gossip gossip)
    {
        if (!IsNumber(gossip.Number)) return Receipt.Forged;
        var window = WindowOf(gossip.Key, mayOpen: true);
        if (window is null) return Receipt.Full;
        if (gossip.Number <= window.High && window.IsBelow(gossip.Number)) return Receipt.Old;
        if (window.HasSeen(gossip.Number))
            return window.Text(gossip.Number) is { } known && known.Hash != gossip.Hash
                ? Receipt.Forged
                : Receipt.Again;

        Mark(window, gossip.Key);
        window.Keep(gossip);
        textsByAge.Enqueue(gossip.Key);
        if (textsByAge.Count > TextLimit) Release(textsByAge.Dequeue());
        return Receipt.First;
    }

    public bool HasSeen(GossipKey key) =>
        !IsNumber(key.Number) || (WindowOf(key, mayOpen: false)?.HasSeen(key.Number) ?? false);

    public Gossip? Text(GossipKey key) =>
        IsNumber(key.Number) ? WindowOf(key, mayOpen: false)?.Text(key.Number) : null;

    /// <summary>
    /// Gives a message up: nobody around holds its text any more. Only below what came here itself: on a neighbor's
    /// word alone an origin's next messages would be taken for seen before they are sent.
    /// </summary>
    /// <returns>Whether it was given up just now.</returns>
    public bool MarkMissed(GossipKey key)
    {
        if (WindowOf(key, mayOpen: false) is not { } window || key.Number >= window.High || HasSeen(key)) return false;
        Mark(window, key);
        return true;
    }

    /// <summary>All marks, in the order in which the origins were first heard.</summary>
    public OriginMarks[] Marks()
    {
        var marks = new OriginMarks[origins.Count];
        for (var index = 0; index < marks.Length; index++)
        {
            var (origin, epoch) = origins[index];
            marks[index] = windows[origins[index]].Marks(origin, epoch);
        }

        return marks;
    }

    /// <summary>Origins count from 1 up to their limit (assignment A6); anything else was made up.</summary>
    private bool IsNumber(int number) => number >= 1 && number <= highestNumber;

    private void Mark(OriginWindow window, GossipKey key)
    {
        window.Mark(key.Number);
        count++;
        xor ^= key.Fingerprint();
    }

    private void Release(GossipKey key) => WindowOf(key, mayOpen: false)?.Release(key.Number);

    private OriginWindow? WindowOf(GossipKey key, bool mayOpen)
    {
        if (windows.TryGetValue((key.Origin, key.Epoch), out var window)) return window;
        if (!mayOpen || origins.Count == OriginLimit) return null;
        window = new OriginWindow();
        windows.Add((key.Origin, key.Epoch), window);
        origins.Add((key.Origin, key.Epoch));
        return window;
    }
}
