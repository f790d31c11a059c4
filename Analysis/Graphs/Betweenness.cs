namespace GossipSim.Analysis;

/// <summary>A node that lies on many shortest paths.</summary>
/// <param name="Value">
/// Over all unordered pairs of other nodes, the sum of the share of their shortest paths that leads through it.
/// </param>
/// <param name="StandardError">From the choice of pivots; 0 where exact, null with a single pivot.</param>
public readonly record struct BetweenNode(int Node, double Value, double? StandardError);

/// <summary>The nodes of the highest betweenness, from all nodes as sources or from some of them (pivots).</summary>
public sealed record Betweenness
{
    /// <summary>Most nodes that are listed.</summary>
    public const int TopCount = 10;

    private const ulong PivotStream = 0x50495654;

    /// <summary>Sums of one block are added in one order, whoever adds them: our choice of how many.</summary>
    private const int MostBlocks = 64;
    private const int FewestBlocks = 4;
    private const int BlockMemory = 1 << 24;

    public required int Pivots { get; init; }

    public required bool IsExact { get; init; }

    /// <summary>The highest first; of equals the smaller node.</summary>
    public required IReadOnlyList<BetweenNode> Top { get; init; }

    /// <summary>
    /// A pivot stands for n / pivots nodes (Brandes and Pich 2007): sums times that are unbiased, and their error is
    /// that of a sample without replacement.
    /// </summary>
    public static Betweenness Of(Graph graph, GraphOptions options)
    {
        int nodes = graph.Nodes;
        bool isExact = nodes <= options.ExactBetweennessNodes;
        int[] pivots = NodeSample.Of(
            nodes, isExact ? nodes : PivotsOf(graph, options), options.RandomSeed, PivotStream);
        isExact = pivots.Length == nodes;
        var (sums, squares) = SumUp(graph, pivots, !isExact, options.Threads);
        // Each unordered pair is met from both of its ends.
        double scale = 0.5 * nodes / Math.Max(1, pivots.Length);
        int[] top = [.. Enumerable.Range(0, nodes).OrderByDescending(node => sums[node]).Take(TopCount)];
        return new Betweenness
        {
            Pivots = pivots.Length,
            IsExact = isExact,
            Top = [.. top.Select(node => new BetweenNode(
                node, sums[node] * scale,
                squares is null ? 0 : Error(sums[node], squares[node], pivots.Length, nodes)))],
        };
    }

    private static int PivotsOf(Graph graph, GraphOptions options) => (int)Math.Max(
        options.BetweennessPivots, Math.Min(graph.Nodes, options.BetweennessSteps / (graph.Nodes + (long)graph.Ends)));

    private static double? Error(double sum, double squares, int pivots, int nodes)
    {
        if (pivots < 2) return null;
        double variance = Math.Max(0, squares - sum * sum / pivots) / (pivots - 1);
        return 0.5 * nodes * Math.Sqrt((1 - (double)pivots / nodes) * variance / pivots);
    }

    private static (double[] Sums, double[]? Squares) SumUp(Graph graph, int[] pivots, bool squares, int threads)
    {
        int blocks = Math.Clamp(BlockMemory / Math.Max(1, graph.Nodes), FewestBlocks, MostBlocks);
        blocks = Math.Clamp(blocks, 1, Math.Max(1, pivots.Length));
        var sumsOf = new double[blocks][];
        var squaresOf = new double[blocks][];
        Parallel.For(
            0, blocks, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) },
            () => new ShortestPathCounts(graph),
            (block, _, counts) =>
            {
                sumsOf[block] = new double[graph.Nodes];
                if (squares) squaresOf[block] = new double[graph.Nodes];
                for (int i = block; i < pivots.Length; i += blocks)
                    counts.Add(pivots[i], sumsOf[block], squaresOf[block]);
                return counts;
            },
            _ => { });
        return (AddUp(sumsOf), squares ? AddUp(squaresOf) : null);
    }

    private static double[] AddUp(double[][] blocks)
    {
        foreach (double[] block in blocks.AsSpan(1))
            for (int node = 0; node < block.Length; node++) blocks[0][node] += block[node];
        return blocks[0];
    }
}
