using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// The windows of all origins heard, in the order in which they were first heard. While they are few they are looked
/// through; beyond that an open-addressed index tells where each is.
/// </summary>
internal struct OriginTable
{
    /// <summary>Our choice: so many windows are four cache lines in a row, about as fast as an index.</summary>
    private const int FewAtMost = 8;

    /// <summary>Our choice: four cache lines at first, room for 48 origins.</summary>
    private const int SlotsAtFirst = 64;

    /// <summary>So many bits of an index entry are a place + 1: as many as the limit of origins needs.</summary>
    private const int PlaceBits = 17;

    private const int PlaceMask = (1 << PlaceBits) - 1;

    private PagedList<OriginWindow> windows;

    /// <summary>
    /// Places and, above them, bits of fingerprints: a window is looked at only when it is the wanted one, as good as
    /// always. 0 is free. A power of two, at most three quarters full.
    /// </summary>
    private uint[]? index;

    /// <summary>The length of the index less one: asked here, the index is touched in one line only.</summary>
    private uint slotMask;

    public OriginTable() => windows = new PagedList<OriginWindow>(FewAtMost / 2);

    public readonly int Count => windows.Count;

    public readonly ref OriginWindow this[int place] => ref windows[place];

    /// <param name="fingerprint">Of origin and epoch.</param>
    /// <returns>Where the window of that origin is; -1 when it has none.</returns>
    public readonly int PlaceOf(NodeAddress origin, int epoch, ulong fingerprint)
    {
        if (index is null)
        {
            for (var place = 0; place < Count; place++)
                if (windows[place].IsOf(origin, epoch)) return place;
            return -1;
        }

        for (var slot = (uint)fingerprint; EntryAt(slot) is > 0 and var entry; slot++)
        {
            if (((entry ^ (uint)(fingerprint >> 32)) & ~(uint)PlaceMask) != 0) continue;
            var place = (int)(entry & PlaceMask) - 1;
            if (windows[place].IsOf(origin, epoch)) return place;
        }

        return -1;
    }

    /// <summary>Makes a window for an origin that has none.</summary>
    public int Open(NodeAddress origin, int epoch, ulong fingerprint)
    {
        var place = Count;
        windows.Add() = new OriginWindow(origin, epoch);
        if (index is not null && 4 * Count <= 3 * index.Length) Enter(fingerprint, place);
        else if (Count > FewAtMost) Index();
        return place;
    }

    private void Index()
    {
        index = new uint[index is null ? SlotsAtFirst : 2 * index.Length];
        slotMask = (uint)index.Length - 1;
        for (var place = 0; place < Count; place++)
        {
            ref var window = ref windows[place];
            Enter(GossipKey.OriginFingerprint(window.Origin, window.Epoch), place);
        }
    }

    private readonly void Enter(ulong fingerprint, int place)
    {
        var slot = (uint)fingerprint;
        while (EntryAt(slot) > 0) slot++;
        EntryAt(slot) = ((uint)(fingerprint >> 32) & ~(uint)PlaceMask) | (uint)(place + 1);
    }

    /// <summary>Any number is a slot: its lower bits count, so the one after the last is the first.</summary>
    private readonly ref uint EntryAt(uint slot) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(index!), slot & slotMask);
}
