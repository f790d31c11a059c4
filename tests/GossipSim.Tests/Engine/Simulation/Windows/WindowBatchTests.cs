using FsCheck;
using FsCheck.Fluent;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// All that comes to a block in a window, by receiver, time and sender; equals as they were added; and, behind them, as
/// many as were asked for that are nobody's affair.
/// </summary>
[TestFixture]
internal sealed class WindowBatchTests
{
    private const int FirstNode = 16_384;
    // Near where the lower half of the time begins anew: no window goes on beyond that.
    private const long From = (1L << 32) - 1_000;
    private const int More = 5;

    private static readonly Config replayed = Config.QuickThrowOnFailure.WithReplay(42UL, 1UL).WithMaxTest(200);

    private static readonly Arbitrary<(int Receiver, int Time, int Sender)[]> anyEvents = Gen.Sized(size =>
        from receivers in Gen.Choose(1, 200)
        from events in Gen.ArrayOf(
            from receiver in Gen.Choose(0, receivers - 1)
            from time in Gen.Choose(0, 600)
            from sender in Gen.Choose(0, 3)
            select (receiver, time, sender), 10 * size)
        select events).ToArbitrary();

    [Test]
    public void Each_receiver_gets_its_own_in_the_order_of_time_and_sender() => Prop.ForAll(anyEvents, events =>
    {
        var pool = new ChunkPool();
        var batch = new WindowBatch(pool);
        // A second use must not see anything of the first.
        return IsOrdered(batch, pool, events) && IsOrdered(batch, pool, [.. events.Reverse()]);
    }).Check(replayed);

    [Test]
    public void A_hub_that_thousands_write_to_at_once_is_ordered_too()
    {
        var random = GossipSim.Engine.Protocol.NodeRandom.For(5, Cast.Peer(0), 0);
        var events = new (int Receiver, int Time, int Sender)[5_000];
        foreach (ref var one in events.AsSpan()) one = (7, random.Next(50), random.Next(9));

        var pool = new ChunkPool();
        Assert.That(IsOrdered(new WindowBatch(pool), pool, events), Is.True);
    }

    private static bool IsOrdered(WindowBatch batch, ChunkPool pool, (int Receiver, int Time, int Sender)[] events)
    {
        batch.Clear(FirstNode);
        if (events.Length == 0) return true;
        Add(batch, pool, events, 0, events.Length / 3);
        Add(batch, pool, events, events.Length / 3, events.Length);
        var inOrder = batch.InOrder(More).ToArray();
        var expected = Enumerable.Range(0, events.Length)
            .OrderBy(number => events[number].Receiver).ThenBy(number => events[number].Time)
            .ThenBy(number => events[number].Sender);
        return inOrder[..^More].Select(queued => queued.Number).SequenceEqual(expected)
            && inOrder[^More..].All(nothing => nothing.Target == FirstNode && nothing.Sender == QueuedEvent.NoOne);
    }

    /// <summary>As one list: what several workers sent comes as several.</summary>
    private static void Add(
        WindowBatch batch, ChunkPool pool, (int Receiver, int Time, int Sender)[] events, int begin, int end)
    {
        EventListEnd list = default;
        for (var number = begin; number < end; number++)
        {
            var (receiver, time, sender) = events[number];
            list.Add(new QueuedEvent(From + time, FirstNode + receiver, sender, 0, 0, hops: number), pool);
        }

        batch.Add(list.Take());
    }
}
