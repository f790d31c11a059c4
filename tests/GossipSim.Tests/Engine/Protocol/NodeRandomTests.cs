using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 2: each node owns its random stream, derived from (run's random seed, address).</summary>
[TestFixture]
internal sealed class NodeRandomTests
{
    [Test]
    public void The_same_seed_address_and_start_draw_the_same()
    {
        var again = Draw(NodeRandom.For(1, Cast.Peer(0), 0));

        Assert.That(Draw(NodeRandom.For(1, Cast.Peer(0), 0)), Is.EqualTo(again));
    }

    [Test]
    public void Another_seed_address_or_start_draws_another_stream()
    {
        ulong[][] streams =
        [
            Draw(NodeRandom.For(1, Cast.Peer(0), 0)), Draw(NodeRandom.For(2, Cast.Peer(0), 0)),
            Draw(NodeRandom.For(1, Cast.Peer(1), 0)), Draw(NodeRandom.For(1, Cast.Peer(0), 1)),
        ];

        Assert.That(streams.SelectMany(stream => stream), Is.Unique);
    }

    [Test]
    public void Processes_have_names_of_their_own()
    {
        var names = from peer in Enumerable.Range(0, 1000)
                    from start in Enumerable.Range(0, 5)
                    select ProcessIdentity.NodeIdOf(3, Cast.Peer(peer), start);

        Assert.That(names, Is.Unique);
    }

    [TestCase(2)]
    [TestCase(7)]
    [TestCase(64)]
    public void Numbers_below_a_limit_are_uniform(int limit)
    {
        var random = new NodeRandom(9);
        var counts = new int[limit];
        const int Draws = 200_000;
        for (var draw = 0; draw < Draws; draw++) counts[random.Next(limit)]++;

        var expected = (double)Draws / limit;
        var chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        // Mean limit - 1, variance twice that; five standard deviations.
        Assert.That(chiSquare, Is.LessThan(limit - 1 + (5 * Math.Sqrt(2.0 * limit))));
    }

    [Test]
    public void Units_are_uniform_and_never_zero_or_one()
    {
        var random = new NodeRandom(9);
        var units = Enumerable.Range(0, 100_000).Select(_ => random.NextUnit()).Order().ToArray();

        Assert.That(units[0], Is.GreaterThan(0));
        Assert.That(units[^1], Is.LessThan(1));
        var distance = units.Select((unit, index) => Math.Abs(unit - ((index + 0.5) / units.Length))).Max();
        Assert.That(distance, Is.LessThan(1.95 / Math.Sqrt(units.Length)), "Kolmogorov-Smirnov at 0.001");
    }

    [Test]
    public void The_ends_of_the_bits_are_inside_the_unit_interval()
    {
        Assert.That(Mix64.ToUnit(0), Is.GreaterThan(0));
        Assert.That(Mix64.ToUnit(ulong.MaxValue), Is.LessThan(1));
    }

    [Test]
    public void A_shuffle_makes_every_order_equally_often()
    {
        var random = new NodeRandom(3);
        var orders = new Dictionary<string, int>();
        for (var round = 0; round < 24_000; round++)
        {
            int[] items = [1, 2, 3, 4];
            random.Shuffle<int>(items);
            var order = string.Join("", items);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        Assert.That(orders, Has.Count.EqualTo(24));
        Assert.That(orders.Values, Has.All.InRange(850, 1150));
    }

    [Test]
    public void Spans_are_whole_microseconds_below_the_limit()
    {
        var random = new NodeRandom(3);
        var limit = TimeSpan.FromMilliseconds(1);
        for (var draw = 0; draw < 10_000; draw++)
        {
            var span = random.NextTimeSpan(limit);
            Assert.That(span, Is.LessThan(limit).And.GreaterThanOrEqualTo(TimeSpan.Zero));
            Assert.That(span.Ticks % TimeSpan.TicksPerMicrosecond, Is.Zero);
        }
    }

    [Test]
    public void No_number_lies_below_zero() =>
        Assert.That(() => new NodeRandom(1).Next(0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static ulong[] Draw(NodeRandom random) => [.. Enumerable.Range(0, 100).Select(_ => random.NextUInt64())];
}
