namespace GossipSim.Analysis;

/// <summary>
/// The discrete stretched exponential (Weibull) law with P(X >= x) = exp(-rho ((x/xmin)^b - 1)/b), b > 0. For b to 0
/// it becomes a power law; a best fit there is reported as degenerate.
/// </summary>
internal static class StretchedExponentialRival
{
    private const double DegenerateBelow = 1e-6;
    private const double SmallestExponent = 1e-12;

    public static RivalLaw Fit(PowerLawTail tail)
    {
        double hazard = Math.Log(Math.Max(tail.Alpha - 1, 0.1));
        (double First, double Second) optimum = RivalOptimum.Minimize(
            (logRate, logExponent) => MeanNegativeLog(tail, logRate, logExponent),
            new[] { -6.0, -2.0, 0.0 }.Select(logExponent => (hazard, logExponent)));
        (double rate, double exponent) = Parameters(optimum.First, optimum.Second);
        return new RivalLaw(
            tail.PerValue(x => LogProbability(x, tail.Xmin, rate, exponent)), exponent < DegenerateBelow);
    }

    private static double MeanNegativeLog(PowerLawTail tail, double logRate, double logExponent)
    {
        (double rate, double exponent) = Parameters(logRate, logExponent);
        double mean = -tail.Mean(x => LogProbability(x, tail.Xmin, rate, exponent));
        return double.IsFinite(mean) ? mean : double.MaxValue;
    }

    private static (double Rate, double Exponent) Parameters(double logRate, double logExponent) =>
        (Math.Exp(logRate), Math.Max(Math.Exp(Math.Min(logExponent, 5)), SmallestExponent));

    private static double LogProbability(double x, double xmin, double rate, double exponent)
    {
        double log = exponent * Math.Log(x / xmin);
        double width = Math.Exp(log) * double.ExpM1(exponent * double.LogP1(1 / x)) / exponent;
        return -rate * double.ExpM1(log) / exponent + Math.Log(-double.ExpM1(-rate * width));
    }
}
