using System.Runtime.CompilerServices;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Waiting events in memory of their own: none is lost, doubled or moved, whatever chunks they fill.</summary>
[TestFixture]
internal sealed class EventListTests
{
    private static readonly int[] sizes =
        [0, 1, EventChunk.Capacity - 1, EventChunk.Capacity, EventChunk.Capacity + 1, (3 * EventChunk.Capacity) + 5];

    [Test]
    public void Events_fill_a_chunk_to_its_last_byte() => Assert.Multiple(() =>
    {
        Assert.That(Unsafe.SizeOf<QueuedEvent>(), Is.EqualTo(QueuedEvent.Bytes));
        Assert.That(Unsafe.SizeOf<EventChunk>(), Is.EqualTo(EventChunk.Bytes));
        Assert.That(EventChunk.Bytes - (EventChunk.Capacity * QueuedEvent.Bytes), Is.InRange(12, 23), "the header");
    });

    [Test]
    public void What_was_added_comes_out_in_order([ValueSource(nameof(sizes))] int size)
    {
        var pool = new ChunkPool();
        EventListEnd end = default;
        Add(ref end, pool, 0, size);

        Assert.That(end.IsEmpty, Is.EqualTo(size == 0));
        Assert.That(Numbers(end.Take()), Is.EqualTo(Enumerable.Range(0, size)));
        Assert.That(end.IsEmpty, "it was taken");
        Assert.That(end.Take().IsEmpty);
        GC.KeepAlive(pool);
    }

    [Test]
    public void A_list_can_be_looked_at_while_it_grows([ValueSource(nameof(sizes))] int size)
    {
        var pool = new ChunkPool();
        EventListEnd end = default;
        for (var number = 0; number < size; number++)
        {
            Add(ref end, pool, number, number + 1);
            if (Numbers(end.List).Count != number + 1) Assert.Fail($"after {number + 1}");
        }

        Assert.That(Numbers(end.Take()), Is.EqualTo(Enumerable.Range(0, size)));
        GC.KeepAlive(pool);
    }

    [Test]
    public void Of_two_lists_joined_the_second_follows_the_first(
        [ValueSource(nameof(sizes))] int first, [ValueSource(nameof(sizes))] int second)
    {
        var (one, other) = (new ChunkPool(), new ChunkPool());
        EventListEnd begin = default, rest = default;
        Add(ref begin, one, 0, first);
        Add(ref rest, other, first, first + second);

        var joined = begin.Take().Join(rest.Take());

        Assert.That(joined.IsEmpty, Is.EqualTo(first + second == 0));
        Assert.That(Numbers(joined), Is.EqualTo(Enumerable.Range(0, first + second)));
        GC.KeepAlive(one);
        GC.KeepAlive(other);
    }

    [Test]
    public void What_is_drained_comes_once_and_leaves_its_chunks_to_others()
    {
        var pool = new ChunkPool();
        EventListEnd end = default;
        // More than one slab of memory has.
        const int size = 200 * EventChunk.Capacity;
        Add(ref end, pool, 0, size);

        EventListEnd copy = default;
        var came = new List<int>();
        foreach (var events in end.Take().DrainTo(pool))
        {
            foreach (var queued in events)
            {
                came.Add(queued.Number);
                // While chunks come back they are given out again.
                copy.Add(queued, pool);
            }
        }

        Assert.That(came, Is.EqualTo(Enumerable.Range(0, size)));
        Assert.That(Numbers(copy.Take()), Is.EqualTo(came));
        GC.KeepAlive(pool);
    }

    [Test]
    public void What_waited_once_leaves_its_memory_to_what_waits_next()
    {
        var pool = new ChunkPool();
        EventListEnd end = default;
        const int size = 10 * EventChunk.Capacity;
        for (var round = 0; round < 100; round++)
        {
            Add(ref end, pool, 0, size);
            foreach (var events in end.Take().DrainTo(pool)) Assert.That(events.Length, Is.Positive);
        }

        Assert.That(pool.Bytes, Is.InRange(10 * EventChunk.Bytes, 100 * EventChunk.Bytes));
    }

    private static void Add(ref EventListEnd end, ChunkPool pool, int from, int to)
    {
        for (var number = from; number < to; number++)
            end.Add(new QueuedEvent(number, target: 7, sender: 1, parcel: 0, connection: 0, hops: number), pool);
    }

    private static List<int> Numbers(EventList list)
    {
        var numbers = new List<int>();
        foreach (var events in list)
            foreach (var queued in events) numbers.Add(queued.Number);
        return numbers;
    }
}
