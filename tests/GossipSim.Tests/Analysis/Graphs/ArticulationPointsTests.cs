using GossipSim.Analysis;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Graphs;

[TestFixture]
internal sealed class ArticulationPointsTests
{
    [Test]
    public void Those_whose_loss_cuts_off_most_come_first()
    {
        // 0-1-2-3-4 in a row, and a triangle 4-5-6 at its end.
        var points = ArticulationPoints.Of(7, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (4, 6)]);

        Assert.That(points, Is.EqualTo(new[] { (3, 3), (2, 2), (4, 2), (1, 1) }));
    }

    [Test]
    public void A_ring_and_a_single_node_have_none_and_a_doubled_edge_changes_nothing()
    {
        Assert.That(ArticulationPoints.Of(4, [(0, 1), (1, 2), (2, 3), (3, 0)]), Is.Empty);
        Assert.That(ArticulationPoints.Of(1, []), Is.Empty);
        Assert.That(ArticulationPoints.Of(3, [(0, 1), (1, 0), (1, 2)]), Is.EqualTo(new[] { (1, 1) }));
    }

    [Test]
    public void They_are_the_nodes_whose_removal_raises_the_number_of_components()
    {
        for (var randomSeed = 1UL; randomSeed <= 200; randomSeed++)
        {
            var random = new NodeRandom(randomSeed);
            var nodes = 2 + random.Next(14);
            (int A, int B)[] edges =
                [.. Enumerable.Range(0, random.Next(2 * nodes)).Select(_ => (random.Next(nodes), random.Next(nodes)))];

            var found = ArticulationPoints.Of(nodes, edges);

            for (var node = 0; node < nodes; node++)
            {
                var cutOff = CutOffBy(node, nodes, edges);
                Assert.That(found.FirstOrDefault(point => point.Node == node).CutOff, Is.EqualTo(cutOff));
            }
        }
    }

    /// <summary>By brute force: what is left of the node's component without it, less the largest part.</summary>
    private static int CutOffBy(int node, int nodes, (int A, int B)[] edges)
    {
        var whole = ComponentsOf(nodes, edges).Single(component => component.Contains(node));
        var parts = ComponentsOf(nodes, [.. edges.Where(edge => edge.A != node && edge.B != node)])
            .Where(part => !part.Contains(node) && whole.IsSupersetOf(part)).ToList();
        return parts.Count == 0 ? 0 : parts.Sum(part => part.Count) - parts.Max(part => part.Count);
    }

    private static List<HashSet<int>> ComponentsOf(int nodes, (int A, int B)[] edges)
    {
        List<HashSet<int>> components = [.. Enumerable.Range(0, nodes).Select(node => new HashSet<int> { node })];
        foreach (var (a, b) in edges)
        {
            var (one, other) = (components.Single(c => c.Contains(a)), components.Single(c => c.Contains(b)));
            if (one == other) continue;
            one.UnionWith(other);
            components.Remove(other);
        }

        return components;
    }
}
