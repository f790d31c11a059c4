namespace GossipSim.Analysis;

/// <summary>
/// An undirected graph without loops and double edges, as two arrays (compressed sparse rows): the neighbors of a node
/// lie side by side, in ascending order.
/// </summary>
public sealed class Graph
{
    /// <summary>Both directions of every edge lie in one array.</summary>
    public const int MostEdges = int.MaxValue / 4;

    private readonly int[] offsets;
    private readonly int[] targets;

    private Graph(int[] offsets, int[] targets) => (this.offsets, this.targets) = (offsets, targets);

    public int Nodes => offsets.Length - 1;

    public int Edges => offsets[^1] / 2;

    /// <summary>Edges from a node to itself that were given and left out.</summary>
    public int SelfLoops { get; private init; }

    /// <summary>Edges that were given once more, in either direction, and left out.</summary>
    public int RepeatedEdges { get; private init; }

    /// <summary>Twice the edges: the sum of all degrees.</summary>
    internal int Ends => offsets[^1];

    public int Degree(int node) => offsets[node + 1] - offsets[node];

    public ReadOnlySpan<int> Neighbors(int node) => targets.AsSpan(offsets[node], offsets[node + 1] - offsets[node]);

    /// <summary>
    /// Nodes are 0 .. nodes - 1; throws <see cref="ArgumentOutOfRangeException"/> for an edge outside. Linear in nodes
    /// and edges.
    /// </summary>
    public static Graph Of(int nodes, ReadOnlySpan<(int A, int B)> edges)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nodes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(edges.Length, MostEdges, nameof(edges));
        var offsets = new int[nodes + 1];
        int loops = 0;
        foreach ((int a, int b) in edges)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(a, b), nameof(edges));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(a, b), nodes, nameof(edges));
            if (a == b)
            {
                loops++;
                continue;
            }

            offsets[a + 1]++;
            offsets[b + 1]++;
        }

        for (int node = 0; node < nodes; node++) offsets[node + 1] += offsets[node];
        int[] targets = Sorted(Scattered(edges, offsets), offsets);
        int kept = DropRepeated(targets, offsets);
        int repeated = (targets.Length - kept) / 2;
        if (repeated > 0) Array.Resize(ref targets, kept);
        return new Graph(offsets, targets) { SelfLoops = loops, RepeatedEdges = repeated };
    }

    private static int[] Scattered(ReadOnlySpan<(int A, int B)> edges, int[] offsets)
    {
        var targets = new int[offsets[^1]];
        int[] place = offsets[..^1];
        foreach ((int a, int b) in edges)
        {
            if (a == b) continue;
            targets[place[a]++] = b;
            targets[place[b]++] = a;
        }

        return targets;
    }

    /// <summary>The edges turned round, node by node: each node meets its neighbors in ascending order.</summary>
    private static int[] Sorted(int[] targets, int[] offsets)
    {
        var sorted = new int[targets.Length];
        int[] place = offsets[..^1];
        for (int node = 0; node < place.Length; node++)
            foreach (int neighbor in targets.AsSpan(offsets[node], offsets[node + 1] - offsets[node]))
                sorted[place[neighbor]++] = node;
        return sorted;
    }

    /// <summary>Moves the rows together, each with every neighbor once; gives what is left in all.</summary>
    private static int DropRepeated(int[] targets, int[] offsets)
    {
        int kept = 0, start = 0;
        for (int node = 0; node < offsets.Length - 1; node++)
        {
            int end = offsets[node + 1], before = -1;
            for (int i = start; i < end; i++)
            {
                if (targets[i] == before) continue;
                before = targets[i];
                targets[kept++] = before;
            }

            start = end;
            offsets[node + 1] = kept;
        }

        return kept;
    }
}
