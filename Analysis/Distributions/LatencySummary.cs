namespace GossipSim.Analysis;

/// <summary>Count, mean, nearest-rank percentiles and maximum of latencies in milliseconds; null when empty.</summary>
public sealed record LatencySummary(int Count, double? Mean, double? P50, double? P90, double? P99, double? Max)
{
    public static LatencySummary Of(ReadOnlySpan<double> milliseconds)
    {
        if (milliseconds.IsEmpty) return new LatencySummary(0, null, null, null, null, null);

        double[] ascending = milliseconds.ToArray();
        Array.Sort(ascending);
        return new LatencySummary(
            ascending.Length,
            ascending.Average(),
            Percentile.NearestRank(ascending, 50),
            Percentile.NearestRank(ascending, 90),
            Percentile.NearestRank(ascending, 99),
            ascending[^1]);
    }
}
