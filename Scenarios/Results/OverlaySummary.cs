using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// An overlay of live peers as a graph; the names are those of <c>analyze graph</c>. What stands below isolatedPeers is
/// null where the run was measured without it, and where a graph cannot have it.
/// </summary>
internal record OverlayGraphSummary
{
    [Unit("links")]
    public required int Edges { get; init; }
    [Unit("links")]
    public required int DegreeMax { get; init; }
    [Unit("links")]
    public required double DegreeMean { get; init; }
    [Unit("share of peers")]
    public required double LargestComponentFraction { get; init; }
    [Unit("peers")]
    public required int IsolatedPeers { get; init; }
    [Unit("components")]
    public int? Components { get; init; }
    [Unit("links squared")]
    public double? DegreeVariance { get; init; }
    [Unit("correlation")]
    [MeasuredWhen("the degrees of the overlay differ")]
    public double? Assortativity { get; init; }
    [Unit("share")]
    public double? AverageClustering { get; init; }
    [Unit("share")]
    public double? Transitivity { get; init; }
    [Unit("hops")]
    public double? AverageShortestPath { get; init; }

    /// <summary>Of the mean path, from the choice of sources; 0 where it is exact.</summary>
    [Unit("hops")]
    public double? AverageShortestPathStandardError { get; init; }

    /// <summary>From how many peers paths were followed: from all, or from a sample.</summary>
    [Unit("peers")]
    public int? PathSources { get; init; }

    [Unit("hops")]
    public double? EffectiveDiameter { get; init; }

    /// <summary>The diameter where it is equal to the next figure; otherwise it is at least this.</summary>
    [Unit("hops")]
    public int? Diameter { get; init; }

    [Unit("hops")]
    public int? DiameterAtMost { get; init; }
    [Unit("links")]
    public int? MaxCore { get; init; }
    [Unit("peers")]
    public int? ArticulationPoints { get; init; }
    [Unit("share of peers")]
    public RobustnessSummary? Robustness { get; init; }
}

/// <summary>The graph of the live peers at the end.</summary>
internal sealed record OverlaySummary : OverlayGraphSummary
{
    [SetsRequiredMembers]
    public OverlaySummary(OverlayGraphSummary graph)
        : base(graph)
    {
    }

    [JsonConstructor]
    private OverlaySummary()
    {
    }

    /// <summary>Null without a crash of a peer, and where there were too many peers to keep it.</summary>
    [MeasuredWhen("a peer crashes in an overlay that is not very large")]
    [JsonPropertyOrder(1)]
    public OverlaySnapshotSummary? BeforeFirstCrash { get; init; }
}

/// <summary>The graph of the live peers at an earlier moment.</summary>
internal sealed record OverlaySnapshotSummary : OverlayGraphSummary
{
    [SetsRequiredMembers]
    public OverlaySnapshotSummary(OverlayGraphSummary graph)
        : base(graph)
    {
    }

    [JsonConstructor]
    private OverlaySnapshotSummary()
    {
    }

    public double AtSeconds { get; init; }
    [Unit("peers")]
    public int Peers { get; init; }
}

/// <summary>
/// Index R of the largest component while peers are taken away at random, by degree, by the degree that is left; and
/// the share of peers whose loss leaves no component with half of them.
/// </summary>
internal sealed record RobustnessSummary
{
    public required double RandomR { get; init; }
    public required double TargetedR { get; init; }
    public required double AdaptiveR { get; init; }
    public required double RandomHalvedAt { get; init; }
    public required double TargetedHalvedAt { get; init; }
    public required double AdaptiveHalvedAt { get; init; }
}
