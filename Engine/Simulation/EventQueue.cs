namespace GossipSim.Engine.Simulation;

/// <summary>The future, soonest first: a 4-ary heap of values (a node and its children share cache lines).</summary>
internal sealed class EventQueue
{
    private const int Arity = 4;

    private SimulatedEvent[] heap = new SimulatedEvent[1024];

    public int Count { get; private set; }

    public long NextTime => heap[0].Time;

    public void Add(in SimulatedEvent added)
    {
        if (Count == heap.Length) Array.Resize(ref heap, 2 * Count);
        var place = Count++;
        while (place > 0)
        {
            var parent = (place - 1) / Arity;
            if (!added.IsBefore(heap[parent])) break;
            heap[place] = heap[parent];
            place = parent;
        }

        heap[place] = added;
    }

    public SimulatedEvent Take()
    {
        var first = heap[0];
        var last = heap[--Count];
        heap[Count] = default;
        if (Count > 0) SiftDown(last);
        return first;
    }

    private void SiftDown(in SimulatedEvent moved)
    {
        var place = 0;
        while (true)
        {
            var child = (place * Arity) + 1;
            if (child >= Count) break;
            var soonest = child;
            for (var other = child + 1; other < Math.Min(child + Arity, Count); other++)
                if (heap[other].IsBefore(heap[soonest])) soonest = other;
            if (!heap[soonest].IsBefore(moved)) break;
            heap[place] = heap[soonest];
            place = soonest;
        }

        heap[place] = moved;
    }
}
