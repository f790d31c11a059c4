namespace GossipSim.Engine.Protocol;

/// <summary>
/// What a <see cref="MessageList"/> is when messages can be old, their texts gone, or given up: a window for each
/// origin.
/// </summary>
internal sealed class MessageTable
{
    private OriginTable origins = new();
    private TextStore texts = new(MessageList.TextLimit, MessageList.TextBytesLimit);
    private int count;
    private ulong xor;
    private RecentMessages recent;

    public MessageTable(in HeldMessages held)
    {
        foreach (var gossip in held) Receive(gossip!);
    }

    /// <summary>Windows and texts.</summary>
    public int Entries => origins.Count + texts.Count;

    public GossipDigest Digest => new(count, xor);

    /// <summary>Whether this very object came in lately.</summary>
    public bool HoldsLately(Gossip gossip) => recent.Holds(gossip);

    public Receipt Receive(Gossip gossip)
    {
        var place = origins.PlaceOf(gossip.Origin, gossip.Epoch, gossip.OriginFingerprint);
        if (place < 0)
        {
            if (origins.Count == MessageList.OriginLimit) return Receipt.Full;
            place = origins.Open(gossip.Origin, gossip.Epoch, gossip.OriginFingerprint);
        }

        ref var window = ref origins[place];
        if (window.IsBelow(gossip.Number)) return Receipt.Old;
        if (window.HasSeen(gossip.Number))
            return texts.Find(ref window, gossip.Number) is { } known && known.Hash != gossip.Hash
                ? Receipt.Forged
                : Receipt.Again;

        Mark(ref window, gossip.Number, gossip.KeyFingerprint);
        window.LatestText = texts.Add(gossip, window.LatestText);
        recent.Add(gossip);
        return Receipt.First;
    }

    public bool HasSeen(in GossipKey key) => PlaceOf(key) is >= 0 and var place && origins[place].HasSeen(key.Number);

    public Gossip? Text(in GossipKey key) =>
        PlaceOf(key) is >= 0 and var place ? texts.Find(ref origins[place], key.Number) : null;

    public bool MarkMissed(in GossipKey key)
    {
        if (PlaceOf(key) is not (>= 0 and var place)) return false;
        ref var window = ref origins[place];
        if (key.Number >= window.High || window.HasSeen(key.Number)) return false;
        Mark(ref window, key.Number, key.Fingerprint());
        return true;
    }

    public OriginMarks[] Marks()
    {
        var marks = new OriginMarks[origins.Count];
        for (var place = 0; place < marks.Length; place++)
            marks[place] = origins[place].Marks(texts.HeldOf(ref origins[place]));
        return marks;
    }

    private void Mark(ref OriginWindow window, int number, ulong fingerprint)
    {
        ForgetBelow(window, number - OriginWindow.Width);
        window.Mark(number);
        count++;
        xor ^= fingerprint;
    }

    /// <summary>What the window is about to pass will be old, not known.</summary>
    /// <param name="last">The highest number that will be below.</param>
    private void ForgetBelow(in OriginWindow window, int last)
    {
        for (var number = Math.Max(1, window.High - OriginWindow.Width + 1); number <= last; number++)
        {
            if (number > window.High) return;
            if (window.HasSeen(number)) recent.Remove(new GossipKey(window.Origin, window.Epoch, number));
        }
    }

    private int PlaceOf(in GossipKey key) =>
        origins.PlaceOf(key.Origin, key.Epoch, GossipKey.OriginFingerprint(key.Origin, key.Epoch));
}
