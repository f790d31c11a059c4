using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// Where in a list something with a fingerprint may be: open-addressed, an entry in two or four bytes. An entry holds a
/// place, in as many bits as that may need, and above it bits of the fingerprint, so that few places are looked at in
/// vain; whether one is the wanted, the list knows.
/// </summary>
/// <typeparam name="TEntry">
/// The shorter, the less memory is touched; what a place leaves of it tells fingerprints apart.
/// </typeparam>
internal readonly struct FingerprintIndex<TEntry>
    where TEntry : unmanaged, IBinaryInteger<TEntry>, IUnsignedNumber<TEntry>
{
    /// <summary>0 is free.</summary>
    private readonly TEntry[]? entries;

    /// <summary>
    /// The length of the entries less one: asked here, they are touched in one line only. So many bits of an entry are
    /// a place + 1.
    /// </summary>
    private readonly uint mask;

    /// <param name="slots">A power of two, and more than will ever be entered.</param>
    public FingerprintIndex(int slots)
    {
        entries = new TEntry[slots];
        mask = (uint)slots - 1;
    }

    /// <summary>Whether there is any; by default there is none.</summary>
    public bool IsMade => entries is not null;

    public int Slots => (int)mask + 1;

    /// <summary>
    /// The latest takes the slot where the search for it begins, and who was there moves on: what came latest is
    /// looked for most (last come, first served: Poblete and Munro, "Last-come-first-served hashing", 1989).
    /// </summary>
    public void Enter(ulong fingerprint, int place)
    {
        if (entries is not { } all) throw new InvalidOperationException("an index without slots");
        var entry = TEntry.CreateTruncating((TagOf(fingerprint) & ~mask) | (uint)(place + 1));
        for (var slot = FirstSlot(fingerprint); entry != TEntry.Zero; slot++)
        {
            ref var here = ref EntryAt(slot, all);
            (entry, here) = (here, entry);
        }
    }

    /// <summary>Where to begin with <see cref="TryNext"/>.</summary>
    public uint FirstSlot(ulong fingerprint) => (uint)fingerprint & mask;

    /// <summary>The next place where something with that fingerprint may be.</summary>
    /// <param name="slot">Where to look; goes on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(ulong fingerprint, ref uint slot, out int place)
    {
        place = -1;
        if (entries is not { } all) return false;
        while (uint.CreateTruncating(EntryAt(slot++, all)) is > 0 and var entry)
        {
            place = (int)(entry & mask) - 1;
            if (TEntry.CreateTruncating((entry ^ TagOf(fingerprint)) & ~mask) == TEntry.Zero) return true;
        }

        return false;
    }

    /// <summary>Where a fingerprint is looked for comes into the cache.</summary>
    public void BringNear(ulong fingerprint) => Prefetch.Item(in entries, (int)FirstSlot(fingerprint));

    private static uint TagOf(ulong fingerprint) => (uint)(fingerprint >> 32);

    /// <summary>Any number is a slot: its lower bits count, so the one after the last is the first.</summary>
    /// <param name="all">Known not to be null: to find that out here, the beginning of the array would be touched.
    /// </param>
    private ref TEntry EntryAt(uint slot, TEntry[] all) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(all), slot & mask);
}
