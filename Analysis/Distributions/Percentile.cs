namespace GossipSim.Analysis;

/// <summary>Percentiles by nearest rank: always a value that was observed.</summary>
public static class Percentile
{
    /// <summary>
    /// The smallest value with at least <paramref name="percent"/> percent of the sample at or below it (definition 1
    /// of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996), so it is where the ECDF reaches that
    /// height. The sample is ascending and not empty; percent lies in (0, 100].
    /// </summary>
    public static double NearestRank(ReadOnlySpan<double> ascending, double percent)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ascending.Length, nameof(ascending));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);

        // 99.9 percent of 1000 is not 999 in floating point: a hair is taken off before rounding up.
        double rank = Math.Ceiling(ascending.Length * percent / 100 - 1e-9);
        return ascending[Math.Max((int)rank, 1) - 1];
    }
}
