using System.Diagnostics;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// What a <see cref="MessageList"/> is when more than a few messages were heard, and none so far has a number beyond
/// the width of a window: then none can be old, and it is enough to know the messages themselves, by their keys. Texts
/// that have to go, messages given up and higher numbers are a <see cref="MessageTable"/>'s affair.
/// </summary>
internal sealed class ManyMessages
{
    /// <summary>Our choice: twice what a few are at most. A power of two.</summary>
    private const int RoomAtFirst = 32;

    /// <summary>Our choice: by how much the index grows. Of one that doubles, half is left behind.</summary>
    private const int Growth = 4;

    /// <summary>In pages: those of many peers to which messages are being added lie side by side.</summary>
    private PagedList<Held> messages = new(RoomAtFirst);

    /// <summary>Of the messages by key; at most half full. A flood touches all of it: its entries are short.</summary>
    private FingerprintIndex<ushort> index = new(Growth * RoomAtFirst);

    private RecentMessages recent;
    private ulong xor;
    private long bytes;

    /// <summary>A value: lists of references would share their code, and find out each time what they are lists of.
    /// </summary>
    private readonly record struct Held(Gossip Message);

    /// <param name="few">In the order in which they came; all of them can be held here.</param>
    public ManyMessages(in HeldMessages few)
    {
        Debug.Assert(few.NeedNoWindows, "windows are a table's");
        foreach (var gossip in few) Keep(gossip!);
    }

    public int Count => messages.Count;

    /// <summary>In the order in which they came.</summary>
    public HeldMessages All
    {
        get
        {
            var all = new Gossip?[Count];
            for (var place = 0; place < all.Length; place++) all[place] = messages[place].Message;
            return new HeldMessages(all);
        }
    }

    public GossipDigest Digest => new(Count, xor);

    /// <summary>Whether a message is one of those that can be held without a window.</summary>
    public static bool NeedsNoWindow(Gossip gossip) => gossip.Number is >= 1 and <= OriginWindow.Width;

    /// <summary>Where a message is looked for comes into the cache, and where it is kept if it is news.</summary>
    public void BringNear(Gossip next)
    {
        recent.BringNear(next);
        index.BringNear(next.KeyFingerprint);
        messages.BringEndNear();
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
        var slot = index.FirstSlot(fingerprint);
        while (index.TryNext(fingerprint, ref slot, out var place))
            if (messages[place].Message.Key == key) return messages[place].Message;
        return null;
    }

    private bool HasRoomFor(Gossip gossip) =>
        Count < MessageList.TextLimit && bytes + TextStore.BytesOf(gossip) <= MessageList.TextBytesLimit;

    private void Keep(Gossip gossip)
    {
        if (2 * Count == index.Slots) EnterAgain(Growth * index.Slots);
        index.Enter(gossip.KeyFingerprint, Count);
        messages.Add() = new Held(gossip);
        recent.Add(gossip);
        xor ^= gossip.KeyFingerprint;
        bytes += TextStore.BytesOf(gossip);
    }

    private void EnterAgain(int slots)
    {
        index = new FingerprintIndex<ushort>(slots);
        for (var place = 0; place < Count; place++) index.Enter(messages[place].Message.KeyFingerprint, place);
    }
}
