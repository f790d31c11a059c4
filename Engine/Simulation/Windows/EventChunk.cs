using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// A few waiting events in the order in which they were added. It lies at a multiple of its size in memory of its own
/// (<see cref="ChunkPool"/>), so the place where the next event goes tells which chunk that is, and adding an event
/// touches nothing but that place.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal unsafe struct EventChunk
{
    /// <summary>Our choice: long enough to walk fast, short enough to be half empty. A power of two.</summary>
    public const int Bytes = 1024;

    public const int Capacity = (Bytes - HeaderBytes) / QueuedEvent.Bytes;

    private const int HeaderBytes = Bytes % QueuedEvent.Bytes;

    /// <summary>In a list the next; in a list's last the first.</summary>
    [FieldOffset(0)]
    public EventChunk* Next;

    /// <summary>Known of those that nothing more is added to.</summary>
    [FieldOffset(8)]
    public int Count;

    [FieldOffset(HeaderBytes)]
    public QueuedEvent First;

    [UnscopedRef]
    public readonly ReadOnlySpan<QueuedEvent> Content => MemoryMarshal.CreateReadOnlySpan(in First, Count);
}
