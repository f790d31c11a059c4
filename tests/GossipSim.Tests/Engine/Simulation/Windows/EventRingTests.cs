using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Near, far or distant: everything comes out in its window, and in the order in which it went in.</summary>
[TestFixture]
internal sealed class EventRingTests
{
    private const int Nodes = 40_000;

    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(150);

    // Spans within a window, a turn, the reach of the second ring, and beyond it.
    private static readonly Gen<long> anySpan =
        from magnitude in Gen.Choose(0, 36)
        from fraction in Gen.Choose(0, 1000)
        select (long)((1L << magnitude) * (fraction / 1000.0));

    private static readonly Arbitrary<(long Span, int Target, bool GoesOn)[]> anySteps = Gen.ArrayOf(
        from span in anySpan
        from target in Gen.Choose(0, Nodes - 1)
        from goesOn in Gen.Choose(0, 3)
        select (span, target, goesOn == 0), 120).ToArbitrary();

    [Test]
    public void What_went_in_comes_out_in_its_window_in_the_order_of_going_in([Values(0, 4, 9, 13, 20)] int shift) =>
        Prop.ForAll(anySteps, steps =>
        {
            var ring = new Ring(shift);
            foreach (var (span, target, goesOn) in steps)
            {
                ring.Add(ring.Now + span, target);
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
        Assert.That(ring.TakeCount(0), Is.EqualTo(2));
        Assert.That(ring.NextTime(now: 0), Is.EqualTo(long.MaxValue));
    }

    private static QueuedEvent Event(long time, int target, int number = 0) =>
        new(time, target, sender: 1, parcel: 0, connection: 0, hops: number);

    /// <summary>A ring beside a plain list of what is in it.</summary>
    private sealed class Ring(int shift)
    {
        private readonly Blocks blocks = new(Nodes, 0, 1);
        private readonly EventRing ring = new(new Blocks(Nodes, 0, 1), shift, new ChunkPool());
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
            IsRight &= ring.TakeCount(window) == due.Count;
            for (var block = 0; block < blocks.Count; block++) IsRight &= Comes(window, block, due);
            waiting.RemoveAll(due.Contains);
            Now = (window + 1) << shift;
            ring.MoveTo(window + 1);
        }

        private bool Comes(long window, int block, List<(long Time, int Target, int Number)> due)
        {
            var numbers = new List<int>();
            if (ring.Take(window, block) is { } last)
            {
                for (var chunk = last.Next!; ; chunk = chunk.Next!)
                {
                    foreach (var queued in chunk.Content) numbers.Add(queued.Number);
                    if (chunk == last) break;
                }
            }

            // Of one moment: what is near already and what comes from afar may mix otherwise, and are sorted later.
            var expected = due.Where(one => blocks.Of(one.Target) == block).ToList();
            return numbers.Count == expected.Count && expected.GroupBy(one => one.Time).All(moment =>
                numbers.Where(number => moment.Any(one => one.Number == number))
                    .SequenceEqual(moment.Select(one => one.Number)));
        }
    }
}
