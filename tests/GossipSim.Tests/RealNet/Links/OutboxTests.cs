using System.Buffers;
using System.Text;
using GossipSim.RealNet.Links;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Links;

[TestFixture]
internal sealed class OutboxTests
{
    [Test]
    public void A_full_outbox_drops_the_oldest_gossip_and_keeps_control_messages()
    {
        var outbox = new Outbox(capacity: 4);
        var dropped = "g1 c1 g2 g3 g4 c2".Split(' ').Sum(text => outbox.Add(Frame(text), now: 0));

        Assert.That(TakeAll(outbox), Is.EqualTo("c1 g3 g4 c2 "));
        Assert.That(dropped, Is.EqualTo(2));
        Assert.That(outbox.IsEmpty);
    }

    [Test]
    public void Gossip_that_meets_nothing_but_control_messages_is_dropped_itself()
    {
        var outbox = new Outbox(capacity: 2);
        var dropped = "c1 c2 g1 c3".Split(' ').Sum(text => outbox.Add(Frame(text), now: 0));

        Assert.That(TakeAll(outbox), Is.EqualTo("c1 c2 c3 "));
        Assert.That(dropped, Is.EqualTo(1));
    }

    [Test]
    public void When_all_outboxes_together_hold_too_much_each_keeps_its_share()
    {
        var room = new OutboxRoom(limit: 100, share: 10);
        var asked = Enumerable.Range(0, 30).Select(_ => new Outbox(1000, 50, room)).ToArray();

        var dropped = asked.Sum(outbox => Enumerable.Range(0, 20).Sum(_ => outbox.Add(Frame("c1"), now: 0)));

        // Two are full before the limit is reached; then ten bytes each, and one frame over.
        Assert.That(room.Waiting, Is.LessThanOrEqualTo(100 + 50 + (28 * 10)));
        Assert.That(dropped, Is.GreaterThan(30 * 10));
        foreach (var outbox in asked) outbox.Clear();
        Assert.That(room.Waiting, Is.Zero);
        Assert.That(asked[^1].Add(Frame("c2"), now: 0), Is.Zero, "there is room again");
        TakeAll(asked[^1]);
        Assert.That(room.Waiting, Is.Zero);
    }

    [Test]
    public void Even_control_messages_have_a_limit()
    {
        var outbox = new Outbox(capacity: 10);

        var dropped = Enumerable.Range(0, 1000).Sum(number => outbox.Add(Frame($"c{number}"), now: 0));

        Assert.That(dropped, Is.EqualTo(960));
    }

    [Test]
    public void Long_messages_are_bounded_by_their_bytes()
    {
        var outbox = new Outbox(capacity: 1000, capacityBytes: 10);

        var dropped = "g1 g2 c1 g3 g4 c2 c3 c4 c5 c6".Split(' ').Sum(text => outbox.Add(Frame(text), now: 7));

        Assert.That(outbox.FullSince, Is.EqualTo(7));
        Assert.That(TakeAll(outbox).Split(' ')[..^1], Has.Length.EqualTo(10 - dropped).And.None.EqualTo("g1"));
        Assert.That(dropped, Is.GreaterThan(4));
        Assert.That(outbox.FullSince, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void It_is_full_from_the_first_that_found_no_room_until_half_of_it_left()
    {
        var outbox = new Outbox(capacity: 4);
        for (var number = 0; number < 6; number++) outbox.Add(Frame($"g{number}"), now: number);
        var since = outbox.FullSince;
        Assert.That(since, Is.EqualTo(4));

        TakeAll(outbox);

        Assert.That(outbox.FullSince, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void A_long_stall_keeps_no_more_than_twice_its_size()
    {
        var outbox = new Outbox(capacity: 8);
        var frames = new List<WeakReference>();

        Fill(outbox, frames);
        GC.Collect();

        Assert.That(frames.Count(frame => frame.IsAlive), Is.LessThanOrEqualTo(17));
        Assert.That(TakeAll(outbox).Split(' ', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(8));
    }

    [Test]
    public void Many_messages_leave_in_one_write_and_a_long_one_as_it_is()
    {
        var outbox = new Outbox(capacity: 10);
        foreach (var text in new[] { "a", "b", "c", new string('x', 100), "d" }) outbox.Add(Frame(text), now: 0);
        byte[]? buffer = null;

        var counts = new List<int>();
        while (!outbox.Take(ref buffer, writeBytes: 64, out var count).IsEmpty) counts.Add(count);

        Assert.That(counts, Is.EqualTo(new[] { 3, 1, 1 }));
        ArrayPool<byte>.Shared.Return(buffer!);
    }

    private static void Fill(Outbox outbox, List<WeakReference> frames)
    {
        for (var number = 0; number < 1000; number++)
        {
            var frame = Frame($"g{number}");
            frames.Add(new WeakReference(frame));
            outbox.Add(frame, now: number);
        }
    }

    private static Frame Frame(string text) => new(Encoding.ASCII.GetBytes(text + " "), text[0] == 'g');

    private static string TakeAll(Outbox outbox)
    {
        var text = new StringBuilder();
        byte[]? buffer = null;
        while (true)
        {
            var bytes = outbox.Take(ref buffer, writeBytes: 64, out _);
            if (bytes.IsEmpty) return text.ToString();
            text.Append(Encoding.ASCII.GetString(bytes.Span));
        }
    }
}
