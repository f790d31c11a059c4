using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>Waiting events to which no more are added, chunk by chunk.</summary>
/// <param name="last">Of its chunks, which are linked in a ring; null when there are none.</param>
internal readonly unsafe struct EventList(EventChunk* last)
{
    /// <summary>Our choice: the processor goes on by itself from there.</summary>
    private const int LinesAhead = 4;

    private readonly EventChunk* last = last;

    public bool IsEmpty => last is null;

    /// <summary>One list of two; they are no lists of their own any more.</summary>
    public EventList Join(EventList second)
    {
        if (second.IsEmpty) return this;
        if (IsEmpty) return second;
        var first = last->Next;
        last->Next = second.last->Next;
        second.last->Next = first;
        return second;
    }

    /// <summary>The events of one chunk after the other.</summary>
    public Enumerator GetEnumerator() => new(last, pool: null);

    /// <summary>The same, for the last time: each chunk goes to a pool when its events were looked at.</summary>
    public Drain DrainTo(ChunkPool pool) => new(last, pool);

    /// <inheritdoc cref="DrainTo"/>
    public readonly struct Drain(EventChunk* last, ChunkPool pool)
    {
        private readonly EventChunk* last = last;

        public Enumerator GetEnumerator() => new(last, pool);
    }

    public struct Enumerator(EventChunk* last, ChunkPool? pool)
    {
        private readonly EventChunk* last = last;
        private EventChunk* current;
        private EventChunk* next = last is null ? null : last->Next;

        public readonly ReadOnlySpan<QueuedEvent> Current => current->Content;

        public bool MoveNext()
        {
            if (pool is not null && current is not null) pool.Return(current);
            if (next is null) return false;
            current = next;
            next = current == last ? null : current->Next;
            // The next chunk lies elsewhere, and far: its events waited long.
            if (next is not null) Prefetch.Lines(next, LinesAhead);
            return true;
        }
    }
}
