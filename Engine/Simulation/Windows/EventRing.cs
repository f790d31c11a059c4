using System.Numerics;
using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// What one worker sent into the future. What comes in this turn or the next lies in a ring of windows by block of
/// receivers; later turns are a bucket each in a second ring, and what is later still lies in a heap (hierarchical
/// timing wheels: Varghese and Lauck, SOSP 1987). An event moves at most twice, and what one sender sends to arrive at
/// one moment stays in the order of its sending all the way.
/// </summary>
internal sealed class EventRing
{
    /// <summary>Turns within reach of the second ring.</summary>
    private const int Turns = 256;

    /// <summary>Our choice: most messages arrive in the turn in which they are sent, or in the next.</summary>
    private const long TurnMicroseconds = 130_000;

    /// <summary>
    /// Our choice: where blocks are few, each window is cut into so many slices of time as fit beside each other in
    /// cache. What is taken slice by slice is nearly in order already.
    /// </summary>
    private const int ListsOfWindow = 8;

    private const int FewestWindows = 8;
    private const int MostWindows = 256;

    private readonly Blocks blocks;
    private readonly ChunkPool pool;
    private readonly int shift;
    private readonly int slices;
    private readonly int sliceShift;
    private readonly int turnShift;
    private readonly int sliceMask;
    private readonly EventChunk?[] near;
    private readonly int[] nearCounts;
    private readonly EventChunk?[] far = new EventChunk?[Turns];
    private readonly PriorityQueue<Distant, (long Time, long Order)> distant = new();
    private long distantOrder;
    private long current;
    private long turn;

    // The first slice that is out of reach.
    private long endOfReach;

    /// <param name="shift">The width of a window is 2 to this power, in microseconds.</param>
    public EventRing(Blocks blocks, int shift, ChunkPool pool)
    {
        this.blocks = blocks;
        this.shift = shift;
        this.pool = pool;
        var windows = Math.Clamp(TurnMicroseconds >> shift, FewestWindows, MostWindows);
        turnShift = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((ulong)windows));
        sliceShift = shift - Math.Min(shift, BitOperations.Log2((uint)Math.Max(1, ListsOfWindow / blocks.Count)));
        slices = 1 << (shift - sliceShift);
        sliceMask = (WindowsInReach * slices) - 1;
        near = new EventChunk?[WindowsInReach * slices * blocks.Count];
        nearCounts = new int[WindowsInReach * slices];
        endOfReach = SliceOf(WindowsInReach);
    }

    private readonly record struct Distant(QueuedEvent Event, long Time);

    /// <summary>The windows of two turns: whoever waits in the ring of windows waits less than that.</summary>
    public int WindowsInReach => 2 << turnShift;

    /// <summary>Adds what comes in this turn or the next.</summary>
    /// <returns>Whether it does.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAddNear(in QueuedEvent added, long time)
    {
        var slice = time >> sliceShift;
        if (slice >= endOfReach) return false;
        var slot = (int)slice & sliceMask;
        nearCounts[slot]++;
        pool.Append(ref near[(slot * blocks.Count) + blocks.Of(added.Target)], added);
        return true;
    }

    public void Add(in QueuedEvent added, long time)
    {
        if (TryAddNear(added, time)) return;
        if (TurnOf(time) < turn + Turns) pool.Append(ref far[TurnOf(time) & (Turns - 1)], added);
        else distant.Enqueue(new Distant(added, time), (time, distantOrder++));
    }

    /// <summary>How many events wait for a window within reach; what is put back there counts anew.</summary>
    public int TakeCount(long window)
    {
        var taken = 0;
        foreach (ref var count in nearCounts.AsSpan(FirstSlotOf(window), slices)) (taken, count) = (taken + count, 0);
        return taken;
    }

    /// <summary>
    /// Takes the list of one window and block, as its last chunk; null when there is none. One slice of it comes after
    /// the other; within them, and between events of one moment, all are in the order in which they were added.
    /// </summary>
    public EventChunk? Take(long window, int block)
    {
        EventChunk? last = null;
        var end = (FirstSlotOf(window) + slices) * blocks.Count;
        for (var place = (FirstSlotOf(window) * blocks.Count) + block; place < end; place += blocks.Count)
        {
            if (near[place] is not { } list) continue;
            last = EventChunk.Join(last, list);
            near[place] = null;
        }

        return last;
    }

    /// <summary>
    /// When something happens next: exactly in the window of the present, in others at their beginning. The largest
    /// number when nothing will.
    /// </summary>
    public long NextTime(long now)
    {
        if (nearCounts.AsSpan(FirstSlotOf(current), slices).ContainsAnyExcept(0)) return SoonestOfPresent(now);
        for (var slice = SliceOf(current + 1); slice < endOfReach; slice++)
            if (nearCounts[(int)slice & sliceMask] > 0) return slice << sliceShift >> shift << shift;
        for (var later = turn + 2; later < turn + Turns; later++)
            if (far[later & (Turns - 1)] is { } last) return SoonestOf(last, StartOf(later)) >> shift << shift;
        return distant.TryPeek(out _, out var first) ? first.Time >> shift << shift : long.MaxValue;
    }

    /// <summary>Time goes on to a window; what it leaves behind was taken.</summary>
    /// <returns>Whether a turn began.</returns>
    public bool MoveTo(long window)
    {
        current = window;
        var next = window >> turnShift;
        if (next == turn) return false;
        turn = next;
        endOfReach = SliceOf((turn + 2) << turnShift);
        while (distant.TryPeek(out var waiting, out var key) && TurnOf(key.Time) < turn + Turns)
        {
            distant.Dequeue();
            pool.Append(ref far[TurnOf(key.Time) & (Turns - 1)], waiting.Event);
        }

        Open(turn);
        Open(turn + 1);
        return true;
    }

    private long TurnOf(long time) => time >> shift >> turnShift;

    private long StartOf(long someTurn) => someTurn << turnShift << shift;

    /// <summary>The first of a window, counted from the beginning of time.</summary>
    private long SliceOf(long window) => window << (shift - sliceShift);

    /// <summary>Where in the ring a window's slices begin.</summary>
    private int FirstSlotOf(long window) => (int)SliceOf(window) & sliceMask;

    private void Open(long opened)
    {
        ref var list = ref far[opened & (Turns - 1)];
        if (list is not { } last) return;
        list = null;
        var start = StartOf(opened);
        var chunk = last.Next!;
        while (true)
        {
            foreach (ref readonly var waiting in chunk.Content)
                Add(waiting, start + (waiting.Time - (uint)start));
            var next = chunk.Next!;
            pool.Return(chunk);
            if (chunk == last) return;
            chunk = next;
        }
    }

    private long SoonestOfPresent(long now)
    {
        var soonest = long.MaxValue;
        foreach (var list in near.AsSpan(FirstSlotOf(current) * blocks.Count, slices * blocks.Count))
            if (list is not null) soonest = Math.Min(soonest, SoonestOf(list, now));
        return soonest;
    }

    private static long SoonestOf(EventChunk last, long start)
    {
        var soonest = uint.MaxValue;
        for (var chunk = last.Next!; ; chunk = chunk.Next!)
        {
            foreach (ref readonly var waiting in chunk.Content)
                soonest = Math.Min(soonest, waiting.Time - (uint)start);
            if (chunk == last) return start + soonest;
        }
    }
}
