namespace GossipSim.Analysis;

/// <summary>
/// The k-core of a graph is what is left when nodes with fewer than k neighbors are taken away until none is; a node's
/// core number is the largest k whose core has it.
/// </summary>
public sealed record KCores
{
    /// <summary>By node.</summary>
    public required IReadOnlyList<int> OfNodes { get; init; }

    /// <summary>The degeneracy of the graph; null without nodes.</summary>
    public required int? Max { get; init; }

    /// <summary>Core number to the number of nodes that have it, in ascending order.</summary>
    public required IReadOnlyDictionary<int, int> Histogram { get; init; }

    /// <summary>
    /// Takes away a node of the least degree again and again, from an array that is kept sorted by exchanges (Batagelj
    /// and Zaversnik 2003): linear in nodes and edges.
    /// </summary>
    public static KCores Of(Graph graph)
    {
        var degrees = new int[graph.Nodes];
        for (int node = 0; node < degrees.Length; node++) degrees[node] = graph.Degree(node);
        int[] starts = Starts(degrees);
        var (sorted, places) = Sort(degrees, starts);
        for (int i = 0; i < sorted.Length; i++)
        {
            int node = sorted[i], degree = degrees[node];
            foreach (int neighbor in graph.Neighbors(node))
            {
                int its = degrees[neighbor];
                if (its <= degree) continue;
                // It changes places with the first of its degree, which then begins one later.
                int place = places[neighbor], first = starts[its]++, other = sorted[first];
                (sorted[place], places[other]) = (other, place);
                (sorted[first], places[neighbor]) = (neighbor, first);
                degrees[neighbor]--;
            }
        }

        return new KCores
        {
            OfNodes = degrees,
            Max = degrees.Length == 0 ? null : degrees.Max(),
            Histogram = HistogramOf(degrees),
        };
    }

    /// <summary>Where the nodes of each degree begin in an array sorted by degree.</summary>
    private static int[] Starts(int[] degrees)
    {
        var starts = new int[degrees.Length == 0 ? 1 : degrees.Max() + 2];
        foreach (int degree in degrees) starts[degree + 1]++;
        for (int degree = 1; degree < starts.Length; degree++) starts[degree] += starts[degree - 1];
        return starts;
    }

    private static (int[] Sorted, int[] Places) Sort(int[] degrees, int[] starts)
    {
        var (sorted, places, next) = (new int[degrees.Length], new int[degrees.Length], (int[])starts.Clone());
        for (int node = 0; node < degrees.Length; node++)
        {
            places[node] = next[degrees[node]]++;
            sorted[places[node]] = node;
        }

        return (sorted, places);
    }

    private static SortedDictionary<int, int> HistogramOf(int[] cores)
    {
        var histogram = new SortedDictionary<int, int>();
        foreach (IGrouping<int, int> group in cores.GroupBy(core => core)) histogram.Add(group.Key, group.Count());
        return histogram;
    }
}
