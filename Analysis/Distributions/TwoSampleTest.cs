namespace GossipSim.Analysis;

/// <summary>
/// Whether two samples of independent values may come from one distribution: the two-sided Kolmogorov-Smirnov test.
/// </summary>
/// <param name="Distance">Largest gap between the two empirical distributions, from 0 to 1.</param>
/// <param name="PValue">Chance of a gap as large or larger, were the distributions the same.</param>
/// <param name="IsExact">By counting all orders of the pooled values, ties included; else by the limit law.</param>
public sealed record TwoSampleTest(double Distance, double PValue, bool IsExact)
{
    /// <summary>Our choice: so many steps of counting take about 20 ms.</summary>
    private const long MostSteps = 4_000_000;

    /// <summary>Throws <see cref="ArgumentException"/> when a sample is empty or not finite.</summary>
    public static TwoSampleTest KolmogorovSmirnov(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty) throw new ArgumentException("Both samples need at least one value.");

        ReadOnlySpan<double> a = EmpiricalDistribution.Of(first).Ascending;
        ReadOnlySpan<double> b = EmpiricalDistribution.Of(second).Ascending;
        long n = a.Length, m = b.Length, largest = 0;
        // Whether a place in the pooled order is the last of equal values: only there are the two curves drawn.
        var isStep = new bool[n + m + 1];
        for (int i = 0, j = 0; i < n || j < m;)
        {
            double x = j == m || (i < n && a[i] <= b[j]) ? a[i] : b[j];
            while (i < n && a[i] == x) i++;
            while (j < m && b[j] == x) j++;
            isStep[i + j] = true;
            largest = Math.Max(largest, Math.Abs(i * m - j * n));
        }

        double distance = (double)largest / (n * m);
        return n * m <= MostSteps
            ? new TwoSampleTest(distance, Exact((int)n, (int)m, largest, isStep), IsExact: true)
            : new TwoSampleTest(distance, Asymptotic(n, m, distance), IsExact: false);
    }

    /// <summary>
    /// The share of all orders in which the curves come so far apart somewhere: Hodges' recursion over the lattice
    /// ("The significance probability of the Smirnov two-sample test", 1958), given the ties. Every order is equally
    /// likely, so the last value before (i, j) is of the first sample with probability i/(i+j).
    /// </summary>
    private static double Exact(int n, int m, long largest, bool[] isStep)
    {
        var parted = new double[m + 1];
        for (int i = 0; i <= n; i++)
        {
            for (int j = 0; j <= m; j++)
            {
                if (isStep[i + j] && Math.Abs((long)i * m - (long)j * n) >= largest) parted[j] = 1;
                else if (i + j == 0) parted[j] = 0;
                else parted[j] = (i * (i == 0 ? 0 : parted[j]) + j * (j == 0 ? 0 : parted[j - 1])) / (i + j);
            }
        }
        return Math.Min(1, parted[m]);
    }

    /// <summary>Kolmogorov's limit law with the correction of Stephens (1970) for finite samples.</summary>
    private static double Asymptotic(long n, long m, double distance)
    {
        double root = Math.Sqrt((double)n * m / (n + m));
        double x = (root + 0.12 + 0.11 / root) * distance, sum = 0;
        if (x < 0.2) return 1;
        for (int k = 1; k <= 100; k++)
        {
            double term = Math.Exp(-2 * (double)k * k * x * x);
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-17) break;
        }
        return Math.Clamp(2 * sum, 0, 1);
    }
}
