using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Near, far or distant: everything comes out in its window, and in the order in which it went in.</summary>
[TestFixture]
internal sealed class EventRingTests
{
    /// <summary>A block, whose windows are cut into slices, and many.</summary>
    private static readonly int[] populations = [40, 400_000];

    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(150);

    // Spans within a window, a turn, the reach of the second ring, and beyond it.
    private static readonly Gen<long> anySpan =
        from magnitude in Gen.Choose(0, 36)
        from fraction in Gen.Choose(0, 1000)
        select (long)((1L << magnitude) * (fraction / 1000.0));

    private static readonly Arbitrary<(long Span, int Target, bool GoesOn)[]> anySteps = Gen.ArrayOf(
        from span in anySpan
        from target in Gen.Choose(0, populations[^1] - 1)
        from goesOn in Gen.Choose(0, 3)
        select (span, target, goesOn == 0), 120).ToArbitrary();

    [Test]
    public void What_went_in_comes_out_in_its_window_in_the_order_of_going_in(
        [Values(0, 1, 4, 9, 13, 20)] int shift, [ValueSource(nameof(populations))] int nodes) =>
        Prop.ForAll(anySteps, steps =>
        {
            var ring = new Ring(shift, nodes);
            foreach (var (span, target, goesOn) in steps)
            {
                ring.Add(ring.Now + span, target % nodes);
                if (goesOn) ring.GoOn();
            }

            while (ring.Waiting > 0) ring.GoOn();
            return ring.IsRight;
        }).Check(replayed);

    [Test]
    public void A_window_begun_goes_on_at_the_exact_moment_of_what_is_left()
    {
        var ring = new EventRing(new Blocks(10, 0, 1), 13, new ChunkPool());
        ring.Add(Event(5_000, 3), 5_000);
        ring.Add(Event(7_000, 4), 7_000);

        Assert.That(ring.NextTime(now: 0), Is.EqualTo(5_000));
        Assert.That(ring.Count(0, atMost: 100), Is.EqualTo(2));
        Assert.That(Times(ring.Take(0, 0)), Is.EqualTo(new[] { 5_000, 7_000 }));
        Assert.That(ring.NextTime(now: 0), Is.EqualTo(long.MaxValue));
        Assert.That(ring.Count(0, atMost: 100), Is.Zero);
        GC.KeepAlive(ring);
    }

    [Test]
    public void Where_blocks_are_few_the_beginning_of_a_window_comes_before_its_end()
    {
        var ring = new EventRing(new Blocks(10, 0, 1), 13, new ChunkPool());
        long[] times = [8_000, 3_000, 150, 5_000, 8_192 + 4_000, 8_192 + 10];
        foreach (var time in times) ring.Add(Event(time, 3), time);

        Assert.That(Times(ring.Take(0, 0)), Is.EqualTo(new[] { 150, 3_000, 5_000, 8_000 }));
        Assert.That(Times(ring.Take(1, 0)), Is.EqualTo(new[] { 8_192 + 10, 8_192 + 4_000 }));
        Assert.That(ring.Take(0, 0).IsEmpty, "it was taken");
        GC.KeepAlive(ring);
    }

    private static List<uint> Times(EventList list)
    {
        var times = new List<uint>();
        foreach (var events in list)
            foreach (var queued in events) times.Add(queued.Time);
        return times;
    }

    private static QueuedEvent Event(long time, int target, int number = 0) =>
        new(time, target, sender: 1, parcel: 0, connection: 0, hops: number);

    /// <summary>A ring beside a plain list of what is in it.</summary>
    private sealed class Ring(int shift, int nodes)
    {
        private readonly Blocks blocks = new(nodes, 0, 1);
        private readonly EventRing ring = new(new Blocks(nodes, 0, 1), shift, new ChunkPool());
        private readonly List<(long Time, int Target, int Number)> waiting = [];
        private int added;

        public long Now { get; private set; }

        public int Waiting => waiting.Count;

        public bool IsRight { get; private set; } = true;

        public void Add(long time, int target)
        {
            waiting.Add((time, target, ++added));
            ring.Add(Event(time, target, added), time);
        }

        /// <summary>To the next window in which something waits; all of it is taken.</summary>
        public void GoOn()
        {
            var next = ring.NextTime(Now);
            if (waiting.Count == 0)
            {
                IsRight &= next == long.MaxValue;
                return;
            }

            var window = waiting.Min(expected => expected.Time) >> shift;
            IsRight &= next >> shift == window;
            ring.MoveTo(window);
            var due = waiting.Where(expected => expected.Time >> shift == window).ToList();
            IsRight &= ring.Count(window, atMost: int.MaxValue) == due.Count;
            for (var block = 0; block < blocks.Count; block++) IsRight &= Comes(window, block, due);
            waiting.RemoveAll(due.Contains);
            Now = (window + 1) << shift;
            ring.MoveTo(window + 1);
        }

        private bool Comes(long window, int block, List<(long Time, int Target, int Number)> due)
        {
            var numbers = new List<int>();
            foreach (var events in ring.Take(window, block))
                foreach (var queued in events) numbers.Add(queued.Number);

            // Of one moment: what is near already and what comes from afar may mix otherwise, and are sorted later.
            var expected = due.Where(one => blocks.Of(one.Target) == block).ToList();
            return numbers.Count == expected.Count && expected.GroupBy(one => one.Time).All(moment =>
                numbers.Where(number => moment.Any(one => one.Number == number))
                    .SequenceEqual(moment.Select(one => one.Number)));
        }
    }
}
