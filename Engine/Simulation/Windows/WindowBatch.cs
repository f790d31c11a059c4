using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// All that comes to one block of nodes in one window, ordered by receiver and then as the receiver sees it. No event
/// of a window can cause another at another node in the same window, so the receivers need not take turns.
/// </summary>
internal sealed class WindowBatch(ChunkPool pool)
{
    private const int InsertionLimit = 24;

    private QueuedEvent[] ordered = new QueuedEvent[64];
    private QueuedEvent[] scratch = [];
    private EventList gathered;
    private int count;
    private int firstNode;

    // By place in the block: how many events came, then where its next one goes.
    private readonly int[] counts = new int[Blocks.LargestSize];
    private readonly ulong[] receivers = new ulong[(Blocks.LargestSize + 63) / 64];
    private readonly List<int> receiversInOrder = [];
    private int lastWord;

    /// <summary>Those of the block to whom something comes, by place in the block.</summary>
    public ReadOnlySpan<int> Receivers => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(receiversInOrder);

    public int Count => count;

    /// <param name="firstNodeOfBlock">Of the block whose events are added from now on.</param>
    public void Clear(int firstNodeOfBlock)
    {
        firstNode = firstNodeOfBlock;
        count = 0;
        lastWord = -1;
    }

    /// <param name="list">Is the batch's from now on.</param>
    public void Add(EventList list)
    {
        foreach (var events in list) Note(events);
        gathered = gathered.Join(list);
    }

    /// <summary>Orders what was added.</summary>
    public void Order()
    {
        if (ordered.Length < count) ordered = new QueuedEvent[BitOperations.RoundUpToPowerOf2((uint)count)];
        ListReceivers();
        foreach (var events in gathered.DrainTo(pool))
        {
            foreach (ref readonly var waiting in events)
            {
                ref var place = ref ordered[counts[waiting.Target - firstNode]++];
                place = waiting;
            }
        }

        gathered = default;
    }

    /// <summary>
    /// What comes to the next receiver, in its order. To be asked for each of the Receivers, one after the other.
    /// </summary>
    /// <param name="begin">Where the events of the one before ended; 0 for the first.</param>
    /// <param name="from">The moment from which on times are counted.</param>
    public Span<QueuedEvent> Of(int receiver, ref int begin, uint from)
    {
        var end = counts[receiver];
        counts[receiver] = 0;
        var events = ordered.AsSpan(begin, end - begin);
        begin = end;
        if (events.Length > 1) Sort(events, from);
        return events;
    }

    /// <summary>What comes to a receiver whose turn is not yet, in no order.</summary>
    /// <param name="turn">Its place among the Receivers, two or more after the last that was asked for.</param>
    public ReadOnlySpan<QueuedEvent> Waiting(int turn)
    {
        var pair = Receivers.Slice(turn - 1, 2);
        var begin = counts[pair[0]];
        Debug.Assert(begin > 0, "the receiver before was asked for already");
        return ordered.AsSpan(begin, counts[pair[1]] - begin);
    }

    private void Note(ReadOnlySpan<QueuedEvent> events)
    {
        var (byPlace, words, highest) = (counts, receivers, lastWord);
        foreach (ref readonly var waiting in events)
        {
            var place = waiting.Target - firstNode;
            byPlace[place]++;
            words[place >> 6] |= 1UL << place;
            highest = Math.Max(highest, place >> 6);
        }

        lastWord = highest;
        count += events.Length;
    }

    private Span<QueuedEvent> Scratch(int length)
    {
        if (scratch.Length < length) scratch = new QueuedEvent[BitOperations.RoundUpToPowerOf2((uint)length)];
        return scratch.AsSpan(0, length);
    }

    private void ListReceivers()
    {
        receiversInOrder.Clear();
        var sum = 0;
        for (var word = 0; word <= lastWord; word++)
        {
            for (var bits = receivers[word]; bits != 0; bits &= bits - 1)
            {
                var place = (word << 6) + BitOperations.TrailingZeroCount(bits);
                receiversInOrder.Add(place);
                (counts[place], sum) = (sum, sum + counts[place]);
            }

            receivers[word] = 0;
        }
    }

    // Apart, so that the loop over the receivers keeps its registers: most of them get one event at a time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Sort(Span<QueuedEvent> events, uint from)
    {
        if (events.Length <= InsertionLimit) InsertionSort(events, from);
        else MergeSort(events, Scratch(events.Length), from);
    }

    private static void InsertionSort(Span<QueuedEvent> events, uint from)
    {
        var latest = events[0].Order(from);
        for (var index = 1; index < events.Length; index++)
        {
            var order = events[index].Order(from);
            if (order >= latest) latest = order;
            else Insert(events, index, order, from);
        }
    }

    /// <summary>Into those before it, which are in order; at least one of them comes after it.</summary>
    private static void Insert(Span<QueuedEvent> events, int index, ulong order, uint from)
    {
        var moved = events[index];
        var place = index;
        do
        {
            events[place] = events[place - 1];
            place--;
        }
        while (place > 0 && events[place - 1].Order(from) > order);
        events[place] = moved;
    }

    /// <summary>Stable, as the insertion sort is: what is equal stays in the order of its sending.</summary>
    private static void MergeSort(Span<QueuedEvent> events, Span<QueuedEvent> scratch, uint from)
    {
        if (events.Length <= InsertionLimit)
        {
            InsertionSort(events, from);
            return;
        }

        var half = events.Length / 2;
        MergeSort(events[..half], scratch[..half], from);
        MergeSort(events[half..], scratch[half..], from);
        if (events[half - 1].Order(from) <= events[half].Order(from)) return;
        events.CopyTo(scratch);
        var (left, right) = (0, half);
        for (var place = 0; place < events.Length; place++)
        {
            var takesLeft = right == events.Length
                || (left < half && scratch[left].Order(from) <= scratch[right].Order(from));
            events[place] = takesLeft ? scratch[left++] : scratch[right++];
        }
    }
}
