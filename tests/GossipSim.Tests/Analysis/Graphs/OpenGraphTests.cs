using System.Globalization;
using System.Text.Json;
using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Graphs;

/// <summary>The generated overlay with metrics from igraph.</summary>
internal sealed class OpenGraphTests
{
    private static readonly Graph graph = SampleGraphs.Open();
    private static readonly GraphAnalysis analysis = GraphAnalysis.Of(graph, new GraphOptions());

    private static readonly JsonElement expected = JsonDocument.Parse(
        string.Join("\n", OpenCase.Lines("expected_metrics_ba-m4-n2000.json"))).RootElement;

    [Test]
    public void Degrees_clustering_and_cores_are_equal()
    {
        DegreeMoments degrees = analysis.Degrees!;
        Assert.That((graph.Nodes, graph.Edges), Is.EqualTo((2000, 7990)));
        Assert.That(
            Enumerable.Range(0, 2000).Select(graph.Degree), Is.EquivalentTo(OpenCase.Values("ba-m4-n2000.txt")));
        Assert.That(degrees.Variance, Is.EqualTo(expected.Number("degree_var_pop")).Within(1e-12));
        Assert.That(degrees.Assortativity, Is.EqualTo(expected.Number("assortativity_degree")).Within(1e-15));
        Assert.That(analysis.Clustering.Transitivity, Is.EqualTo(expected.Number("transitivity_global")).Within(1e-16));
        Assert.That(
            analysis.Clustering.AverageLocal,
            Is.EqualTo(expected.Number("transitivity_avg_local_zero")).Within(1e-16));
        Assert.That(analysis.Clustering.Triangles, Is.EqualTo(740));
        Assert.That(analysis.Cores.Histogram, Is.EqualTo(new Dictionary<int, int> { [4] = 2000 }));
    }

    [Test]
    public void Paths_and_hubs_are_equal()
    {
        PathLengths paths = analysis.Paths;
        JsonElement histogram = expected.GetProperty("path_length_histogram");

        Assert.That(paths.Mean, Is.EqualTo(expected.Number("average_path_length")));
        Assert.That((paths.DiameterAtLeast, paths.DiameterAtMost, paths.Radius), Is.EqualTo((6, 6, 3)));
        Assert.That(
            paths.PairsByDistance,
            Is.EqualTo(Enumerable.Range(1, 6).Select(d => histogram.GetProperty($"{d}").GetInt64())));
        AssertHub(analysis.Betweenness.Top[0].Node, analysis.Betweenness.Top[0].Value, "betweenness_max");
        AssertHub(analysis.HighestPageRank!.Value.Node, analysis.HighestPageRank.Value.Value, "pagerank_max");
    }

    [Test]
    public void Removal_curves_are_equal_in_every_point()
    {
        AssertCurve(RemovalOrder.ByDegree(graph), "targeted_static_degree_desc_id_asc", "targeted_R_index");
        AssertCurve(
            RemovalOrder.ByRemainingDegree(graph), "targeted_adaptive_ties_lowest_id", "targeted_adaptive_R_index");
        AssertCurve(RemovalOrder.Random(2000, 0), "random_order_splitmix64_of_id_plus_1", "random_R_index");
        Assert.That(analysis.Robustness!.RandomR[0], Is.EqualTo(expected.Number("random_R_index")));
    }

    private static void AssertHub(int node, double value, string property)
    {
        JsonElement hub = expected.GetProperty(property);
        Assert.That(node, Is.EqualTo(hub[0].GetInt32()));
        Assert.That(value / hub[1].GetDouble(), Is.EqualTo(1).Within(1e-12));
    }

    private static void AssertCurve(int[] order, string points, string index)
    {
        RobustnessCurve curve = RobustnessCurve.Of(graph, order);
        Assert.That(curve.R, Is.EqualTo(expected.Number(index)).Within(1e-15));
        foreach (JsonProperty point in expected.GetProperty(points).EnumerateObject())
        {
            double share = double.Parse(point.Name, CultureInfo.InvariantCulture);
            int left = curve.LargestAfter((int)Math.Round(share * 2000));
            Assert.That(left, Is.EqualTo(point.Value.GetInt32()), point.Name);
        }
    }
}
