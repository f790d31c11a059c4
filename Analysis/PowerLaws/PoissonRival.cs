using MathNet.Numerics;

namespace GossipSim.Analysis;

/// <summary>The Poisson law cut off below xmin; its mean is fitted, not that of the whole sample.</summary>
internal static class PoissonRival
{
    /// <summary>Below this many the terms are added one by one; far out they hardly differ from each other.</summary>
    private const double MostTerms = 20_000;
    private const int MostSteps = 200;

    public static RivalLaw Fit(PowerLawTail tail)
    {
        double xmin = tail.Xmin;
        double mu = MeanBeforeCut(xmin, tail.MeanExcess);
        double ratio = TailOverFirst(mu, xmin);
        double logTail = double.IsFinite(ratio) ? Math.Log(ratio) : mu - xmin * Math.Log(mu) + LogFactorial(xmin);
        double LogProbability(double x) => (x - xmin) * Math.Log(mu) - LogRising(x, xmin) - logTail;

        return new RivalLaw(
            tail.PerValue(LogProbability), Degenerate: false,
            // Where p(x) is too small to matter all the rest is still to come.
            x => TailOverFirst(mu, x) is var rest && double.IsFinite(rest) ? Math.Exp(LogProbability(x)) * rest : 1);
    }

    /// <summary>
    /// The mean of the cut-off law, mu + xmin p(xmin)/P(X >= xmin), grows with mu and is never below mu. Newton's
    /// method between bounds; P(X >= xmin)/p(xmin) grows with ln mu by the mean excess.
    /// </summary>
    private static double MeanBeforeCut(double xmin, double meanExcess)
    {
        double low = 0, high = xmin + meanExcess, mu = Math.Max(meanExcess, high - xmin / (1 + meanExcess));
        for (int step = 0; step < MostSteps; step++)
        {
            double rest = xmin / TailOverFirst(mu, xmin);
            double excess = mu - xmin + rest, missing = meanExcess - excess;
            if (missing > 0) low = mu;
            else high = mu;
            double next = mu + missing / (1 - rest * excess / mu);
            if (!(next > low && next < high)) next = (low + high) / 2;
            if (Math.Abs(next - mu) <= 1e-15 * mu) return next;
            mu = next;
        }
        return mu;
    }

    /// <summary>P(X >= xmin) / p(xmin); infinite where p(xmin) is too small to matter.</summary>
    private static double TailOverFirst(double mu, double xmin)
    {
        double sum = 1, term = 1, x = xmin + 1;
        for (; term > ZetaMoments.Negligible * sum && double.IsFinite(sum); x++)
        {
            if (x - xmin > MostTerms) return sum + SmoothRest(mu, xmin, x);
            term *= mu / x;
            sum += term;
        }
        return sum;
    }

    /// <summary>Neighboring terms differ by the factor mu/x: near 1, or their sum would long be done.</summary>
    private static double SmoothRest(double mu, double xmin, double from)
    {
        double logMu = Math.Log(mu), sum = 0;
        double Term(double x) => Math.Exp((x - xmin) * logMu - LogRising(x, xmin));

        for (int i = 0; i < SmoothSum.EndWeights.Length; i++) sum += SmoothSum.EndWeights[i] * Term(from + i);
        for (double left = from; ;)
        {
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
