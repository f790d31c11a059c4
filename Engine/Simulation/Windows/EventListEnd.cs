using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Simulation;

/// <summary>The end of a list, where events are added; by default of an empty one.</summary>
internal unsafe struct EventListEnd
{
    /// <summary>
    /// Where the next event goes. Where a chunk would begin there is none: the list is empty, or its last chunk full.
    /// </summary>
    private QueuedEvent* free;

    public readonly bool IsEmpty => free is null;

    /// <summary>All that was added so far; more may be added when nobody looks at it any more.</summary>
    public readonly EventList List
    {
        get
        {
            if (IsEmpty) return default;
            var last = (EventChunk*)(((nuint)free - 1) & ~(nuint)(EventChunk.Bytes - 1));
            last->Count = (int)(free - &last->First);
            return new EventList(last);
        }
    }

    /// <param name="pool">Where chunks come from.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in QueuedEvent added, ChunkPool pool)
    {
        if (!HasRoom) Prolong(pool);
        *free++ = added;
    }

    /// <summary>Adds it to the last chunk.</summary>
    /// <returns>Whether there is room.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(in QueuedEvent added)
    {
        if (!HasRoom) return false;
        *free++ = added;
        return true;
    }

    private readonly bool HasRoom => ((nuint)free & (EventChunk.Bytes - 1)) != 0;

    /// <summary>What was added; the list is empty again.</summary>
    public EventList Take()
    {
        var taken = List;
        free = null;
        return taken;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Prolong(ChunkPool pool)
    {
        var chunk = pool.Take();
        if (IsEmpty)
        {
            chunk->Next = chunk;
        }
        else
        {
            var last = (EventChunk*)free - 1;
            last->Count = EventChunk.Capacity;
            chunk->Next = last->Next;
            last->Next = chunk;
        }

        free = &chunk->First;
    }
}
