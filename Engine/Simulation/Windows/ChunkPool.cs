using System.Runtime.InteropServices;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// Chunks that one worker can use: no allocation once there are enough. Their memory is none of the garbage
/// collector's affair, who would copy it twice and find nothing in it. It is freed when nobody knows the pool any more:
/// chunks may go over to other pools, so all pools of a network live as long as it does.
/// </summary>
internal sealed unsafe class ChunkPool
{
    private const int SlabBytes = 64 * EventChunk.Bytes;

    private readonly List<nint> slabs = [];
    private EventChunk* returned;
    private EventChunk* unused;
    private EventChunk* endOfUnused;

    ~ChunkPool()
    {
        foreach (var slab in slabs) NativeMemory.AlignedFree((void*)slab);
        if (Bytes > 0) GC.RemoveMemoryPressure(Bytes);
    }

    /// <summary>How much memory it ever took.</summary>
    public long Bytes => (long)slabs.Count * SlabBytes;

    public EventChunk* Take()
    {
        if (returned is not null and var chunk)
        {
            returned = chunk->Next;
            return chunk;
        }

        if (unused == endOfUnused) Grow();
        return unused++;
    }

    public void Return(EventChunk* chunk)
    {
        chunk->Next = returned;
        returned = chunk;
    }

    private void Grow()
    {
        unused = (EventChunk*)NativeMemory.AlignedAlloc(SlabBytes, EventChunk.Bytes);
        endOfUnused = unused + (SlabBytes / EventChunk.Bytes);
        slabs.Add((nint)unused);
        GC.AddMemoryPressure(SlabBytes);
    }
}
