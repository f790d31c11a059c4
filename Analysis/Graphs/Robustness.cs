namespace GossipSim.Analysis;

/// <summary>
/// Share of all nodes in the largest component after a share of the nodes was taken away, in three orders: at random,
/// by degree, and by the degree that is left at each step. Shares are 0, 1, ... 100 percent, rounded down to nodes.
/// </summary>
public sealed record Robustness
{
    public const int Steps = 100;

    private const int MostOrders = 20;
    private const int FewestOrders = 3;

    /// <summary>Our choice: the larger a graph, the less two random orders differ.</summary>
    private const int NodesInAll = 2_000_000;

    /// <summary>Shares of nodes removed, the x of all curves.</summary>
    public required IReadOnlyList<double> Fractions { get; init; }

    /// <summary>Mean over the random orders.</summary>
    public required IReadOnlyList<double> Random { get; init; }

    /// <summary>The least of the random orders at each fraction.</summary>
    public required IReadOnlyList<double> RandomLow { get; init; }

    public required IReadOnlyList<double> RandomHigh { get; init; }

    public required IReadOnlyList<double> Targeted { get; init; }

    public required IReadOnlyList<double> Adaptive { get; init; }

    /// <summary>R of each random order.</summary>
    public required IReadOnlyList<double> RandomR { get; init; }

    /// <summary>Mean of the random orders.</summary>
    public required double RandomRMean { get; init; }

    public required double TargetedR { get; init; }

    public required double AdaptiveR { get; init; }

    /// <summary>
    /// Least share of the nodes whose loss leaves no component with half of all nodes: median of the random orders.
    /// </summary>
    public required double RandomHalvedAt { get; init; }

    public required double TargetedHalvedAt { get; init; }

    public required double AdaptiveHalvedAt { get; init; }

    /// <summary>Null for a graph without nodes.</summary>
    public static Robustness? Of(Graph graph, int threads)
    {
        if (graph.Nodes == 0) return null;
        int orders = Math.Clamp(NodesInAll / graph.Nodes, FewestOrders, MostOrders);
        var curves = new RobustnessCurve[orders + 2];
        // The adaptive order takes longest to find, so it is begun first.
        Parallel.For(
            0, curves.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) },
            index => curves[index] = RobustnessCurve.Of(graph, index switch
            {
                0 => RemovalOrder.ByRemainingDegree(graph),
                1 => RemovalOrder.ByDegree(graph),
                _ => RemovalOrder.Random(graph.Nodes, index - 2),
            }));
        return Of(adaptive: curves[0], targeted: curves[1], random: curves[2..]);
    }

    private static Robustness Of(RobustnessCurve adaptive, RobustnessCurve targeted, RobustnessCurve[] random)
    {
        double[][] shares = [.. random.Select(Shares)];
        return new Robustness
        {
            Fractions = [.. Enumerable.Range(0, Steps + 1).Select(step => (double)step / Steps)],
            Random = [.. Enumerable.Range(0, Steps + 1).Select(step => shares.Average(curve => curve[step]))],
            RandomLow = [.. Enumerable.Range(0, Steps + 1).Select(step => shares.Min(curve => curve[step]))],
            RandomHigh = [.. Enumerable.Range(0, Steps + 1).Select(step => shares.Max(curve => curve[step]))],
            Targeted = Shares(targeted),
            Adaptive = Shares(adaptive),
            RandomR = [.. random.Select(curve => curve.R!.Value)],
            RandomRMean = random.Average(curve => curve.R!.Value),
            TargetedR = targeted.R!.Value,
            AdaptiveR = adaptive.R!.Value,
            RandomHalvedAt = random.Select(curve => curve.HalvedAt!.Value).Order().ElementAt(random.Length / 2),
            TargetedHalvedAt = targeted.HalvedAt!.Value,
            AdaptiveHalvedAt = adaptive.HalvedAt!.Value,
        };
    }

    private static double[] Shares(RobustnessCurve curve) =>
    [
        .. Enumerable.Range(0, Steps + 1)
            .Select(step => (double)curve.LargestAfter((int)((long)curve.Nodes * step / Steps)) / curve.Nodes),
    ];
}
