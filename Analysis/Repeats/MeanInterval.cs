using MathNet.Numerics.Distributions;

namespace GossipSim.Analysis;

/// <summary>
/// The mean of independent repeats and where the true mean lies, by Student's t (Student 1908). The repeats are taken
/// for roughly normal: of very skewed ones a few repeats promise too much.
/// </summary>
/// <param name="HalfWidth">
/// The interval reaches so far to either side of the mean; null for a single repeat, which says nothing of the others.
/// </param>
/// <param name="Level">How often such intervals hold the true mean, such as 0.95.</param>
public sealed record MeanInterval(
    int Count, double Mean, double StandardDeviation, double Minimum, double Maximum, double? HalfWidth, double Level)
{
    public const double UsualLevel = 0.95;

    public double? Low => Mean - HalfWidth;

    public double? High => Mean + HalfWidth;

    /// <summary>Throws <see cref="ArgumentException"/> without a value, or when one is not finite.</summary>
    public static MeanInterval Of(ReadOnlySpan<double> values, double level = UsualLevel)
    {
        if (values.IsEmpty) throw new ArgumentException("There is no repeat.", nameof(values));
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"{value} is no figure.", nameof(values));
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        // Equal repeats have no spread, and rounding shall not give them one.
        if (least == most) return new(values.Length, least, 0, least, most, values.Length > 1 ? 0 : null, level);
        var (mean, variance) = MeanAndVariance(values);
        var reach = Quantile(level, values.Length - 1) * Math.Sqrt(variance / values.Length);
        return new(values.Length, mean, Math.Sqrt(variance), least, most, reach, level);
    }

    /// <summary>How many standard errors an interval of that level reaches.</summary>
    internal static double Quantile(double level, double degreesOfFreedom) =>
        StudentT.InvCDF(0, 1, degreesOfFreedom, 1 - ((1 - level) / 2));

    /// <summary>In one pass (Welford 1962); the variance divides by n - 1.</summary>
    internal static (double Mean, double Variance) MeanAndVariance(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var off = values[i] - mean;
            mean += off / (i + 1);
            squares += off * (values[i] - mean);
        }

        return (mean, values.Length > 1 ? squares / (values.Length - 1) : 0);
    }
}
