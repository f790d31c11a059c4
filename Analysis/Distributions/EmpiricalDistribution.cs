namespace GossipSim.Analysis;

/// <summary>The empirical distribution function of a sample: F(x) is the share of values at most x.</summary>
public sealed class EmpiricalDistribution
{
    private readonly double[] ascending;

    private EmpiricalDistribution(double[] ascending) => this.ascending = ascending;

    public int Count => ascending.Length;

    /// <summary>The sample in ascending order.</summary>
    public ReadOnlySpan<double> Ascending => ascending;

    /// <summary>Throws <see cref="ArgumentException"/> for a value that is not finite.</summary>
    public static EmpiricalDistribution Of(ReadOnlySpan<double> values)
    {
        double[] ascending = values.ToArray();
        if (!Array.TrueForAll(ascending, double.IsFinite))
            throw new ArgumentException("An empirical distribution needs finite values.", nameof(values));

        Array.Sort(ascending);
        return new EmpiricalDistribution(ascending);
    }

    /// <summary>The share of values at most x; 0 for an empty sample.</summary>
    public double At(double x) => Count == 0 ? 0 : (double)AtMost(x) / Count;

    /// <summary>
    /// The staircase: (start, 0), then F after each distinct value. Start is the smaller of the smallest value and
    /// <paramref name="start"/>, so that the curve always rises from 0.
    /// </summary>
    public IReadOnlyList<PlotPoint> Steps(double start = 0)
    {
        if (Count == 0) return [];

        var steps = new List<PlotPoint> { new(Math.Min(start, ascending[0]), 0) };
        for (int i = 1; i <= Count; i++)
            if (i == Count || ascending[i] != ascending[i - 1])
                steps.Add(new PlotPoint(ascending[i - 1], (double)i / Count));
        return steps;
    }

    private int AtMost(double x)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ascending[middle] <= x) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
