namespace GossipSim.Analysis;

/// <summary>
/// Shortest paths of a graph, over the pairs of nodes that a path connects: of all of them, or from a sample of the
/// nodes to all.
/// </summary>
public sealed record PathLengths
{
    /// <summary>How many nodes paths were followed from; equal to the nodes of the graph where all is exact.</summary>
    public required int Sources { get; init; }

    public required bool IsExact { get; init; }

    /// <summary>Null where no two nodes are connected.</summary>
    public required double? Mean { get; init; }

    /// <summary>Of the mean, from the choice of sources; 0 where exact, null with a single source.</summary>
    public required double? MeanStandardError { get; init; }

    /// <summary>
    /// Within what distance nine of ten connected pairs lie, interpolated between whole distances (Leskovec, Kleinberg
    /// and Faloutsos 2005); null where no two nodes are connected.
    /// </summary>
    public required double? EffectiveDiameter { get; init; }

    /// <summary>The longest of the shortest paths within a component: at least so long. Null without nodes.</summary>
    public required int? DiameterAtLeast { get; init; }

    /// <summary>At most so long; equal to the other bound where the diameter is known.</summary>
    public required int? DiameterAtMost { get; init; }

    /// <summary>
    /// The least that a node's farthest node, among those it reaches, can be away: 0 where a node is alone. Null
    /// without nodes and where not exact.
    /// </summary>
    public required int? Radius { get; init; }

    /// <summary>
    /// Pairs of nodes by distance from 1 on: exact counts of unordered pairs, or of ordered pairs from the sources.
    /// </summary>
    public required IReadOnlyList<long> PairsByDistance { get; init; }

    public static PathLengths Of(Graph graph, GraphComponents components, GraphOptions options) =>
        PathSearch.Of(graph, components, options);
}
