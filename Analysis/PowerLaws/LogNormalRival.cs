using MathNet.Numerics;

namespace GossipSim.Analysis;

/// <summary>
/// The rounded log-normal law, P(x) proportional to the normal probability of ln(x - 1/2) .. ln(x + 1/2), cut off
/// below xmin.
/// </summary>
/// <remarks>
/// Fitted in z0 = (ln(xmin - 1/2) - mu)/sigma and the hazard there. As z0 grows at a fixed hazard, the law tends to
/// a rounded power law: on true power-law data the likelihood rises that way without end, which is reported as
/// degenerate.
/// </remarks>
internal static class LogNormalRival
{
    private const double DegenerateFrom = 1e3;
    private const double Farthest = 1e6;

    public static RivalLaw Fit(PowerLawTail tail)
    {
        double hazard = Math.Max(tail.Alpha - 1, 0.1);
        (double First, double Second) optimum = RivalOptimum.Minimize(
            (logHazard, position) => MeanNegativeLog(tail, logHazard, position),
            new[] { -1.0, 1.0, 3.0 }.Select(position => (Math.Log(hazard), position)));
        (double z0, double inverseSigma) = Parameters(optimum.First, optimum.Second);
        double origin = Math.Log(tail.Xmin - 0.5);
        return new RivalLaw(tail.PerValue(x => LogProbability(x, origin, z0, inverseSigma)), z0 > DegenerateFrom);
    }

    private static double MeanNegativeLog(PowerLawTail tail, double logHazard, double position)
    {
        (double z0, double inverseSigma) = Parameters(logHazard, position);
        double origin = Math.Log(tail.Xmin - 0.5);
        double mean = -tail.Mean(x => LogProbability(x, origin, z0, inverseSigma));
        return double.IsFinite(mean) ? mean : double.MaxValue;
    }

    /// <summary>(z + sqrt(z^2 + 4))/2 is positive and near the hazard of the normal law for z >= 0.</summary>
    private static (double Z0, double InverseSigma) Parameters(double logHazard, double position)
    {
        double z0 = Math.Min(Math.Sinh(Math.Clamp(position, -20, 20)), Farthest);
        double root = Math.Sqrt(z0 * z0 + 4);
        double hazard = z0 >= 0 ? (z0 + root) / 2 : 2 / (root - z0);
        return (z0, Math.Exp(logHazard) / hazard);
    }

    private static double LogProbability(double x, double origin, double z0, double inverseSigma)
    {
        double from = inverseSigma * (Math.Log(x - 0.5) - origin);
        double width = inverseSigma * Math.Log((x + 0.5) / (x - 0.5));
        double lower = z0 + from, upper = lower + width;
        // ln P = ln[Q(lower) - Q(upper)] - ln Q(z0), in the form that does not cancel.
        if (upper < 0) return Math.Log(Below(upper) - Below(lower)) - LogAbove(z0);
        if (lower < 0) return Math.Log(1 - Below(lower) - Above(upper)) - LogAbove(z0);
        double drop = -width * (lower + upper) / 2 + Math.Log(ScaledAbove(upper) / ScaledAbove(lower));
        double mass = Math.Log(-double.ExpM1(drop));
        return z0 < 0
            ? LogAbove(lower) + mass - LogAbove(z0)
            : -from * (lower + z0) / 2 + Math.Log(ScaledAbove(lower) / ScaledAbove(z0)) + mass;
    }

    private static double Above(double z) => 0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2);

    private static double Below(double z) => Above(-z);

    private static double LogAbove(double z) =>
        z < 0 ? double.LogP1(-Below(z)) : -z * z / 2 + Math.Log(ScaledAbove(z));

    /// <summary>e^(z^2/2) Q(z) for z >= 0; Laplace's continued fraction where erfc nears underflow.</summary>
    private static double ScaledAbove(double z)
    {
        if (z < 6) return Math.Exp(z * z / 2) * Above(z);

        double fraction = z;
        for (int k = 40; k >= 1; k--) fraction = z + k / fraction;
        return 1 / (fraction * Constants.Sqrt2Pi);
    }
}
