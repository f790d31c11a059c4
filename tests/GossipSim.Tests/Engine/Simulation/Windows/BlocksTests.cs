using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine.Simulation.Windows;

/// <summary>Who is in which block, and whose block that is.</summary>
[TestFixture]
internal sealed class BlocksTests
{
    [TestCase(1, 0, 1)]
    [TestCase(3, 3, 2)]
    [TestCase(10, 5, 1)]
    [TestCase(10, 5, 64)]
    [TestCase(1_025, 0, 3)]
    [TestCase(100_000, 3, 1)]
    [TestCase(100_000, 3, 2)]
    [TestCase(1_000_005, 5, 2)]
    [TestCase(1_000_005, 5, 64)]
    public void Each_node_is_in_one_block_and_each_block_goes_to_one_worker(int nodes, int seedNodes, int workers)
    {
        var blocks = new Blocks(nodes, seedNodes, workers);

        var of = Enumerable.Range(0, nodes).Select(blocks.Of).ToArray();

        Assert.That(of, Is.Ordered);
        Assert.That(of.Distinct().Count(), Is.EqualTo(of[^1] + 1));
        Assert.That(blocks.Count, Is.EqualTo(of[^1] + 1).Or.EqualTo(of[^1] + 2).And.GreaterThan(0));
        Assert.That(of.Distinct().Select(blocks.FirstOf), Is.EqualTo(of.Distinct().Select(block => of.IndexOf(block))));
        Assert.That(of.CountBy(block => block).Max(block => block.Value), Is.AtMost(Blocks.LargestSize));
        Assert.That(
            Enumerable.Range(0, workers).SelectMany(blocks.DealtTo).Order(),
            Is.EqualTo(Enumerable.Range(0, blocks.Count)));
        for (var worker = 0; worker < workers; worker++)
            Assert.That(blocks.DealtTo(worker), Has.All.Matches<int>(block => blocks.WorkerOf(block) == worker));
    }

    [Test]
    public void Where_several_work_each_seed_node_is_a_block_of_its_own_and_no_worker_has_them_all()
    {
        var blocks = new Blocks(1_000, seedNodes: 4, workers: 2);

        Assert.That(Enumerable.Range(0, 6).Select(blocks.Of), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 4 }));
        Assert.That(Enumerable.Range(0, 4).Select(blocks.WorkerOf), Is.EqualTo(new[] { 0, 1, 1, 0 }));
        Assert.That(new Blocks(1_000, seedNodes: 4, workers: 1).Of(4), Is.Zero, "all in one");
    }

    /// <summary>
    /// Of n peers that each linked to the well-connected, the one that came i-th has about a root of n / i links.
    /// </summary>
    [TestCase(1_000, 2)]
    [TestCase(100_000, 2)]
    [TestCase(100_000, 4)]
    [TestCase(1_000_000, 2)]
    [TestCase(1_000_000, 16)]
    public void No_worker_has_much_more_to_do_than_another_whoever_the_well_connected_are(int peers, int workers)
    {
        var blocks = new Blocks(peers, seedNodes: 0, workers);
        var (links, nodes) = (new double[workers], new double[workers]);
        for (var peer = 0; peer < peers; peer++)
        {
            var worker = blocks.WorkerOf(blocks.Of(peer));
            links[worker] += Math.Sqrt(peers / (peer + 1.0));
            nodes[worker]++;
        }

        Assert.That(links.Max() / links.Average(), Is.LessThan(1.1), "links as preferential attachment makes them");
        Assert.That(nodes.Max() / nodes.Average(), Is.LessThan(1.1), "as many links for each");
    }
}
