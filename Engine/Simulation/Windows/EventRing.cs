using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    private readonly EventListEnd[] near;
    private readonly EventListEnd[] far = new EventListEnd[Turns];
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
        near = new EventListEnd[WindowsInReach * slices * blocks.Count];
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
        near[(((int)slice & sliceMask) * blocks.Count) + blocks.Of(added.Target)].Add(added, pool);
        return true;
    }

    /// <summary>
    /// Adds a message over each of several links, as far as that is easy: it comes in this turn or the next, and its
    /// list has room. All else has to be called, and around a call a processor's registers are put aside.
    /// </summary>
    /// <param name="place">Of the first of them that it goes over.</param>
    /// <param name="except">Of one that it does not go over.</param>
    /// <returns>The place of the first link over which it is not that easy; that behind the last when it is.</returns>
    public int AddWhileEasy(
        in QueuedEvent message, ReadOnlySpan<StandingLink> links, int place, int except, long departure)
    {
        // Asked once for all of them: what is written might be anything, for all that a compiler knows.
        var (ends, shift, mask, end, dealt) = (near, sliceShift, sliceMask, endOfReach, blocks);
        var (template, count) = (message, dealt.Count);
        for (; place < links.Length; place++)
        {
            if (place == except) continue;
            ref readonly var link = ref links[place];
            var arrival = departure + link.Length;
            var slice = arrival >> shift;
            if (slice >= end) return place;
            ref var list = ref ends[(((int)slice & mask) * count) + dealt.Of(link.Other)];
            if (!list.TryAdd(template.Over(link, arrival))) return place;
        }

        return place;
    }

    public void Add(in QueuedEvent added, long time)
    {
        if (TryAddNear(added, time)) return;
        if (TurnOf(time) < turn + Turns) far[TurnOf(time) & (Turns - 1)].Add(added, pool);
        else distant.Enqueue(new Distant(added, time), (time, distantOrder++));
    }

    /// <summary>How many events wait for a window within reach, counted no further than a number.</summary>
    public int Count(long window, int atMost)
    {
        var count = 0;
        foreach (ref readonly var end in ListsOf(window))
        {
            foreach (var events in end.List)
                if ((count += events.Length) >= atMost) return count;
        }

        return count;
    }

    /// <summary>
    /// Takes the list of one window and block. One slice of it comes after the other; within them, and between events
    /// of one moment, all are in the order in which they were added.
    /// </summary>
    public EventList Take(long window, int block)
    {
        EventList taken = default;
        var ends = ListsOf(window);
        for (var place = block; place < ends.Length; place += blocks.Count) taken = taken.Join(ends[place].Take());
        return taken;
    }

    /// <summary>
    /// When something happens next: exactly in the window of the present, in others at their beginning. The largest
    /// number when nothing will.
    /// </summary>
    public long NextTime(long now)
    {
        if (HasAny(current)) return SoonestOfPresent(now);
        for (var window = current + 1; window < EndOfReach; window++)
            if (HasAny(window)) return window << shift;
        for (var later = turn + 2; later < turn + Turns; later++)
        {
            ref readonly var list = ref far[later & (Turns - 1)];
            if (!list.IsEmpty) return SoonestOf(list.List, StartOf(later)) >> shift << shift;
        }

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
        endOfReach = SliceOf(EndOfReach);
        while (distant.TryPeek(out var waiting, out var key) && TurnOf(key.Time) < turn + Turns)
        {
            distant.Dequeue();
            far[TurnOf(key.Time) & (Turns - 1)].Add(waiting.Event, pool);
        }

        Open(turn);
        Open(turn + 1);
        return true;
    }

    /// <summary>The first window that is out of reach.</summary>
    private long EndOfReach => (turn + 2) << turnShift;

    private long TurnOf(long time) => time >> shift >> turnShift;

    private long StartOf(long someTurn) => someTurn << turnShift << shift;

    /// <summary>The first of a window, counted from the beginning of time.</summary>
    private long SliceOf(long window) => window << (shift - sliceShift);

    /// <summary>The lists of a window: of one slice after the other, by block.</summary>
    private Span<EventListEnd> ListsOf(long window) =>
        near.AsSpan(((int)SliceOf(window) & sliceMask) * blocks.Count, slices * blocks.Count);

    private bool HasAny(long window) =>
        MemoryMarshal.Cast<EventListEnd, nint>(ListsOf(window)).ContainsAnyExcept(0);

    private void Open(long opened)
    {
        var start = StartOf(opened);
        foreach (var events in far[opened & (Turns - 1)].Take().DrainTo(pool))
        {
            foreach (ref readonly var waiting in events)
                Add(waiting, start + (waiting.Time - (uint)start));
        }
    }

    private long SoonestOfPresent(long now)
    {
        var soonest = long.MaxValue;
        foreach (ref readonly var list in ListsOf(current))
            if (!list.IsEmpty) soonest = Math.Min(soonest, SoonestOf(list.List, now));
        return soonest;
    }

    private static long SoonestOf(EventList list, long start)
    {
        var soonest = uint.MaxValue;
        foreach (var events in list)
            foreach (ref readonly var waiting in events) soonest = Math.Min(soonest, waiting.Time - (uint)start);
        return start + soonest;
    }
}
