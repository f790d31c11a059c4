namespace GossipSim.Engine.Protocol;

/// <summary>
/// Messages as they came in, none of them below its origin's window, and none given up beside them: what a
/// <see cref="MessageList"/> can say by looking through them. They are objects that all peers share, so each peer pays
/// for no more than its references to them.
/// </summary>
internal readonly ref struct HeldMessages
{
    private readonly ReadOnlySpan<Gossip?> messages;

    /// <param name="places">Messages as they came in, and null from the first free place on.</param>
    public HeldMessages(ReadOnlySpan<Gossip?> places)
    {
        var count = places.Length;
        while (count > 0 && places[count - 1] is null) count--;
        messages = places[..count];
    }

    public int Count => messages.Length;

    public GossipDigest Digest
    {
        get
        {
            var xor = 0UL;
            foreach (var known in messages) xor ^= known!.KeyFingerprint;
            return new GossipDigest(Count, xor);
        }
    }

    /// <summary>Whether all can be held as <see cref="ManyMessages"/>.</summary>
    public bool NeedNoWindows
    {
        get
        {
            foreach (var known in messages)
                if (!ManyMessages.NeedsNoWindow(known!)) return false;
            return true;
        }
    }

    public ReadOnlySpan<Gossip?>.Enumerator GetEnumerator() => messages.GetEnumerator();

    /// <summary>Whether this very object is among them; the wanted one is mostly one of the last.</summary>
    public bool Holds(Gossip gossip)
    {
        for (var place = messages.Length - 1; place >= 0; place--)
            if (ReferenceEquals(messages[place], gossip)) return true;
        return false;
    }

    /// <summary>What another object is: a copy, a forgery, too old, or news.</summary>
    public Receipt Judge(Gossip gossip)
    {
        foreach (var known in messages)
        {
            if (!IsOfSameOrigin(known!, gossip.Key)) continue;
            if (known!.Number == gossip.Number) return known.Hash == gossip.Hash ? Receipt.Again : Receipt.Forged;
            if (OriginWindow.IsBelow(gossip.Number, high: known.Number)) return Receipt.Old;
        }

        return Receipt.First;
    }

    /// <summary>Whether one of them is below its origin's window when this one has come.</summary>
    public bool ArePassedBy(Gossip gossip)
    {
        foreach (var known in messages)
            if (IsOfSameOrigin(known!, gossip.Key) && OriginWindow.IsBelow(known!.Number, high: gossip.Number))
                return true;
        return false;
    }

    public bool HasSeen(in GossipKey key)
    {
        foreach (var known in messages)
            if (IsOfSameOrigin(known!, key)
                && (known!.Number == key.Number || OriginWindow.IsBelow(key.Number, high: known.Number)))
                return true;
        return false;
    }

    /// <summary>Whether an origin said more than this since, and this is neither here nor old.</summary>
    public bool Lack(in GossipKey key)
    {
        var isHigher = false;
        foreach (var known in messages)
            if (IsOfSameOrigin(known!, key)) isHigher |= known!.Number > key.Number;
        return isHigher && !HasSeen(key);
    }

    public Gossip? Text(in GossipKey key)
    {
        foreach (var known in messages)
            if (known!.Key == key) return known;
        return null;
    }

    public OriginMarks[] Marks()
    {
        var windows = Windows();
        var marks = new OriginMarks[windows.Count];
        for (var place = 0; place < marks.Length; place++)
            marks[place] = windows[place].Marks(held: windows[place].Seen);
        return marks;
    }

    private OriginTable Windows()
    {
        var windows = new OriginTable();
        foreach (var known in messages)
        {
            var place = windows.PlaceOf(known!.Origin, known.Epoch, known.OriginFingerprint);
            if (place < 0) place = windows.Open(known.Origin, known.Epoch, known.OriginFingerprint);
            windows[place].Mark(known.Number);
        }

        return windows;
    }

    private static bool IsOfSameOrigin(Gossip known, in GossipKey key) =>
        known.Origin == key.Origin && known.Epoch == key.Epoch;
}
