namespace GossipSim.Analysis;

/// <summary>What users of graph libraries expect to be told about an undirected graph.</summary>
public sealed record GraphAnalysis
{
    public required Graph Graph { get; init; }

    public required GraphComponents Components { get; init; }

    /// <summary>Null for a graph without nodes.</summary>
    public required DegreeMoments? Degrees { get; init; }

    public required Clustering Clustering { get; init; }

    public required PathLengths Paths { get; init; }

    public required KCores Cores { get; init; }

    public required Betweenness Betweenness { get; init; }

    /// <summary>The node that most walkers come by, the smaller one of equals; null without nodes.</summary>
    public required (int Node, double Value)? HighestPageRank { get; init; }

    /// <summary>Nodes whose loss cuts others off, with how many; those that cut off most come first.</summary>
    public required IReadOnlyList<(int Node, int CutOff)> ArticulationPoints { get; init; }

    /// <summary>Null for a graph without nodes.</summary>
    public required Robustness? Robustness { get; init; }

    /// <param name="begin">Is told what is measured next; the time is the caller's to take.</param>
    public static GraphAnalysis Of(Graph graph, GraphOptions options, Action<string>? begin = null)
    {
        GraphComponents components = Next("components", () => GraphComponents.Of(graph));
        return new GraphAnalysis
        {
            Graph = graph,
            Components = components,
            Degrees = Next("degrees", () => DegreeMoments.Of(graph)),
            Clustering = Next("clustering", () => Clustering.Of(graph)),
            Paths = Next("shortestPaths", () => PathSearch.Of(graph, components, options)),
            Cores = Next("cores", () => KCores.Of(graph)),
            Betweenness = Next("betweenness", () => Betweenness.Of(graph, options)),
            HighestPageRank = Next("pageRank", () => Highest(PageRank.Of(graph, options.Threads))),
            ArticulationPoints = Next("articulationPoints", () => Analysis.ArticulationPoints.Of(graph)),
            Robustness = Next("robustness", () => Robustness.Of(graph, options.Threads)),
        };

        T Next<T>(string part, Func<T> measure)
        {
            begin?.Invoke(part);
            return measure();
        }
    }

    private static (int Node, double Value)? Highest(double[] ranks)
    {
        if (ranks.Length == 0) return null;
        double most = ranks.Max();
        return (Array.IndexOf(ranks, most), most);
    }
}
