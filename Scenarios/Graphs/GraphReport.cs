using GossipSim.Analysis;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// What <c>analyze graph --json</c> prints; scripts depend on the names. A null is a figure that this graph cannot
/// have, and <see cref="Undefined"/> says why.
/// </summary>
internal sealed record GraphReport
{
    /// <summary>What the file was taken for, such as "GraphML".</summary>
    public required string ReadAs { get; init; }
    public required int Nodes { get; init; }
    public required int Edges { get; init; }

    /// <summary>Given, but not counted in anything.</summary>
    public required int SelfLoopsLeftOut { get; init; }
    public required int RepeatedEdgesLeftOut { get; init; }
    public required int Components { get; init; }
    public required double? LargestComponentFraction { get; init; }
    public required int IsolatedNodes { get; init; }
    public required DegreeReport? Degree { get; init; }
    public required double? Assortativity { get; init; }
    public required double? AverageClustering { get; init; }

    /// <summary>Over the nodes with two neighbors or more.</summary>
    public required double? AverageClusteringOfDegree2 { get; init; }
    public required double? Transitivity { get; init; }
    public required long Triangles { get; init; }
    public required double? AverageShortestPath { get; init; }

    /// <summary>The exact one, or the longest path that was found.</summary>
    public required int? Diameter { get; init; }
    public required int? Radius { get; init; }
    public required double? EffectiveDiameter { get; init; }
    public required PathReport Paths { get; init; }
    public required int? MaxCore { get; init; }
    public required IReadOnlyDictionary<int, int> CoreHistogram { get; init; }
    public required BetweennessReport Betweenness { get; init; }
    public required NodeValue? PageRankMax { get; init; }
    public required int ArticulationPoints { get; init; }

    /// <summary>The one that cuts most nodes off from the largest part that is left.</summary>
    public required CutReport? WorstArticulationPoint { get; init; }
    public required Robustness? Robustness { get; init; }

    /// <summary>Of the degrees, as <c>analyze degrees --json</c> prints it.</summary>
    public required PowerLawAnalysis PowerLaw { get; init; }

    /// <summary>What was left out of the file, not read, or may be misread: sentences for people.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
    public required IReadOnlyDictionary<string, string> Undefined { get; init; }
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }

    public static GraphReport Of(
        NamedGraph named, GraphAnalysis analysis, PowerLawAnalysis powerLaw,
        IReadOnlyDictionary<string, double> seconds)
    {
        Graph graph = named.Graph;
        PathLengths paths = analysis.Paths;
        return new GraphReport
        {
            ReadAs = named.ReadAs,
            Nodes = graph.Nodes,
            Edges = graph.Edges,
            SelfLoopsLeftOut = graph.SelfLoops,
            RepeatedEdgesLeftOut = graph.RepeatedEdges,
            Components = analysis.Components.Count,
            LargestComponentFraction =
                graph.Nodes == 0 ? null : (double)analysis.Components.LargestSize / graph.Nodes,
            IsolatedNodes = Enumerable.Range(0, graph.Nodes).Count(node => graph.Degree(node) == 0),
            Degree = analysis.Degrees is { } degrees ? DegreeReport.Of(degrees) : null,
            Assortativity = analysis.Degrees?.Assortativity,
            AverageClustering = analysis.Clustering.AverageLocal,
            AverageClusteringOfDegree2 = analysis.Clustering.AverageLocalOfConnected,
            Transitivity = analysis.Clustering.Transitivity,
            Triangles = analysis.Clustering.Triangles,
            AverageShortestPath = paths.Mean,
            Diameter = paths.DiameterAtLeast,
            Radius = paths.Radius,
            EffectiveDiameter = paths.EffectiveDiameter,
            Paths = PathReport.Of(paths, analysis.Components),
            MaxCore = analysis.Cores.Max,
            CoreHistogram = analysis.Cores.Histogram,
            Betweenness = BetweennessReport.Of(named, analysis.Betweenness),
            PageRankMax = analysis.HighestPageRank is { } rank
                ? new NodeValue(named.NameOf(rank.Node), rank.Value)
                : null,
            ArticulationPoints = analysis.ArticulationPoints.Count,
            WorstArticulationPoint = analysis.ArticulationPoints is [var worst, ..]
                ? new CutReport(named.NameOf(worst.Node), worst.CutOff)
                : null,
            Robustness = analysis.Robustness,
            PowerLaw = powerLaw,
            Notes = [.. LeftOut(graph), .. named.Notes],
            Undefined = UndefinedMetrics.Of(analysis),
            Seconds = seconds,
        };
    }

    private static IEnumerable<string> LeftOut(Graph graph)
    {
        if (graph.SelfLoops + graph.RepeatedEdges > 0)
            yield return $"Left out: {Numbers.Plural(graph.SelfLoops, "edge")} from a node to itself, "
                + $"{Numbers.Plural(graph.RepeatedEdges, "edge")} given once more.";
    }
}

internal sealed record NodeValue(string Node, double Value);

/// <param name="CutOff">Nodes that can no longer reach the largest part that is left without it.</param>
internal sealed record CutReport(string Node, int CutOff);

internal sealed record DegreeReport(
    int Min, int Max, double Mean, double Variance, double? Skewness, double? SecondMomentRatio)
{
    public static DegreeReport Of(DegreeMoments degrees) => new(
        degrees.Min, degrees.Max, degrees.Mean, degrees.Variance, degrees.Skewness, degrees.SecondMomentRatio);
}

/// <param name="Exact">Whether paths between all pairs of nodes were followed.</param>
/// <param name="Sources">Nodes from which they were.</param>
/// <param name="AverageStandardError">Of averageShortestPath.</param>
/// <param name="DiameterExact">Whether diameter is known; otherwise it is that to diameterAtMost.</param>
/// <param name="ConnectedPairs">Unordered pairs of nodes that a path connects: all averages are over these.</param>
/// <param name="PairsByDistance">From distance 1 on; where not exact, ordered pairs from the sources.</param>
internal sealed record PathReport(
    bool Exact, int Sources, double? AverageStandardError, bool DiameterExact, int? DiameterAtMost, long ConnectedPairs,
    IReadOnlyList<long> PairsByDistance)
{
    public static PathReport Of(PathLengths paths, GraphComponents components) => new(
        paths.IsExact, paths.Sources, paths.MeanStandardError, paths.DiameterAtLeast == paths.DiameterAtMost,
        paths.DiameterAtMost, components.ConnectedPairs, paths.PairsByDistance);
}

/// <param name="Exact">Whether shortest paths from all nodes were counted.</param>
/// <param name="Pivots">Nodes from which they were.</param>
/// <param name="Top">The highest first.</param>
internal sealed record BetweennessReport(bool Exact, int Pivots, IReadOnlyList<BetweennessReport.Hub> Top)
{
    /// <param name="Value">Over unordered pairs of other nodes, the share of their shortest paths through it.</param>
    /// <param name="Normalized">Divided by the number of those pairs; null where there is none.</param>
    internal sealed record Hub(string Node, int Degree, double Value, double? Normalized, double? StandardError);

    public static BetweennessReport Of(NamedGraph named, Betweenness betweenness)
    {
        double nodes = named.Graph.Nodes, pairs = (nodes - 1) * (nodes - 2) / 2;
        return new BetweennessReport(betweenness.IsExact, betweenness.Pivots,
        [
            .. betweenness.Top.Select(top => new Hub(
                named.NameOf(top.Node), named.Graph.Degree(top.Node), top.Value, pairs > 0 ? top.Value / pairs : null,
                top.StandardError)),
        ]);
    }
}
