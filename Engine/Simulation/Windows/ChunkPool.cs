using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Simulation;

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
