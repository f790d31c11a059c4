namespace GossipSim.Analysis;

/// <summary>Moments of the degrees over all nodes, and how the degrees of neighbors go together.</summary>
public sealed record DegreeMoments
{
    public required int Min { get; init; }

    public required int Max { get; init; }

    public required double Mean { get; init; }

    /// <summary>Mean square of the deviation from the mean, over all nodes (not n - 1).</summary>
    public required double Variance { get; init; }

    /// <summary>Third central moment over the third power of the deviation; null where all degrees are equal.</summary>
    public required double? Skewness { get; init; }

    /// <summary>
    /// Mean square over mean. Above 2 a random graph with these degrees has a giant component (Molloy and Reed 1995);
    /// null without an edge.
    /// </summary>
    public required double? SecondMomentRatio { get; init; }

    /// <summary>
    /// Pearson's correlation of the degrees at both ends of an edge (Newman 2002), exact but for one rounding; null
    /// without an edge, and where all ends have one degree.
    /// </summary>
    public required double? Assortativity { get; init; }

    /// <summary>Null for a graph without nodes.</summary>
    public static DegreeMoments? Of(Graph graph)
    {
        if (graph.Nodes == 0) return null;
        int min = int.MaxValue, max = 0;
        Int128 squares = 0, cubes = 0;
        for (int node = 0; node < graph.Nodes; node++)
        {
            int degree = graph.Degree(node);
            (min, max) = (Math.Min(min, degree), Math.Max(max, degree));
            squares += (long)degree * degree;
            cubes += (Int128)((long)degree * degree) * degree;
        }

        Int128 n = graph.Nodes, sum = graph.Ends;
        // Times n squared and n cubed, so that the sums stay whole.
        Int128 second = n * squares - sum * sum;
        Int128 third = n * n * cubes - 3 * n * sum * squares + 2 * sum * sum * sum;
        double variance = (double)second / ((double)n * (double)n);
        return new DegreeMoments
        {
            Min = min,
            Max = max,
            Mean = (double)graph.Ends / graph.Nodes,
            Variance = variance,
            Skewness = second == 0 ? null : (double)third / Math.Pow((double)second, 1.5),
            SecondMomentRatio = graph.Ends == 0 ? null : (double)squares / graph.Ends,
            Assortativity = Correlation(graph, squares, cubes),
        };
    }

    /// <summary>Over the ends of edges the sums are those of the squares and cubes over nodes.</summary>
    private static double? Correlation(Graph graph, Int128 squares, Int128 cubes)
    {
        Int128 products = 0;
        for (int node = 0; node < graph.Nodes; node++)
        {
            long neighbors = 0;
            foreach (int neighbor in graph.Neighbors(node)) neighbors += graph.Degree(neighbor);
            products += (Int128)neighbors * graph.Degree(node);
        }

        Int128 spread = graph.Ends * cubes - squares * squares;
        return spread == 0 ? null : (double)(graph.Ends * products - squares * squares) / (double)spread;
    }
}
