namespace GossipSim.Analysis;

/// <summary>
/// The distinct values of a sample in ascending order with what a fit at any of them needs: how many values are at
/// least as large, and the sum of their logarithms. With it nothing but the first counting costs time in proportion
/// to the sample.
/// </summary>
internal sealed class ValueHistogram
{
    private ValueHistogram(double[] values, int[] counts)
    {
        int distinct = values.Length;
        Values = values;
        Counts = counts;
        Logs = new double[distinct];
        NextLogs = new double[distinct];
        CountFrom = new int[distinct + 1];
        LogSumFrom = new double[distinct + 1];
        for (int i = distinct - 1; i >= 0; i--)
        {
            Logs[i] = Math.Log(values[i]);
            NextLogs[i] = Math.Log(values[i] + 1);
            CountFrom[i] = CountFrom[i + 1] + counts[i];
            LogSumFrom[i] = LogSumFrom[i + 1] + counts[i] * Logs[i];
        }
    }

    /// <summary>Distinct integers as doubles; exact up to 2^53.</summary>
    public double[] Values { get; }

    public int[] Counts { get; }

    /// <summary>ln v of each distinct value, and ln(v + 1), both asked for by every candidate xmin.</summary>
    public double[] Logs { get; }

    public double[] NextLogs { get; }

    /// <summary>Values of at least Values[i]; one more entry, 0, at the end.</summary>
    public int[] CountFrom { get; }

    public double[] LogSumFrom { get; }

    public int Distinct => Values.Length;

    public int Total => CountFrom[0];

    public double Largest => Values[^1];

    /// <summary>Counts the values of at least 1 and says how many were smaller.</summary>
    public static ValueHistogram Of(ReadOnlySpan<long> values, out int excluded)
    {
        var kept = new long[values.Length];
        int count = 0;
        foreach (long value in values)
            if (value >= 1) kept[count++] = value;
        excluded = values.Length - count;

        Span<long> sorted = kept.AsSpan(0, count);
        sorted.Sort();
        return OfSorted(sorted);
    }

    /// <summary>Takes what a sampler made: ascending distinct values, each with a count of at least one.</summary>
    public static ValueHistogram OfDistinct(List<double> values, List<int> counts) =>
        new([.. values], [.. counts]);

    private static ValueHistogram OfSorted(ReadOnlySpan<long> sorted)
    {
        var values = new List<double>();
        var counts = new List<int>();
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                values.Add(sorted[i]);
                counts.Add(0);
            }
            counts[^1]++;
        }
        return new ValueHistogram([.. values], [.. counts]);
    }
}
