namespace GossipSim.Analysis;

/// <summary>
/// The power law with an exponential cutoff, p(x) proportional to x^-alpha e^(-lambda x), lambda >= 0. It contains
/// the power law at lambda = 0; where that is the best cutoff, nothing can be compared and the ratio is zero.
/// </summary>
internal sealed class TruncatedPowerLawRival
{
    private readonly PowerLawTail tail;

    /// <summary>The unit of x - xmin inside: both parameters are then of order one.</summary>
    private readonly double unit;

    private TruncatedPowerLawRival(PowerLawTail tail)
    {
        this.tail = tail;
        unit = tail.MeanExcess;
    }

    public static RivalLaw Fit(PowerLawTail tail) => new TruncatedPowerLawRival(tail).Fit();

    private RivalLaw Fit()
    {
        if (PowerLawIsBest()) return new RivalLaw(tail.LogProbabilities, Degenerate: true);

        double variance = tail.Mean(x => Math.Pow((x - tail.Xmin - unit) / unit, 2));
        double shape = Math.Pow((tail.Xmin + unit) / unit, 2) / variance;
        (double First, double Second)? optimum = RivalOptimum.Maximize(
            At, [(tail.Alpha - 0.1, 0.05), (0, 1), (1 - shape, (tail.Xmin + unit) / unit / variance)]);
        if (optimum is not { } found) return new RivalLaw(tail.LogProbabilities, Degenerate: true);

        (double alpha, double cutoff) = (found.First, found.Second / unit);
        double logNormalizer = LogNormalizer(alpha, cutoff, tail.Xmin);
        double LogProbability(double x) =>
            -alpha * LogOver(x, tail.Xmin) - cutoff * (x - tail.Xmin) - logNormalizer;

        return new RivalLaw(
            tail.PerValue(LogProbability), Degenerate: false,
            x => Math.Exp(LogProbability(x) + LogNormalizer(alpha, cutoff, x)));
    }

    /// <summary>
    /// The likelihood is concave in (alpha, lambda), and its slope in lambda at the fitted power law is the law's
    /// mean less the sample's: at most zero means that no cutoff is the best one.
    /// </summary>
    private bool PowerLawIsBest()
    {
        if (tail.Alpha <= 2) return false;
        double mean = tail.Xmin * ZetaMoments.Of(tail.Alpha - 1, tail.Xmin).Normalizer
            / ZetaMoments.Of(tail.Alpha, tail.Xmin).Normalizer;
        return mean <= tail.Xmin + tail.MeanExcess;
    }

    /// <summary>Mean log-likelihood; an exponential family, so its derivatives are moments of ln x and of x.</summary>
    private Curvature At(double alpha, double cutoff)
    {
        if (!(cutoff > 0)) return new Curvature(double.NaN, 0, 0, 0, 0, 0);
        Moments law = Sums(alpha, cutoff / unit, tail.Xmin, unit).Moments();
        return new Curvature(
            -alpha * tail.MeanLog - cutoff - law.Log,
            law.MeanLog - tail.MeanLog,
            law.Mean - 1,
            -law.VarianceLog,
            -law.Covariance,
            -law.Variance);
    }

    private static double LogOver(double x, double q) => NearZero.LogP1((x - q) / q);

    /// <summary>ln of the sum of (x/q)^-alpha e^(-lambda(x - q)) over x = q, q+1, ... , lambda above 0.</summary>
    internal static double LogNormalizer(double alpha, double cutoff, double q) =>
        Sums(alpha, cutoff, q, 1).Moments().Log;

    /// <summary>
    /// Term by term until a step changes so little that the rest is an integral with a correction (or until it is
    /// used up), then in panels over which the terms change by no more than a few powers of e.
    /// </summary>
    private static MomentSums Sums(double alpha, double cutoff, double q, double unit)
    {
        double peak = Math.Max(q, -alpha / cutoff);
        var sums = new MomentSums(alpha, cutoff, q, unit, peak);
        // Farther left of the peak than twelve of its widths nothing counts.
        double excess = Math.Max(0, Math.Floor(peak - 12 * (Math.Sqrt(Math.Max(-alpha, 0)) / cutoff + 1)) - q);
        for (; Math.Abs(alpha) / (q + excess) > SmoothSum.SmoothBelow || cutoff > SmoothSum.SmoothBelow; excess++)
        {
            double term = sums.Add(excess, 1);
            double fall = cutoff + alpha / (q + excess);
            if (q + excess > peak && term < ZetaMoments.Negligible * sums.Total * fall) return sums;
            if (!double.IsFinite(sums.Total)) return sums;
        }
        for (int i = 0; i < SmoothSum.EndWeights.Length; i++) sums.Add(excess + i, SmoothSum.EndWeights[i]);
        AddIntegral(ref sums, alpha, cutoff, q, q + excess, peak);
        return sums;
    }

    private static void AddIntegral(
        ref MomentSums sums, double alpha, double cutoff, double q, double from, double peak)
    {
        for (double left = from; ;)
        {
            double slope = Math.Abs(alpha / left + cutoff);
            double width = Math.Min(4 / slope, 2 * left / Math.Sqrt(Math.Abs(alpha) + 1));
            double before = sums.Total;
            for (int node = 0; node < SmoothSum.Rule.Order; node++)
            {
                double x = left + width / 2 * (1 + SmoothSum.Rule.GetAbscissa(node));
                sums.Add(x - q, SmoothSum.Rule.GetWeight(node) * width / 2);
            }
            left += width;
            bool isUsedUp = sums.Total - before <= ZetaMoments.Negligible * sums.Total;
            if ((left > peak && isUsedUp) || !double.IsFinite(sums.Total)) return;
        }
    }

    /// <summary>Means, variances and covariance of ln(x/q) and (x - q)/unit under the law; ln of its sum.</summary>
    private readonly record struct Moments(
        double Log, double MeanLog, double Mean, double VarianceLog, double Covariance, double Variance);

    /// <summary>Terms in units of the one at the peak, so that none overflows.</summary>
    private struct MomentSums(double alpha, double cutoff, double q, double unit, double peak)
    {
        private readonly double top = -alpha * LogOver(peak, q) - cutoff * (peak - q);
        private readonly double centerLog = LogOver(peak, q);
        private readonly double center = (peak - q) / unit;
        private double log;
        private double plain;
        private double logLog;
        private double logPlain;
        private double plainPlain;

        public double Total { get; private set; }

        public double Add(double excess, double weight)
        {
            double l = NearZero.LogP1(excess / q);
            double term = Math.Exp(-alpha * l - cutoff * excess - top);
            double mass = weight * term, u = l - centerLog, v = excess / unit - center;
            Total += mass;
            log += mass * u;
            plain += mass * v;
            logLog += mass * u * u;
            logPlain += mass * u * v;
            plainPlain += mass * v * v;
            return term;
        }

        public readonly Moments Moments()
        {
            double u = log / Total, v = plain / Total;
            return new Moments(
                top + Math.Log(Total), centerLog + u, center + v,
                logLog / Total - u * u, logPlain / Total - u * v, plainPlain / Total - v * v);
        }
    }
}
