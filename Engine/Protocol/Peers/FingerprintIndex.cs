using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// Where in a list something with a fingerprint may be: open-addressed, an entry in four bytes. An entry holds a place
/// and, above it, bits of the fingerprint, so that a place is looked at only when it is the wanted one, as good as
/// always; whether it is, the list knows.
/// </summary>
internal readonly struct FingerprintIndex
{
    /// <summary>So many bits of an entry are a place + 1: as many as the limit of origins needs.</summary>
    internal const int PlaceBits = 17;

    private const uint PlaceMask = (1 << PlaceBits) - 1;

    /// <summary>0 is free.</summary>
    private readonly uint[]? entries;

    /// <summary>The length of the entries less one: asked here, they are touched in one line only.</summary>
    private readonly uint slotMask;

    /// <param name="slots">A power of two, and more than will ever be entered.</param>
    public FingerprintIndex(int slots)
    {
        entries = new uint[slots];
        slotMask = (uint)slots - 1;
    }

    /// <summary>Whether there is any; by default there is none.</summary>
    public bool IsMade => entries is not null;

    public int Slots => (int)slotMask + 1;

    /// <summary>
    /// The latest takes the slot where the search for it begins, and who was there moves on: what came latest is
    /// looked for most (last come, first served: Poblete and Munro, "Last-come-first-served hashing", 1989).
    /// </summary>
    public void Enter(ulong fingerprint, int place)
    {
        var entry = (TagOf(fingerprint) & ~PlaceMask) | (uint)(place + 1);
        for (var slot = FirstSlot(fingerprint); entry > 0; slot++)
        {
            ref var here = ref EntryAt(slot);
            (entry, here) = (here, entry);
        }
    }

    /// <summary>Where to begin with <see cref="TryNext"/>.</summary>
    public static uint FirstSlot(ulong fingerprint) => (uint)fingerprint;

    /// <summary>The next place where something with that fingerprint may be.</summary>
    /// <param name="slot">Where to look; goes on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(ulong fingerprint, ref uint slot, out int place)
    {
        while (EntryAt(slot++) is > 0 and var entry)
        {
            place = (int)(entry & PlaceMask) - 1;
            if (((entry ^ TagOf(fingerprint)) & ~PlaceMask) == 0) return true;
        }

        place = -1;
        return false;
    }

    /// <summary>Where a fingerprint is looked for comes into the cache.</summary>
    public void BringNear(ulong fingerprint) => Prefetch.Item(in entries, (int)(FirstSlot(fingerprint) & slotMask));

    private static uint TagOf(ulong fingerprint) => (uint)(fingerprint >> 32);

    /// <summary>Any number is a slot: its lower bits count, so the one after the last is the first.</summary>
    private ref uint EntryAt(uint slot) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(entries!), slot & slotMask);
}
