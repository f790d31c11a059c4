using System.Diagnostics;
using System.Numerics;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// All that comes to one block of nodes in one window, ordered by receiver and then as the receiver sees it. No event
/// of a window can cause another at another node in the same window, so the receivers need not take turns.
/// </summary>
internal sealed class WindowBatch
{
    private const int InsertionLimit = 24;

    private QueuedEvent[] gathered = new QueuedEvent[64];
    private QueuedEvent[] ordered = new QueuedEvent[64];
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

    public void Add(ReadOnlySpan<QueuedEvent> events)
    {
        if (count + events.Length > gathered.Length)
            Array.Resize(ref gathered, (int)BitOperations.RoundUpToPowerOf2((uint)(count + events.Length)));
        var room = gathered.AsSpan(count, events.Length);
        for (var index = 0; index < room.Length; index++)
        {
            room[index] = events[index];
            var place = events[index].Target - firstNode;
            counts[place]++;
            receivers[place >> 6] |= 1UL << place;
            lastWord = Math.Max(lastWord, place >> 6);
        }

        count += events.Length;
    }

    /// <summary>Orders what was added.</summary>
    public void Order()
    {
        if (ordered.Length < gathered.Length) ordered = new QueuedEvent[gathered.Length];
        ListReceivers();
        foreach (ref readonly var waiting in gathered.AsSpan(0, count))
            ordered[counts[waiting.Target - firstNode]++] = waiting;
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
        if (events.Length == 1) return events;
        if (events.Length <= InsertionLimit) InsertionSort(events, from);
        else MergeSort(events, gathered.AsSpan(0, events.Length), from);
        return events;
    }

    /// <summary>What comes to a receiver whose turn is not yet, in no order.</summary>
    /// <param name="turn">Its place among the Receivers, two or more after the last that was asked for.</param>
    public ReadOnlySpan<QueuedEvent> Waiting(int turn)
    {
        var begin = counts[receiversInOrder[turn - 1]];
        Debug.Assert(begin > 0, "the receiver before was asked for already");
        return ordered.AsSpan(begin, counts[receiversInOrder[turn]] - begin);
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

    private static void InsertionSort(Span<QueuedEvent> events, uint from)
    {
        for (var index = 1; index < events.Length; index++)
        {
            var moved = events[index];
            var order = moved.Order(from);
            var place = index;
            while (place > 0 && events[place - 1].Order(from) > order)
            {
                events[place] = events[place - 1];
                place--;
            }

            events[place] = moved;
        }
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
