namespace GossipSim.Analysis;

/// <summary>The time axis of latency figures: logarithmic where a linear one would squeeze most of the data.</summary>
internal static class LatencyAxis
{
    /// <summary>From a largest value of this many medians on, a linear axis is mostly empty; our choice.</summary>
    private const double LongTail = 6;

    public static Axis For(string label, IReadOnlyList<double> milliseconds)
    {
        double[] positive = [.. milliseconds.Where(value => value > 0).Order()];
        if (positive.Length == 0) return new Axis(label) { Minimum = 0 };

        double median = Percentile.NearestRank(positive, 50);
        double largest = positive[^1];
        if (largest < LongTail * median) return new Axis(label) { Minimum = 0 };

        // One value near zero must not stretch the axis by decades.
        double low = Math.Max(positive[0], median / 1000);
        return new Axis(label) { Scale = AxisScale.Logarithmic, Minimum = low / 1.2, Maximum = largest * 1.1 };
    }
}
