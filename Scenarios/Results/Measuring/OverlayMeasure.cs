using System.Runtime.InteropServices;
using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>The graph of the live peers at some moment, measured.</summary>
internal sealed class OverlayMeasure
{
    /// <summary>
    /// A run is not held up: beyond 20,000 peers paths are followed from 256 of them, which a million peers take about
    /// two seconds for.
    /// </summary>
    private static readonly GraphOptions limits = new()
    {
        ExactPathNodes = 20_000, PathSources = 256, DiameterPasses = 1,
    };

    private readonly Graph graph;
    private readonly GraphComponents components;
    private readonly PathLengths? paths;
    private readonly Clustering? clustering;
    private readonly int? maxCore;
    private readonly int? articulationPoints;

    private OverlayMeasure(int peers, IReadOnlyList<(int A, int B)> edges, MeasurementOptions options)
    {
        List<(int A, int B)> list = edges as List<(int, int)> ?? [.. edges];
        graph = Graph.Of(peers, CollectionsMarshal.AsSpan(list));
        components = GraphComponents.Of(graph);
        if (!options.OverlayStructure) return;
        paths = PathLengths.Of(graph, components, limits with { Threads = options.Threads });
        clustering = Clustering.Of(graph);
        maxCore = KCores.Of(graph).Max;
        articulationPoints = Analysis.ArticulationPoints.Of(graph).Count;
        Robustness = Robustness.Of(graph, options.Threads);
    }

    /// <summary>Null where it was not asked for, and without peers.</summary>
    public Robustness? Robustness { get; }

    /// <param name="edges">Between places 0 .. peers - 1.</param>
    public static OverlayMeasure Of(int peers, IReadOnlyList<(int A, int B)> edges, MeasurementOptions options) =>
        new(peers, edges, options);

    public OverlaySummary Summarize(OverlaySnapshotSummary? before) =>
        new(Summary()) { BeforeFirstCrash = before };

    public OverlaySnapshotSummary SummarizeAt(double seconds) =>
        new(Summary()) { AtSeconds = seconds, Peers = graph.Nodes };

    private OverlayGraphSummary Summary()
    {
        DegreeMoments? degrees = DegreeMoments.Of(graph);
        return new OverlayGraphSummary
        {
            Edges = graph.Edges,
            DegreeMax = degrees?.Max ?? 0,
            DegreeMean = degrees?.Mean ?? 0,
            LargestComponentFraction = graph.Nodes == 0 ? 0 : (double)components.LargestSize / graph.Nodes,
            IsolatedPeers = Enumerable.Range(0, graph.Nodes).Count(peer => graph.Degree(peer) == 0),
            Components = components.Count,
            DegreeVariance = degrees?.Variance,
            Assortativity = degrees?.Assortativity,
            AverageClustering = clustering?.AverageLocal,
            Transitivity = clustering?.Transitivity,
            AverageShortestPath = paths?.Mean,
            AverageShortestPathStandardError = paths?.MeanStandardError,
            PathSources = paths?.Sources,
            EffectiveDiameter = paths?.EffectiveDiameter,
            Diameter = paths?.DiameterAtLeast,
            DiameterAtMost = paths?.DiameterAtMost,
            MaxCore = maxCore,
            ArticulationPoints = articulationPoints,
            Robustness = Robustness is { } curves ? Summarize(curves) : null,
        };
    }

    private static RobustnessSummary Summarize(Robustness curves) => new()
    {
        RandomR = curves.RandomRMean,
        TargetedR = curves.TargetedR,
        AdaptiveR = curves.AdaptiveR,
        RandomHalvedAt = curves.RandomHalvedAt,
        TargetedHalvedAt = curves.TargetedHalvedAt,
        AdaptiveHalvedAt = curves.AdaptiveHalvedAt,
    };
}
