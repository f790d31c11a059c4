using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

[TestFixture]
internal sealed class PlacementTests
{
    [Test]
    public void Nodes_are_spread_by_weight()
    {
        const int Nodes = 60_000;
        double[] weights = [3, 0, 1, 2];
        var placement = new Placement(Mix64.Of(7), weights, []);

        var counts = new int[weights.Length];
        for (var node = 0; node < Nodes; node++) counts[placement.PlaceOf(node)]++;

        Assert.That(counts[1], Is.Zero, "a place without weight");
        for (var place = 0; place < weights.Length; place++)
        {
            var share = weights[place] / 6;
            var deviation = Math.Sqrt(Nodes * share * (1 - share));
            Assert.That(counts[place], Is.EqualTo(Nodes * share).Within(4 * deviation));
        }
    }

    [Test]
    public void A_node_stays_where_it_is_whoever_else_there_is_and_every_run_places_anew()
    {
        var placement = new Placement(1, [1, 1, 1], []);
        var again = new Placement(1, [1, 1, 1], []);
        var other = new Placement(2, [1, 1, 1], []);

        int[] nodes = [5, 2_000_000_000, 0, 999_999, 17];
        Assert.That(nodes.Select(placement.PlaceOf), Is.EqualTo(nodes.Reverse().Select(again.PlaceOf).Reverse()));
        var moved = Enumerable.Range(0, 3000).Count(node => placement.PlaceOf(node) != other.PlaceOf(node));
        Assert.That(moved, Is.EqualTo(2000).Within(150), "two of three, as independent draws do");
    }

    [Test]
    public void The_first_nodes_can_be_put_where_they_belong()
    {
        var placement = new Placement(1, [1, 0, 0], [2, 1, 2]);

        Assert.That(Enumerable.Range(0, 6).Select(placement.PlaceOf), Is.EqualTo(new[] { 2, 1, 2, 0, 0, 0 }));
    }

    [Test]
    public void Places_that_cannot_be_are_refused()
    {
        Assert.That(() => new Placement(1, [], []), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Placement(1, [0, 0], []), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Placement(1, [2, -1], []), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Placement(1, [1, 1], [2]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Placement(1, [1, 1], [-1]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
