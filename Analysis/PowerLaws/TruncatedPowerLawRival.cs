namespace GossipSim.Analysis;

/// <summary>
/// The power law with an exponential cutoff, p(x) proportional to x^-alpha e^(-lambda x), lambda >= 0. It contains
/// the power law at lambda = 0; where that is the best cutoff, nothing can be compared and the ratio is zero.
/// </summary>
/// <remarks>
/// One evaluation of the likelihood sums at most <see cref="MostTerms"/> terms and <see cref="MostPanels"/> panels;
/// parameters that would need more count as outside the domain, so that the search turns back from them.
/// </remarks>
internal sealed class TruncatedPowerLawRival
{
    /// <summary>
    /// Terms that change by more than 5 % from one integer to the next are summed one by one. There are at most some
    /// 6,000 of them that count: a peak as wide as 180 integers has such terms only where nothing is left of it.
    /// </summary>
    internal const int MostTerms = 20_000;

    /// <summary>Each panel is about as wide as the peak or multiplies x by 1 + 2/sqrt(|alpha| + 1).</summary>
    internal const int MostPanels = 2_000;

    /// <summary>
    /// Below this integer the derivatives of ln x are too large for the correction at the lower end.
    /// </summary>
    private const double SmoothFrom = 20;

    /// <summary>So many widths from the peak a term is below 1e-18 of it.</summary>
    private const double Widths = 9;

    private readonly PowerLawTail tail;

    /// <summary>The unit of x - xmin inside: both parameters are then of order one.</summary>
    private readonly double unit;

    private long steps;

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
        if (optimum is not { } found) return RivalLaw.NotConverged(tail, steps);

        (double alpha, double cutoff) = (found.First, found.Second / unit);
        double logNormalizer = LogNormalizer(alpha, cutoff, tail.Xmin);
        double LogProbability(double x) =>
            -alpha * LogOver(x, tail.Xmin) - cutoff * (x - tail.Xmin) - logNormalizer;

        return new RivalLaw(
            tail.PerValue(LogProbability), Degenerate: false,
            x => Math.Exp(LogProbability(x) + LogNormalizer(alpha, cutoff, x)), steps);
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
        MomentSums sums = Sums(alpha, cutoff / unit, tail.Xmin, unit);
        steps += sums.Steps;
        Moments law = sums.Moments();
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
    internal static double LogNormalizer(double alpha, double cutoff, double q) => SumFrom(alpha, cutoff, q).Log;

    /// <summary>The same, not a number where a limit was reached, with the steps that it took.</summary>
    internal static (double Log, int Steps) SumFrom(double alpha, double cutoff, double q)
    {
        MomentSums sums = Sums(alpha, cutoff, q, 1);
        return (sums.Moments().Log, sums.Steps);
    }

    /// <summary>
    /// Term by term until a step changes so little that the rest is an integral with a correction (or until it is
    /// used up), then in panels over which the terms change by no more than a few powers of e.
    /// </summary>
    private static MomentSums Sums(double alpha, double cutoff, double q, double unit)
    {
        double peak = Math.Max(q, -alpha / cutoff);
        var sums = new MomentSums(alpha, cutoff, q, unit, peak);
        double first = FirstExcess(alpha, cutoff, q, peak);
        for (int i = 0; i < MostTerms; i++)
        {
            double excess = first + i;
            if (IsSmooth(alpha, cutoff, q + excess))
            {
                for (int end = 0; end < SmoothSum.EndWeights.Length; end++)
                    sums.Add(excess + end, SmoothSum.EndWeights[end]);
                AddIntegral(ref sums, alpha, cutoff, q, excess, peak);
                return sums;
            }

            double term = sums.Add(excess, 1);
            double fall = cutoff + alpha / (q + excess);
            if (q + excess > peak && term < ZetaMoments.Negligible * sums.Total * fall) return sums;
            if (!double.IsFinite(sums.Total)) return sums;
        }
        sums.GiveUp();
        return sums;
    }

    /// <summary>
    /// Where terms begin to count, as a distance from q. Left of the peak at -alpha/cutoff they fall like a normal
    /// density of width sqrt(-alpha)/cutoff, and in any case like the power x^-alpha.
    /// </summary>
    private static double FirstExcess(double alpha, double cutoff, double q, double peak)
    {
        if (!(peak > q)) return 0;
        double byWidth = peak - 12 * (Math.Sqrt(-alpha) / cutoff + 1);
        double byPower = peak * Math.Exp(-1 - 50 / -alpha);
        return Math.Max(0, Math.Floor(Math.Max(byWidth, byPower)) - q);
    }

    /// <summary>
    /// Whether terms change by less than 5 % from one integer to the next here and wherever they count from here on.
    /// Right of the peak the slope rises to the cutoff, but does not get there before nothing is left.
    /// </summary>
    private static bool IsSmooth(double alpha, double cutoff, double x)
    {
        double here = Math.Abs(alpha / x + cutoff);
        double width = Math.Sqrt(Math.Max(-alpha, 0)) / cutoff;
        double later = Math.Min(cutoff, Widths / width);
        double bend = Math.Sqrt(Math.Abs(alpha)) / x;
        return x >= SmoothFrom && Math.Max(Math.Max(here, later), bend) <= SmoothSum.SmoothBelow;
    }

    private static void AddIntegral(
        ref MomentSums sums, double alpha, double cutoff, double q, double from, double peak)
    {
        double excess = from;
        for (int panel = 0; panel < MostPanels; panel++)
        {
            double left = q + excess;
            double slope = Math.Abs(alpha / left + cutoff);
            double width = Math.Min(4 / slope, 2 * left / Math.Sqrt(Math.Abs(alpha) + 1));
            double before = sums.Total;
            for (int node = 0; node < SmoothSum.Rule.Order; node++)
            {
                sums.Add(
                    excess + width / 2 * (1 + SmoothSum.Rule.GetAbscissa(node)),
                    SmoothSum.Rule.GetWeight(node) * width / 2);
            }
            excess += width;
            bool isUsedUp = sums.Total - before <= ZetaMoments.Negligible * sums.Total;
            if ((q + excess > peak && isUsedUp) || !double.IsFinite(sums.Total)) return;
        }
        sums.GiveUp();
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

        /// <summary>Not a number once a limit was reached.</summary>
        public double Total { get; private set; }

        public int Steps { get; private set; }

        public void GiveUp() => Total = double.NaN;

        public double Add(double excess, double weight)
        {
            Steps++;
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
