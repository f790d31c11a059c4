using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Graphs;

internal sealed class RobustnessTests
{
    [Test]
    public void Every_point_of_every_curve_is_the_largest_component_that_is_left()
    {
        for (ulong randomSeed = 1; randomSeed <= 60; randomSeed++)
        {
            Graph graph = SampleGraphs.Random(randomSeed, mostNodes: 25);
            var naive = new NaiveGraph(graph);
            foreach (int[] order in new[]
            {
                RemovalOrder.ByDegree(graph), RemovalOrder.ByRemainingDegree(graph),
                RemovalOrder.Random(graph.Nodes, 1),
            })
            {
                RobustnessCurve curve = RobustnessCurve.Of(graph, order);

                int[] sizes = [.. Enumerable.Range(0, graph.Nodes + 1)
                    .Select(removed => naive.LargestComponentWithout(order.Take(removed)))];
                Assert.That(Enumerable.Range(0, graph.Nodes + 1).Select(curve.LargestAfter), Is.EqualTo(sizes));
                double nodes = graph.Nodes;
                Assert.That(curve.R, Is.EqualTo(sizes.Skip(1).Sum() / (nodes * nodes)).Within(1e-15));
            }
        }
    }

    [Test]
    public void Targeted_orders_take_the_largest_degree_and_of_equals_the_smaller_node()
    {
        for (ulong randomSeed = 1; randomSeed <= 100; randomSeed++)
        {
            Graph graph = SampleGraphs.Random(randomSeed);

            Assert.That(
                RemovalOrder.ByDegree(graph),
                Is.EqualTo(Enumerable.Range(0, graph.Nodes).OrderByDescending(graph.Degree)));
            Assert.That(
                RemovalOrder.ByRemainingDegree(graph), Is.EqualTo(new NaiveGraph(graph).OrderByRemainingDegree()));
        }
    }

    [Test]
    public void Random_orders_name_every_node_once_and_differ()
    {
        int[] one = RemovalOrder.Random(5000, 0), other = RemovalOrder.Random(5000, 1);

        Assert.That(one.Order(), Is.EqualTo(Enumerable.Range(0, 5000)));
        Assert.That(other.Order(), Is.EqualTo(Enumerable.Range(0, 5000)));
        Assert.That(one.Zip(other).Count(pair => pair.First == pair.Second), Is.LessThan(20));
        Assert.That(one.Take(2500).Average(), Is.EqualTo(2500).Within(150), "five standard errors");
    }

    [Test]
    public void A_clique_shrinks_by_one_and_a_star_falls_apart_at_once()
    {
        RobustnessCurve clique = RobustnessCurve.Of(SampleGraphs.Clique(10), [.. Enumerable.Range(0, 10)]);
        Graph star = SampleGraphs.Star(9);

        Assert.That(clique.R, Is.EqualTo(0.45).Within(1e-15));
        Assert.That(clique.HalvedAt, Is.EqualTo(0.6));
        Assert.That(RobustnessCurve.Of(star, RemovalOrder.ByDegree(star)).R, Is.EqualTo(0.09).Within(1e-15));
        Assert.That(RobustnessCurve.Of(star, RemovalOrder.ByDegree(star)).HalvedAt, Is.EqualTo(0.1));
    }

    [Test]
    public void Curves_run_from_the_largest_component_to_nobody_and_the_band_holds_the_mean()
    {
        Robustness robustness = Robustness.Of(SampleGraphs.Grown(500, 7), threads: 2)!;

        foreach (IReadOnlyList<double> curve in new[] { robustness.Random, robustness.Targeted, robustness.Adaptive })
        {
            Assert.That((curve[0], curve[^1]), Is.EqualTo((1.0, 0.0)));
            Assert.That(curve, Is.Ordered.Descending.And.Count.EqualTo(101));
        }

        for (int i = 0; i <= Robustness.Steps; i++)
        {
            Assert.That(robustness.Random[i], Is.AtLeast(robustness.RandomLow[i] - 1e-12));
            Assert.That(robustness.Random[i], Is.AtMost(robustness.RandomHigh[i] + 1e-12));
        }
        Assert.That(robustness.AdaptiveR, Is.LessThan(robustness.TargetedR));
        Assert.That(robustness.TargetedR, Is.LessThan(robustness.RandomR.Min()));
        Assert.That(robustness.RandomRMean, Is.EqualTo(robustness.RandomR.Average()));
    }

    [Test]
    public void An_order_that_leaves_somebody_out_is_refused() =>
        Assert.That(() => RobustnessCurve.Of(SampleGraphs.Ring(4), [0, 1, 2]), Throws.ArgumentException);
}
