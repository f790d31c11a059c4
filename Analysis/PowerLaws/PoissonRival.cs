using MathNet.Numerics;

namespace GossipSim.Analysis;

/// <summary>The Poisson law cut off below xmin; its mean is fitted, not that of the whole sample.</summary>
/// <remarks>
/// The search for the mean takes at most <see cref="MostSteps"/> steps, each with a sum of at most
/// <see cref="MostTerms"/> terms and <see cref="MostPanels"/> panels.
/// </remarks>
internal static class PoissonRival
{
    /// <summary>Below this many the terms are added one by one; far out they hardly differ from each other.</summary>
    internal const int MostTerms = 20_000;

    /// <summary>
    /// A panel loses or gains four powers of e, or is two deviations wide: a few hundred lead from the least double
    /// to the largest.
    /// </summary>
    internal const int MostPanels = 1_000;

    internal const int MostSteps = 200;

    /// <summary>The mean excess is met to this share of itself, and no better than rounding of xmin allows.</summary>
    private const double Found = 1e-9;
    private const double Rounding = 1e-14;

    public static RivalLaw Fit(PowerLawTail tail)
    {
        double xmin = tail.Xmin;
        long steps = 0;
        if (MeanBeforeCut(xmin, tail.MeanExcess, ref steps) is not { } mu) return RivalLaw.NotConverged(tail, steps);
        double ratio = TailOverFirst(mu, xmin, ref steps);
        if (double.IsNaN(ratio)) return RivalLaw.NotConverged(tail, steps);
        double logTail = double.IsFinite(ratio) ? Math.Log(ratio) : mu - xmin * Math.Log(mu) + LogFactorial(xmin);
        double LogProbability(double x) => (x - xmin) * Math.Log(mu) - LogRising(x, xmin) - logTail;

        double AtLeast(double x)
        {
            long more = 0;
            double rest = TailOverFirst(mu, x, ref more);
            // Where p(x) is too small to matter all the rest is still to come.
            return double.IsFinite(rest) ? Math.Exp(LogProbability(x)) * rest : 1;
        }

        return new RivalLaw(tail.PerValue(LogProbability), Degenerate: false, AtLeast, steps);
    }

    /// <summary>
    /// The mean of the cut-off law, mu + xmin p(xmin)/P(X >= xmin), grows with mu and is never below mu. Newton's
    /// method between bounds; P(X >= xmin)/p(xmin) grows with ln mu by the mean excess. Null where the last step is
    /// still off.
    /// </summary>
    private static double? MeanBeforeCut(double xmin, double meanExcess, ref long steps)
    {
        double missing = double.NaN, low = 0, high = xmin + meanExcess;
        double mu = Math.Max(meanExcess, high - xmin / (1 + meanExcess));
        for (int step = 0; step < MostSteps; step++)
        {
            double rest = xmin / TailOverFirst(mu, xmin, ref steps);
            double excess = mu - xmin + rest;
            missing = meanExcess - excess;
            if (missing > 0) low = mu;
            else high = mu;
            double next = mu + missing / (1 - rest * excess / mu);
            if (!(next > low && next < high)) next = (low + high) / 2;
            if (Math.Abs(next - mu) <= 1e-15 * mu) return next;
            mu = next;
        }
        return Math.Abs(missing) <= (Found * meanExcess) + (Rounding * xmin) ? mu : null;
    }

    /// <summary>P(X >= xmin) / p(xmin); infinite where p(xmin) is too small to matter.</summary>
    private static double TailOverFirst(double mu, double xmin, ref long steps)
    {
        double sum = 1, term = 1;
        for (int i = 1; i <= MostTerms; i++)
        {
            steps++;
            term *= mu / (xmin + i);
            sum += term;
            if (!(term > ZetaMoments.Negligible * sum && double.IsFinite(sum))) return sum;
        }
        return sum + SmoothRest(mu, xmin, MostTerms + 1, ref steps);
    }

    /// <summary>
    /// Neighboring terms differ by the factor mu/x: near 1, or their sum would long be done. Not a number where the
    /// panels do not get to the end.
    /// </summary>
    private static double SmoothRest(double mu, double xmin, double fromExcess, ref long steps)
    {
        double logMu = Math.Log(mu), sum = 0, from = xmin + fromExcess, left = from;
        double Term(double x) => Math.Exp((x - xmin) * logMu - LogRising(x, xmin));

        for (int i = 0; i < SmoothSum.EndWeights.Length; i++) sum += SmoothSum.EndWeights[i] * Term(from + i);
        for (int panel = 0; panel < MostPanels; panel++)
        {
            steps += SmoothSum.Rule.Order;
            double width = Math.Min(4 / Math.Abs(Math.Log(mu / left)), 2 * Math.Sqrt(left)), part = 0;
            for (int node = 0; node < SmoothSum.Rule.Order; node++)
            {
                double x = left + width / 2 * (1 + SmoothSum.Rule.GetAbscissa(node));
                part += SmoothSum.Rule.GetWeight(node) * width / 2 * Term(x);
            }
            sum += part;
            left += width;
            if ((left > mu && part <= ZetaMoments.Negligible * sum) || !double.IsFinite(sum)) return sum;
        }
        return double.NaN;
    }

    private static double LogFactorial(double x) => SpecialFunctions.GammaLn(x + 1);

    /// <summary>ln(x!/q!): term by term where few, by Stirling's series where both are large.</summary>
    private static double LogRising(double x, double q)
    {
        if (q < 100)
            return LogFactorial(x) - LogFactorial(q);
        // ln x! = (x + 1/2) ln x - x + ..., as a difference of its two ends.
        double excess = x - q;
        return excess * (Math.Log(q) - 1) + (x + 0.5) * NearZero.LogP1(excess / q) + Stirling(x) - Stirling(q);
    }

    private static double Stirling(double x)
    {
        double inverse = 1 / x, square = inverse * inverse;
        return inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
    }
}
