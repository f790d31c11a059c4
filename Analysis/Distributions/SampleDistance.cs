namespace GossipSim.Analysis;

/// <summary>
/// How far two samples lie apart: the largest vertical gap between their ECDFs (0 to 1), the area between them
/// (Wasserstein-1, in the unit of the samples), and the second median less the first.
/// </summary>
public sealed record SampleDistance(double KolmogorovSmirnov, double Wasserstein, double MedianShift)
{
    /// <summary>Throws <see cref="ArgumentException"/> when a sample is empty or not finite.</summary>
    public static SampleDistance Between(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty) throw new ArgumentException("Both samples need at least one value.");

        ReadOnlySpan<double> a = EmpiricalDistribution.Of(first).Ascending;
        ReadOnlySpan<double> b = EmpiricalDistribution.Of(second).Ascending;
        double largest = 0, area = 0, previous = Math.Min(a[0], b[0]), gap = 0;
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            double x = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            area += gap * (x - previous);
            while (i < a.Length && a[i] == x) i++;
            while (j < b.Length && b[j] == x) j++;
            gap = Math.Abs((double)i / a.Length - (double)j / b.Length);
            largest = Math.Max(largest, gap);
            previous = x;
        }
        return new SampleDistance(largest, area, Percentile.NearestRank(b, 50) - Percentile.NearestRank(a, 50));
    }
}
