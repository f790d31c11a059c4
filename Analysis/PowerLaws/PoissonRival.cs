using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace GossipSim.Analysis;

/// <summary>The Poisson law cut off below xmin; its mean is fitted, not that of the whole sample.</summary>
internal static class PoissonRival
{
    public static RivalLaw Fit(PowerLawTail tail)
    {
        double xmin = tail.Xmin, mean = xmin + tail.MeanExcess;
        // The mean of the cut-off law, mu + xmin p(xmin)/P(X >= xmin), grows with mu and is never below mu.
        double mu = Brent.FindRoot(
            m => m + xmin / TailOverFirst(m, xmin) - mean, 1e-12 * mean, mean, 1e-14 * mean, 500);
        double ratio = TailOverFirst(mu, xmin);
        double logFirst = xmin * Math.Log(mu) - mu - SpecialFunctions.GammaLn(xmin + 1);
        double logTail = double.IsFinite(ratio) ? logFirst + Math.Log(ratio) : 0;
        return new RivalLaw(
            tail.PerValue(x => x * Math.Log(mu) - mu - SpecialFunctions.GammaLn(x + 1) - logTail),
            Degenerate: false);
    }

    /// <summary>P(X >= xmin) / p(xmin); infinite where p(xmin) is too small to matter.</summary>
    private static double TailOverFirst(double mu, double xmin)
    {
        double sum = 1, term = 1;
        for (double x = xmin + 1; term > ZetaMoments.Negligible * sum && double.IsFinite(sum); x++)
        {
            term *= mu / x;
            sum += term;
        }
        return sum;
    }
}
