using System.Numerics;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// All that comes to one block of nodes in one window, ordered by receiver and then as the receiver sees it. No event
/// of a window can cause another at another node in the same window, so the receivers need not take turns.
/// </summary>
internal sealed class WindowBatch(ChunkPool pool)
{
    /// <summary>Our choice: what comes to one receiver in greater numbers is merged, before all is inserted.</summary>
    private const int InsertionLimit = 24;

    private QueuedEvent[] ordered = new QueuedEvent[64];
    private QueuedEvent[] scratch = [];
    private EventList gathered;
    private int count;
    private int firstNode;

    // By place in the block: how many events came, then where its next one goes.
    private readonly int[] counts = new int[Blocks.LargestSize];
    private readonly ulong[] receivers = new ulong[(Blocks.LargestSize + 63) / 64];
    private int lastWord;

    // Where in the order those are whose number is beyond the limit.
    private readonly List<Range> crowds = [];

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

    /// <summary>All that was added, by receiver, and each receiver's in its order.</summary>
    /// <param name="more">So many follow that nobody handles: who looks ahead need not ask where the end is.</param>
    public ReadOnlySpan<QueuedEvent> InOrder(int more)
    {
        if (ordered.Length < count + more)
            ordered = new QueuedEvent[BitOperations.RoundUpToPowerOf2((uint)(count + more))];
        MakeRoom();
        foreach (var events in gathered.DrainTo(pool)) Distribute(events);
        gathered = default;
        Forget();
        var all = ordered.AsSpan(0, count);
        foreach (var crowd in crowds) MergeSort(all[crowd], Scratch(all[crowd].Length));
        InsertionSort(all);
        ordered.AsSpan(count, more).Fill(QueuedEvent.Nothing(firstNode));
        return ordered.AsSpan(0, count + more);
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

    /// <summary>Where the events of each receiver go: behind those of the receivers before it.</summary>
    private void MakeRoom()
    {
        crowds.Clear();
        var begin = 0;
        for (var word = 0; word <= lastWord; word++)
        {
            for (var bits = receivers[word]; bits != 0; bits &= bits - 1)
            {
                var place = (word << 6) + BitOperations.TrailingZeroCount(bits);
                var end = begin + counts[place];
                if (counts[place] > InsertionLimit) crowds.Add(begin..end);
                (counts[place], begin) = (begin, end);
            }
        }
    }

    private void Distribute(ReadOnlySpan<QueuedEvent> events)
    {
        var (next, places, first) = (counts, ordered, firstNode);
        foreach (ref readonly var waiting in events)
        {
            ref var place = ref places[next[waiting.Target - first]++];
            place = waiting;
        }
    }

    /// <summary>Who received something: the next batch begins without anybody.</summary>
    private void Forget()
    {
        for (var word = 0; word <= lastWord; word++)
        {
            if (receivers[word] == 0) continue;
            counts.AsSpan(word << 6, 64).Clear();
            receivers[word] = 0;
        }
    }

    /// <summary>
    /// Of receivers that are in order, with events that nearly are: how many each of them has makes no difference to
    /// the steps, so that a processor foresees them.
    /// </summary>
    private static void InsertionSort(Span<QueuedEvent> events)
    {
        var latest = 0UL;
        for (var index = 0; index < events.Length; index++)
        {
            var turn = events[index].Turn;
            // Few are of one moment: who sent them is asked only then.
            if (turn > latest) latest = turn;
            else Insert(events, index);
        }
    }

    /// <summary>Into those of its receiver before it, which are in order.</summary>
    private static void Insert(Span<QueuedEvent> events, int index)
    {
        var moved = events[index];
        var place = index;
        for (; place > 0 && moved.ComesBefore(events[place - 1]); place--) events[place] = events[place - 1];
        events[place] = moved;
    }

    /// <summary>Stable, as the insertion sort is: what is equal stays in the order of its sending.</summary>
    private static void MergeSort(Span<QueuedEvent> events, Span<QueuedEvent> scratch)
    {
        if (events.Length <= InsertionLimit)
        {
            InsertionSort(events);
            return;
        }

        var half = events.Length / 2;
        MergeSort(events[..half], scratch[..half]);
        MergeSort(events[half..], scratch[half..]);
        if (!events[half].ComesBefore(events[half - 1])) return;
        events.CopyTo(scratch);
        var (left, right) = (0, half);
        for (var place = 0; place < events.Length; place++)
        {
            var takesLeft = right == events.Length
                || (left < half && !scratch[right].ComesBefore(scratch[left]));
            events[place] = takesLeft ? scratch[left++] : scratch[right++];
        }
    }
}
