using GossipSim.Scenarios.Protocols;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Protocols;

[TestFixture]
internal sealed class GeneratedOverlayTests
{
    [Test]
    public void Links_are_mutual_and_everybody_has_those_that_it_opened()
    {
        const int Nodes = 400, Links = 3;

        var overlay = new GeneratedOverlay(Nodes, Nodes, Links, randomSeed: 5);

        var degrees = Enumerable.Range(0, Nodes).Select(node => overlay.NeighborsOf(node).Count).ToList();
        Assert.That(degrees.Sum() / 2, Is.EqualTo((Nodes - Links - 1) * Links + (Links * (Links + 1) / 2)));
        Assert.That(degrees.Min(), Is.EqualTo(Links));
        Assert.That(degrees.Max(), Is.GreaterThan(5 * Links), "there are hubs");
        for (var node = 0; node < Nodes; node++)
        {
            Assert.That(overlay.NeighborsOf(node), Is.Unique.And.No.Member(node));
            foreach (var neighbor in overlay.NeighborsOf(node))
                Assert.That(overlay.NeighborsOf(neighbor), Has.Member(node));
        }
    }

    [Test]
    public void Who_joins_later_changes_nothing_for_those_before()
    {
        var alone = new GeneratedOverlay(20, 20, 2, randomSeed: 5);
        var joined = new GeneratedOverlay(30, 20, 2, randomSeed: 5);

        for (var node = 0; node < 20; node++)
            Assert.That(joined.NeighborsOf(node), Is.EqualTo(alone.NeighborsOf(node)));
        for (var node = 20; node < 30; node++)
            Assert.That(joined.NeighborsOf(node), Has.Count.EqualTo(2).And.All.LessThan(node));
    }

    [Test]
    public void The_random_seed_decides() => Assert.That(
        Links(randomSeed: 5), Is.EqualTo(Links(randomSeed: 5)).And.Not.EqualTo(Links(randomSeed: 6)));

    [Test]
    public void Few_nodes_know_each_other()
    {
        var overlay = new GeneratedOverlay(3, 3, linksPerJoin: 5, randomSeed: 1);

        Assert.That(overlay.NeighborsOf(1), Is.EqualTo(new[] { 0, 2 }));
        Assert.That(new GeneratedOverlay(1, 1, 5, 1).NeighborsOf(0), Is.Empty);
    }

    private static int[] Links(ulong randomSeed)
    {
        var overlay = new GeneratedOverlay(50, 50, 3, randomSeed);
        return [.. Enumerable.Range(0, 50).SelectMany(overlay.NeighborsOf)];
    }
}
