namespace GossipSim.Engine.Protocol;

/// <summary>What a <see cref="MessageList"/> is from its second message on.</summary>
internal sealed class MessageTable
{
    private OriginTable origins = new();
    private TextStore texts = new();
    private int count;
    private ulong xor;

    public int Origins => origins.Count;

    public int Texts => texts.Count;

    public GossipDigest Digest => new(count, xor);

    public Receipt Receive(Gossip gossip)
    {
        if (texts.Holds(gossip)) return Receipt.Again;
        var place = origins.PlaceOf(gossip.Origin, gossip.Epoch, gossip.OriginFingerprint);
        if (place < 0)
        {
            if (origins.Count == MessageList.OriginLimit) return Receipt.Full;
            place = origins.Open(gossip.Origin, gossip.Epoch, gossip.OriginFingerprint);
        }

        ref var window = ref origins[place];
        if (window.IsBelow(gossip.Number)) return Receipt.Old;
        if (window.HasSeen(gossip.Number))
            return texts.Find(gossip.Key) is { } known && known.Hash != gossip.Hash ? Receipt.Forged : Receipt.Again;

        Mark(ref window, gossip.Number, gossip.KeyFingerprint);
        texts.Add(gossip, MessageList.TextLimit);
        return Receipt.First;
    }

    public bool HasSeen(in GossipKey key) => PlaceOf(key) is >= 0 and var place && origins[place].HasSeen(key.Number);

    public Gossip? Text(in GossipKey key) => texts.Find(key);

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
        {
            ref var window = ref origins[place];
            marks[place] = new OriginMarks(window.Origin, window.Epoch, window.High, window.Seen, HeldOf(window));
        }

        return marks;
    }

    private ulong HeldOf(in OriginWindow window)
    {
        var held = 0UL;
        for (var age = 0; age < OriginWindow.Width && window.High - age > 0; age++)
        {
            if ((window.Seen >> age & 1) == 0) continue;
            if (texts.Find(new GossipKey(window.Origin, window.Epoch, window.High - age)) is not null)
                held |= 1UL << age;
        }

        return held;
    }

    private void Mark(ref OriginWindow window, int number, ulong fingerprint)
    {
        ForgetBelow(window, number - OriginWindow.Width);
        window.Mark(number);
        count++;
        xor ^= fingerprint;
    }

    /// <summary>Texts that the window is about to pass can no longer be asked for.</summary>
    /// <param name="last">The highest number that will be below.</param>
    private void ForgetBelow(in OriginWindow window, int last)
    {
        for (var number = Math.Max(1, window.High - OriginWindow.Width + 1); number <= last; number++)
        {
            if (number > window.High) return;
            if (window.HasSeen(number)) texts.Remove(new GossipKey(window.Origin, window.Epoch, number));
        }
    }

    private int PlaceOf(in GossipKey key) =>
        origins.PlaceOf(key.Origin, key.Epoch, GossipKey.OriginFingerprint(key.Origin, key.Epoch));
}
