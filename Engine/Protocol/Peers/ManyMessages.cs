using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// What a <see cref="MessageList"/> is when more than a few messages were heard, and none so far has a number beyond
/// the width of a window: then none can be old, and it is enough to know the messages themselves, by their keys. Texts
/// that have to go, messages given up and higher numbers are a <see cref="MessageTable"/>'s affair.
/// </summary>
internal sealed class ManyMessages
{
    /// <summary>So many bits of an index entry are a place + 1: as many as the limit of texts needs.</summary>
    private const int PlaceBits = 13;

    private const uint PlaceMask = (1 << PlaceBits) - 1;

    /// <summary>Our choice: twice what a few are at most. A power of two, and so are all lengths.</summary>
    private const int FewestPlaces = 32;

    private Gossip[] messages = [];

    /// <summary>
    /// Places and, above them, bits of fingerprints: a message is looked at only when it is the wanted one, as good as
    /// always. 0 is free. A power of two, at most half full.
    /// </summary>
    private uint[] index = [];

    /// <summary>The length of the index less one: asked here, the index is touched in one line only.</summary>
    private uint slotMask;

    private int count;
    private ulong xor;
    private long bytes;

    /// <param name="few">In the order in which they came; all of them can be held here.</param>
    public ManyMessages(in FewMessages few)
    {
        foreach (var gossip in few) Keep(gossip!);
    }

    /// <summary>In the order in which they came.</summary>
    public FewMessages All => new(messages.AsSpan(0, count));

    public int Count => count;

    public GossipDigest Digest => new(count, xor);

    /// <summary>Whether a message is one of those that can be held without a window.</summary>
    public static bool NeedsNoWindow(Gossip gossip) => gossip.Number <= OriginWindow.Width;

    /// <summary>Where a message is looked for comes into the cache.</summary>
    public void BringNear(Gossip gossip) => Prefetch.Value(ref EntryAt((uint)gossip.KeyFingerprint));

    /// <summary>Null when it is news and cannot be held here.</summary>
    public Receipt? Receive(Gossip gossip)
    {
        for (var slot = (uint)gossip.KeyFingerprint; EntryAt(slot) is > 0 and var entry; slot++)
        {
            if (!IsOf(entry, gossip.KeyFingerprint)) continue;
            var known = messages[PlaceIn(entry)];
            if (ReferenceEquals(known, gossip)) return Receipt.Again;
            if (known.Key == gossip.Key) return known.Hash == gossip.Hash ? Receipt.Again : Receipt.Forged;
        }

        if (!NeedsNoWindow(gossip) || !HasRoomFor(gossip)) return null;
        Keep(gossip);
        return Receipt.First;
    }

    /// <summary>Numbers below 1, which no message has, are below the windows of some origins.</summary>
    public bool HasSeen(in GossipKey key) => key.Number < 1 ? All.HasSeen(key) : Text(key) is not null;

    public Gossip? Text(in GossipKey key)
    {
        var fingerprint = key.Fingerprint();
        for (var slot = (uint)fingerprint; EntryAt(slot) is > 0 and var entry; slot++)
            if (IsOf(entry, fingerprint) && messages[PlaceIn(entry)] is { } known && known.Key == key) return known;
        return null;
    }

    private bool HasRoomFor(Gossip gossip) =>
        count < MessageList.TextLimit && bytes + TextStore.BytesOf(gossip) <= MessageList.TextBytesLimit;

    private void Keep(Gossip gossip)
    {
        if (count == messages.Length) Grow();
        messages[count] = gossip;
        Enter(gossip.KeyFingerprint, count);
        count++;
        xor ^= gossip.KeyFingerprint;
        bytes += TextStore.BytesOf(gossip);
    }

    private void Grow()
    {
        Array.Resize(ref messages, Math.Max(FewestPlaces, 2 * count));
        index = new uint[2 * messages.Length];
        slotMask = (uint)index.Length - 1;
        for (var place = 0; place < count; place++) Enter(messages[place].KeyFingerprint, place);
    }

    private void Enter(ulong fingerprint, int place)
    {
        var slot = (uint)fingerprint;
        while (EntryAt(slot) > 0) slot++;
        EntryAt(slot) = ((uint)(fingerprint >> 32) & ~PlaceMask) | (uint)(place + 1);
    }

    private static int PlaceIn(uint entry) => (int)(entry & PlaceMask) - 1;

    private static bool IsOf(uint entry, ulong fingerprint) =>
        ((entry ^ (uint)(fingerprint >> 32)) & ~PlaceMask) == 0;

    /// <summary>Any number is a slot: its lower bits count, so the one after the last is the first.</summary>
    private ref uint EntryAt(uint slot) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(index), slot & slotMask);
}
