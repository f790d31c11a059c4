using MathNet.Numerics.Integration;

namespace GossipSim.Analysis;

/// <summary>
/// The power law with an exponential cutoff, p(x) proportional to x^-alpha e^(-lambda x), lambda >= 0. It contains
/// the power law at lambda = 0; where that is the best cutoff, nothing can be compared and the ratio is zero.
/// </summary>
internal static class TruncatedPowerLawRival
{
    private const int SummedTerms = 2000;
    private const int MostSummedTerms = 50_000;
    private const int PanelsOrder = 24;

    public static RivalLaw Fit(PowerLawTail tail)
    {
        if (PowerLawIsBest(tail)) return new RivalLaw(tail.LogProbabilities, Degenerate: true);

        // The cutoff is measured in tail means, so both parameters are of order one.
        double scale = tail.MeanExcess + 1;
        (double First, double Second) optimum = RivalOptimum.Minimize(
            (alpha, logCutoff) =>
                alpha * tail.MeanLog + Cutoff(logCutoff, scale) * tail.MeanExcess
                + LogNormalizer(alpha, Cutoff(logCutoff, scale), tail.Xmin),
            [(tail.Alpha - 0.1, -3), (0, 0)]);
        double alpha = optimum.First, cutoff = Cutoff(optimum.Second, scale);
        double logNormalizer = LogNormalizer(alpha, cutoff, tail.Xmin);
        return new RivalLaw(
            tail.PerValue(x => -alpha * Math.Log(x / tail.Xmin) - cutoff * (x - tail.Xmin) - logNormalizer),
            Degenerate: false);
    }

    private static double Cutoff(double logCutoff, double scale) => Math.Exp(Math.Clamp(logCutoff, -40, 20)) / scale;

    /// <summary>
    /// The likelihood is concave in (alpha, lambda), and its slope in lambda at the fitted power law is the law's
    /// mean less the sample's: at most zero means that no cutoff is the best one.
    /// </summary>
    private static bool PowerLawIsBest(PowerLawTail tail)
    {
        if (tail.Alpha <= 2) return false;
        double mean = tail.Xmin * ZetaMoments.Of(tail.Alpha - 1, tail.Xmin).Normalizer
            / ZetaMoments.Of(tail.Alpha, tail.Xmin).Normalizer;
        return mean <= tail.Xmin + tail.MeanExcess;
    }

    /// <summary>
    /// ln of the sum of (x/q)^-alpha e^(-lambda(x - q)) over x = q, q+1, ...: terms first, then the Euler-Maclaurin
    /// midpoint rule, whose integral is taken in ln x.
    /// </summary>
    internal static double LogNormalizer(double alpha, double cutoff, double q)
    {
        double Term(double x) => Math.Exp(-alpha * Math.Log(x / q) - cutoff * (x - q));

        double sum = 0, x = q;
        double peak = -alpha / cutoff;
        double end = q + Math.Clamp(2 * peak, SummedTerms, MostSummedTerms);
        for (; x < end; x++)
        {
            double term = Term(x);
            sum += term;
            if (x > peak && term < ZetaMoments.Negligible * sum * Math.Min(cutoff, 1)) return Math.Log(sum);
            if (double.IsInfinity(sum)) return double.MaxValue;
        }

        double from = x - 0.5;
        double slope = -(alpha / from + cutoff) * Term(from);
        return Math.Log(sum + Integral(t => t * Term(t), alpha, cutoff, from) + slope / 24);
    }

    /// <summary>Integral over ln t in panels of one e-fold, until the cutoff or the power has used it up.</summary>
    private static double Integral(Func<double, double> integrand, double alpha, double cutoff, double from)
    {
        double sum = 0;
        for (double left = Math.Log(from); ; left += 1)
        {
            double part = GaussLegendreRule.Integrate(u => integrand(Math.Exp(u)), left, left + 1, PanelsOrder);
            sum += part;
            bool falling = Math.Exp(left) * cutoff + alpha - 1 > 0;
            if (falling && part <= ZetaMoments.Negligible * sum) return sum;
            if (!double.IsFinite(sum)) return double.MaxValue;
        }
    }
}
