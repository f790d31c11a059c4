namespace GossipSim.Analysis;

/// <summary>Size, degrees and connected components of an undirected overlay.</summary>
public sealed record OverlaySummary
{
    public required int Nodes { get; init; }

    /// <summary>Distinct links: loops and repetitions, in either direction, are not counted.</summary>
    public required int Edges { get; init; }

    public required int Components { get; init; }

    /// <summary>Nodes of the largest component / nodes; 0 for no nodes.</summary>
    public required double LargestComponentFraction { get; init; }

    public required int IsolatedNodes { get; init; }

    public required int DegreeMax { get; init; }

    public required double DegreeMean { get; init; }

    /// <summary>Degree of each node by its index.</summary>
    public required IReadOnlyList<int> Degrees { get; init; }

    /// <summary>
    /// Nodes are 0 .. nodes - 1; throws <see cref="ArgumentOutOfRangeException"/> for an edge outside.
    /// </summary>
    public static OverlaySummary Of(int nodes, ReadOnlySpan<(int A, int B)> edges)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nodes);
        var degrees = new int[nodes];
        var components = new DisjointSets(nodes);
        var known = new HashSet<long>(edges.Length);
        foreach ((int a, int b) in edges)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(a, b), nameof(edges));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(a, b), nodes, nameof(edges));
            if (a == b || !known.Add(((long)Math.Min(a, b) << 32) | (uint)Math.Max(a, b))) continue;

            degrees[a]++;
            degrees[b]++;
            components.Join(a, b);
        }
        return new OverlaySummary
        {
            Nodes = nodes,
            Edges = known.Count,
            Components = components.Count,
            LargestComponentFraction = nodes == 0 ? 0 : (double)components.LargestSize / nodes,
            IsolatedNodes = degrees.Count(degree => degree == 0),
            DegreeMax = nodes == 0 ? 0 : degrees.Max(),
            DegreeMean = nodes == 0 ? 0 : 2.0 * known.Count / nodes,
            Degrees = degrees,
        };
    }
}
