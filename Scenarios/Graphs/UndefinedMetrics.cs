using GossipSim.Analysis;

namespace GossipSim.Scenarios.Graphs;

/// <summary>Why a metric is null: what other programs print as NaN, or refuse to compute.</summary>
internal static class UndefinedMetrics
{
    /// <summary>By the name of the metric in JSON; empty for most graphs.</summary>
    public static IReadOnlyDictionary<string, string> Of(GraphAnalysis analysis)
    {
        Graph graph = analysis.Graph;
        var reasons = new Dictionary<string, string>();
        if (graph.Nodes == 0)
        {
            const string NoNodes = "there are no nodes";
            foreach (string name in new[]
            {
                "largestComponentFraction", "degree", "assortativity", "averageClustering", "transitivity",
                "averageShortestPath", "diameter", "radius", "effectiveDiameter", "maxCore", "robustness",
            })
                reasons.Add(name, NoNodes);
            return reasons;
        }

        if (analysis.Degrees!.Assortativity is null)
            reasons.Add("assortativity", graph.Edges == 0
                ? "there are no edges"
                : "the ends of all edges have the same degree, so that nothing can go together with it (0/0)");
        if (analysis.Clustering.Transitivity is null)
        {
            const string NoTriple = "no node has two neighbors (0/0)";
            reasons.Add("transitivity", NoTriple);
            reasons.Add("averageClusteringOfDegree2", NoTriple);
        }

        if (analysis.Paths.Mean is null)
        {
            const string NoPair = "no two nodes are connected";
            reasons.Add("averageShortestPath", NoPair);
            reasons.Add("effectiveDiameter", NoPair);
        }

        if (!analysis.Paths.IsExact)
            reasons.Add("radius", "paths were followed from a sample of the nodes only");
        return reasons;
    }
}
