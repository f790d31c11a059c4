using System.Diagnostics;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// What a <see cref="MessageList"/> is when more than a few messages were heard, and none so far has a number beyond
/// the width of a window: then none can be old, and it is enough to know the messages themselves, by their keys. Texts
/// that have to go, messages given up and higher numbers are a <see cref="MessageTable"/>'s affair.
/// </summary>
internal sealed class ManyMessages
{
    /// <summary>Our choice: twice what a few are at most. A power of two, and so are all lengths.</summary>
    private const int FewestPlaces = 32;

    /// <summary>Doubled when full: what that leaves behind is less than what a page of windows takes.</summary>
    private Gossip[] messages = new Gossip[FewestPlaces];

    /// <summary>Of the messages by key; at most half full.</summary>
    private FingerprintIndex index = new(2 * FewestPlaces);

    private RecentMessages recent;
    private int count;
    private ulong xor;
    private long bytes;

    /// <param name="few">In the order in which they came; all of them can be held here.</param>
    public ManyMessages(in HeldMessages few)
    {
        Debug.Assert(few.NeedNoWindows, "windows are a table's");
        foreach (var gossip in few) Keep(gossip!);
    }

    public int Count => count;

    /// <summary>In the order in which they came.</summary>
    public HeldMessages All => new(messages.AsSpan(0, count));

    public GossipDigest Digest => new(count, xor);

    /// <summary>Whether a message is one of those that can be held without a window.</summary>
    public static bool NeedsNoWindow(Gossip gossip) => gossip.Number is >= 1 and <= OriginWindow.Width;

    /// <summary>Where a message is looked for comes into the cache, and where it is kept if it is news.</summary>
    public void BringNear(Gossip next)
    {
        recent.BringNear(next);
        index.BringNear(next.KeyFingerprint);
        Prefetch.Item(in messages, count);
    }

    /// <summary>Whether this very object came in lately.</summary>
    public bool HoldsLately(Gossip gossip) => recent.Holds(gossip);

    /// <summary>Null when it is news and cannot be held here.</summary>
    public Receipt? Receive(Gossip gossip)
    {
        if (Text(gossip.Key, gossip.KeyFingerprint) is { } known)
            return known.Hash == gossip.Hash ? Receipt.Again : Receipt.Forged;
        if (!NeedsNoWindow(gossip) || !HasRoomFor(gossip)) return null;
        Keep(gossip);
        return Receipt.First;
    }

    /// <summary>Numbers below 1, which no message has, are below the windows of some origins.</summary>
    public bool HasSeen(in GossipKey key) => key.Number < 1 ? All.HasSeen(key) : Text(key) is not null;

    public Gossip? Text(in GossipKey key) => Text(key, key.Fingerprint());

    private Gossip? Text(in GossipKey key, ulong fingerprint)
    {
        var slot = FingerprintIndex.FirstSlot(fingerprint);
        while (index.TryNext(fingerprint, ref slot, out var place))
            if (messages[place].Key == key) return messages[place];
        return null;
    }

    private bool HasRoomFor(Gossip gossip) =>
        count < MessageList.TextLimit && bytes + TextStore.BytesOf(gossip) <= MessageList.TextBytesLimit;

    private void Keep(Gossip gossip)
    {
        if (count == messages.Length) Grow();
        messages[count] = gossip;
        index.Enter(gossip.KeyFingerprint, count);
        recent.Add(gossip);
        count++;
        xor ^= gossip.KeyFingerprint;
        bytes += TextStore.BytesOf(gossip);
    }

    private void Grow()
    {
        Array.Resize(ref messages, 2 * count);
        index = new FingerprintIndex(2 * messages.Length);
        for (var place = 0; place < count; place++) index.Enter(messages[place].KeyFingerprint, place);
    }
}
