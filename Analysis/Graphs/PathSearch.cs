namespace GossipSim.Analysis;

/// <summary>Measures the shortest paths of a graph, exactly or from a sample of its nodes.</summary>
internal static class PathSearch
{
    private const double EffectiveShare = 0.9;

    /// <summary>The stream of random numbers that chooses sources.</summary>
    private const ulong SourceStream = 0x50415448;

    public static PathLengths Of(Graph graph, GraphComponents components, GraphOptions options)
    {
        bool isExact = graph.Nodes <= options.ExactPathNodes;
        int[] sources = isExact
            ? [.. Enumerable.Range(0, graph.Nodes)]
            : NodeSample.Of(graph.Nodes, options.PathSources, options.RandomSeed, SourceStream);
        SourceTally[] tallies = Search(graph, sources, !isExact, options.Threads);
        long[] pairs = Merge(tallies);
        int[] eccentricities = [.. tallies.SelectMany(tally => tally.Eccentricities)];
        int? farthest = eccentricities.Length == 0 ? null : eccentricities.Max();
        int? atMost = farthest;
        if (!isExact)
            (farthest, atMost) = DiameterSearch.Bounds(graph, components, farthest!.Value, options.DiameterPasses);
        var (mean, error) = MeanOf(pairs, tallies, graph.Nodes, sources.Length);
        return new PathLengths
        {
            Sources = sources.Length,
            IsExact = isExact,
            Mean = mean,
            MeanStandardError = error,
            EffectiveDiameter = EffectiveDiameter(pairs),
            DiameterAtLeast = farthest,
            DiameterAtMost = atMost,
            Radius = isExact && eccentricities.Length > 0 ? eccentricities.Min() : null,
            PairsByDistance = [.. pairs.Skip(1).Select(count => isExact ? count / 2 : count)],
        };
    }

    /// <summary>Passes share nothing, and sums of whole numbers do not depend on who adds them.</summary>
    private static SourceTally[] Search(Graph graph, int[] sources, bool countsSources, int threads)
    {
        int[][] passes = [.. sources.Chunk(ManySourceSearch.MostSources)];
        var tallies = new SourceTally[passes.Length];
        Parallel.For(
            0, passes.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) },
            () => new ManySourceSearch(graph),
            (pass, _, search) =>
            {
                tallies[pass] = search.Run(passes[pass], countsSources);
                return search;
            },
            _ => { });
        return tallies;
    }

    private static long[] Merge(SourceTally[] tallies)
    {
        var pairs = new long[tallies.Length == 0 ? 1 : tallies.Max(tally => tally.Pairs.Count)];
        foreach (SourceTally tally in tallies)
            for (int distance = 0; distance < tally.Pairs.Count; distance++)
                pairs[distance] += tally.Pairs[distance];
        return pairs;
    }

    /// <summary>
    /// A ratio of sums over the sources, distances to nodes reached, with its standard error for a sample without
    /// replacement (Cochran 1977, section 6.4).
    /// </summary>
    private static (double? Mean, double? Error) MeanOf(long[] pairs, SourceTally[] tallies, int nodes, int sources)
    {
        double sum = 0, count = 0;
        for (int distance = 1; distance < pairs.Length; distance++)
            (sum, count) = (sum + (double)distance * pairs[distance], count + pairs[distance]);
        if (count == 0) return (null, null);
        double mean = sum / count;
        if (sources == nodes) return (mean, 0);
        if (sources < 2) return (mean, null);
        double squares = 0;
        foreach (SourceTally tally in tallies)
        {
            for (int i = 0; i < tally.Eccentricities.Length; i++)
            {
                double off = tally.DistanceSums![i] - mean * tally.ReachedNodes![i];
                squares += off * off;
            }
        }

        double meanReached = count / sources, left = 1 - (double)sources / nodes;
        return (mean, Math.Sqrt(left * squares / (sources - 1.0) / sources) / meanReached);
    }

    private static double? EffectiveDiameter(long[] pairs)
    {
        long all = pairs.Skip(1).Sum();
        if (all == 0) return null;
        double wanted = EffectiveShare * all;
        long before = 0;
        for (int distance = 1; ; distance++)
        {
            if (before + pairs[distance] >= wanted) return distance - 1 + (wanted - before) / pairs[distance];
            before += pairs[distance];
        }
    }
}
