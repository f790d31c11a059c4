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

    /// <summary>
    /// What every search looks at comes into the cache, the latest messages, and where the next is looked for.
    /// </summary>
    public void BringNear(Gossip? next)
    {
        index.BringNear();
        Prefetch.Object(in messages, lines: 1);
        Prefetch.Item(in messages, count - 1);
        if (next is not null) index.BringNear(next.KeyFingerprint);
    }

    /// <summary>Whether this very object is among them.</summary>
    public bool Holds(Gossip gossip)
    {
        var slot = FingerprintIndex.FirstSlot(gossip.KeyFingerprint);
        while (index.TryNext(gossip.KeyFingerprint, ref slot, out var place))
            if (ReferenceEquals(messages[place], gossip)) return true;
        return false;
    }

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
