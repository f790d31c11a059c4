using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Graphs;

internal sealed class GraphTests
{
    [Test]
    public void Neighbors_are_sorted_and_loops_and_repeated_edges_are_counted_and_left_out()
    {
        Graph graph = Graph.Of(4, [(3, 0), (0, 1), (1, 0), (2, 2), (0, 3), (0, 2), (2, 2)]);

        Assert.That((graph.Nodes, graph.Edges, graph.SelfLoops, graph.RepeatedEdges), Is.EqualTo((4, 3, 2, 2)));
        Assert.That(graph.Neighbors(0).ToArray(), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(graph.Neighbors(2).ToArray(), Is.EqualTo(new[] { 0 }));
        Assert.That(Enumerable.Range(0, 4).Select(graph.Degree), Is.EqualTo(new[] { 3, 1, 1, 1 }));
    }

    [Test]
    public void An_edge_to_an_unknown_node_is_refused() =>
        Assert.That(() => Graph.Of(2, [(0, 2)]), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Components_are_those_of_the_definition()
    {
        GraphComponents components = GraphComponents.Of(Graph.Of(7, [(0, 1), (1, 2), (2, 0), (4, 5)]));

        Assert.That(components.Sizes, Is.EqualTo(new[] { 3, 1, 2, 1 }));
        Assert.That((components.Count, components.LargestSize, components.ConnectedPairs), Is.EqualTo((4, 3, 4L)));
        Assert.That(components.ComponentOf(5), Is.EqualTo(components.ComponentOf(4)));
    }

    [Test]
    public void Fast_and_naive_ways_agree_on_random_graphs()
    {
        for (ulong randomSeed = 1; randomSeed <= 150; randomSeed++)
        {
            Graph graph = SampleGraphs.Random(randomSeed);
            var naive = new NaiveGraph(graph);
            GraphAnalysis analysis = GraphAnalysis.Of(graph, new GraphOptions { Threads = 2 });

            Assert.That(analysis.Cores.OfNodes, Is.EqualTo(naive.Cores()));
            var (local, triangles) = naive.Clustering();
            Assert.That(analysis.Clustering.AverageLocal, Is.EqualTo(local).Within(1e-12));
            Assert.That(analysis.Clustering.Triangles, Is.EqualTo(triangles));
            double[] between = naive.Betweenness();
            Assert.That(
                analysis.Betweenness.Top.Select(top => top.Value),
                Is.EqualTo(between.OrderDescending().Take(Betweenness.TopCount)).Within(1e-9));
            AssertPaths(analysis.Paths, naive.Distances());
        }
    }

    private static void AssertPaths(PathLengths paths, int[,] distances)
    {
        int[] found = [.. distances.Cast<int>().Where(distance => distance > 0)];
        int nodes = distances.GetLength(0);
        Assert.That(
            paths.Mean, found.Length == 0 ? Is.Null : Is.EqualTo(found.DefaultIfEmpty().Average()).Within(1e-12));
        Assert.That(paths.DiameterAtLeast, Is.EqualTo(found.DefaultIfEmpty().Max()));
        Assert.That(paths.DiameterAtMost, Is.EqualTo(paths.DiameterAtLeast));
        Assert.That(
            paths.Radius,
            Is.EqualTo(Enumerable.Range(0, nodes).Min(a => Enumerable.Range(0, nodes).Max(b => distances[a, b]))));
        Assert.That(
            paths.PairsByDistance,
            Is.EqualTo(Enumerable.Range(1, found.DefaultIfEmpty().Max())
                .Select(distance => (long)found.Count(length => length == distance) / 2)));
    }

    [Test]
    public void A_node_between_two_halves_lies_on_all_paths_between_them()
    {
        BetweenNode middle = Betweenness.Of(SampleGraphs.Line(5), new GraphOptions()).Top[0];

        Assert.That((middle.Node, middle.Value, middle.StandardError), Is.EqualTo((2, 4.0, 0.0)));
    }

    [Test]
    public void PageRank_sums_to_one_and_whoever_is_alone_is_reached_by_jumps_only()
    {
        double[] ranks = PageRank.Of(Graph.Of(4, [(0, 1), (1, 2)]), threads: 1);

        // With r the rank of who is alone: r = (0.15 + 0.85 r) / 4, and the middle gets 0.85 of both its neighbors.
        double alone = 0.15 / 3.15, middle = (alone + 1.7 * alone) / (1 - 0.85 * 0.85);
        Assert.That(ranks.Sum(), Is.EqualTo(1).Within(1e-12));
        Assert.That(ranks[3], Is.EqualTo(alone).Within(1e-12));
        Assert.That(ranks[1], Is.EqualTo(middle).Within(1e-12));
    }

    [Test]
    public void Degrees_of_a_star_go_against_each_other_and_have_their_moments()
    {
        DegreeMoments star = DegreeMoments.Of(SampleGraphs.Star(3))!;

        Assert.That((star.Min, star.Max, star.Mean, star.Variance), Is.EqualTo((1, 3, 1.5, 0.75)));
        Assert.That(star.Assortativity, Is.EqualTo(-1).Within(1e-15));
        Assert.That(star.SecondMomentRatio, Is.EqualTo(2));
        Assert.That(star.Skewness, Is.EqualTo(2 / Math.Sqrt(3)).Within(1e-12));
        Assert.That(DegreeMoments.Of(SampleGraphs.Ring(5))!.Assortativity, Is.Null, "0/0");
    }
}
