using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Simulation;

/// <summary>A few waiting events in the order in which they were added.</summary>
internal sealed class EventChunk
{
    /// <summary>Our choice: about a kilobyte. Long enough to walk fast, short enough to be half empty.</summary>
    public const int Capacity = 40;

    private Events events;

    [InlineArray(Capacity)]
    private struct Events
    {
        private QueuedEvent first;
    }

    public int Count { get; private set; }

    /// <summary>In a list the next; in a list's last the first.</summary>
    public EventChunk? Next { get; set; }

    public ReadOnlySpan<QueuedEvent> Content => events[..Count];

    public bool IsFull => Count == Capacity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in QueuedEvent added) => events[Count++] = added;

    public void Clear() => Count = 0;
}

/// <summary>Chunks that one worker can use: no allocation once there are enough.</summary>
internal sealed class ChunkPool
{
    private EventChunk? free;

    public EventChunk Take()
    {
        if (free is not { } chunk) return new EventChunk();
        free = chunk.Next;
        chunk.Clear();
        return chunk;
    }

    public void Return(EventChunk chunk)
    {
        chunk.Next = free;
        free = chunk;
    }

    /// <summary>Adds to the end of a list that is known by its last chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ref EventChunk? last, in QueuedEvent added)
    {
        if (last is not { IsFull: false } end) last = end = Prolong(last);
        end.Add(added);
    }

    private EventChunk Prolong(EventChunk? last)
    {
        var chunk = Take();
        chunk.Next = last?.Next ?? chunk;
        if (last is not null) last.Next = chunk;
        return chunk;
    }
}
