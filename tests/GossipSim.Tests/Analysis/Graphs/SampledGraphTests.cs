using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Graphs;

/// <summary>What is measured on a sample: right within its error, and the same for every number of threads.</summary>
internal sealed class SampledGraphTests
{
    private static readonly GraphOptions sampled = new()
    {
        ExactPathNodes = 0, PathSources = 300, ExactBetweennessNodes = 0, BetweennessPivots = 200,
        BetweennessSteps = 0,
    };

    [Test]
    public void A_sampled_mean_path_is_within_four_standard_errors_of_the_exact_one()
    {
        for (ulong randomSeed = 1; randomSeed <= 20; randomSeed++)
        {
            Graph graph = SampleGraphs.Grown(1500, randomSeed);
            PathLengths exact = Paths(graph, new GraphOptions());

            PathLengths some = Paths(graph, sampled with { RandomSeed = randomSeed });

            Assert.That((some.IsExact, some.Sources, some.Radius), Is.EqualTo((false, 300, (int?)null)));
            Assert.That(some.MeanStandardError, Is.GreaterThan(0).And.LessThan(0.05));
            Assert.That(some.Mean, Is.EqualTo(exact.Mean).Within(4 * some.MeanStandardError!.Value));
        }
    }

    [Test]
    public void The_standard_error_is_the_scatter_of_the_mean_over_many_samples()
    {
        Graph graph = SampleGraphs.Grown(400, 3);
        PathLengths[] samples =
        [
            .. Enumerable.Range(1, 400).Select(seed => Paths(
                graph, sampled with { PathSources = 40, RandomSeed = (ulong)seed })),
        ];

        double mean = samples.Average(each => each.Mean!.Value);
        double scatter = Math.Sqrt(samples.Average(each => Math.Pow(each.Mean!.Value - mean, 2)));
        double said = Math.Sqrt(samples.Average(each => Math.Pow(each.MeanStandardError!.Value, 2)));
        Assert.That(scatter / said, Is.EqualTo(1).Within(0.15), "400 samples tell it to 4 percent");
    }

    [Test]
    public void Bounds_of_the_diameter_hold_it_and_meet_where_all_far_nodes_may_be_searched_from()
    {
        for (ulong randomSeed = 1; randomSeed <= 150; randomSeed++)
        {
            Graph graph = SampleGraphs.Random(randomSeed, mostNodes: 60);
            int? exact = Paths(graph, new GraphOptions()).DiameterAtLeast;

            PathLengths bounded = Paths(graph, sampled with { PathSources = 1, DiameterPasses = 0 });
            PathLengths searched = Paths(graph, sampled with { PathSources = 1, DiameterPasses = 1000 });

            Assert.That(exact, Is.InRange(bounded.DiameterAtLeast!, bounded.DiameterAtMost!));
            Assert.That((searched.DiameterAtLeast, searched.DiameterAtMost), Is.EqualTo((exact, exact)));
        }
    }

    [Test]
    public void Many_small_components_are_searched_in_time_that_grows_with_their_nodes()
    {
        const int Cliques = 40_000, Size = 4;
        (int, int)[] edges =
        [
            .. Enumerable.Range(0, Cliques).SelectMany(
                clique => new[] { (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3) }
                    .Select(pair => ((clique * Size) + pair.Item1, (clique * Size) + pair.Item2))),
        ];

        PathLengths paths = Paths(
            Graph.Of(Cliques * Size, edges), sampled with { PathSources = 10, DiameterPasses = 3 });

        Assert.That((paths.DiameterAtLeast, paths.DiameterAtMost), Is.EqualTo((1, 2)).Or.EqualTo((1, 1)));
    }

    [Test]
    public void Sampled_betweenness_of_the_hubs_is_within_its_error()
    {
        Graph graph = SampleGraphs.Grown(1000, 5);
        Betweenness exact = Betweenness.Of(graph, new GraphOptions());

        Betweenness some = Betweenness.Of(graph, sampled);

        Assert.That((some.IsExact, some.Pivots), Is.EqualTo((false, 200)));
        foreach (BetweenNode hub in exact.Top.Take(3))
        {
            BetweenNode found = some.Top.Single(other => other.Node == hub.Node);
            Assert.That(found.Value, Is.EqualTo(hub.Value).Within(4 * found.StandardError!.Value));
            Assert.That(found.StandardError, Is.LessThan(0.2 * hub.Value));
        }
    }

    [Test]
    public void The_number_of_threads_changes_no_digit()
    {
        Graph graph = SampleGraphs.Grown(1200, 9);
        foreach (GraphOptions options in new[] { new GraphOptions(), sampled })
        {
            GraphAnalysis one = GraphAnalysis.Of(graph, options with { Threads = 1 });
            GraphAnalysis three = GraphAnalysis.Of(graph, options with { Threads = 3 });

            Assert.That(three.Betweenness.Top, Is.EqualTo(one.Betweenness.Top));
            Assert.That(three.HighestPageRank, Is.EqualTo(one.HighestPageRank));
            Assert.That(three.Paths.PairsByDistance, Is.EqualTo(one.Paths.PairsByDistance));
            Assert.That(three.Paths.MeanStandardError, Is.EqualTo(one.Paths.MeanStandardError));
            Assert.That(three.Robustness!.Random, Is.EqualTo(one.Robustness!.Random));
            Assert.That(three.Robustness.AdaptiveR, Is.EqualTo(one.Robustness.AdaptiveR));
        }
    }

    private static PathLengths Paths(Graph graph, GraphOptions options) =>
        PathSearch.Of(graph, GraphComponents.Of(graph), options);
}
