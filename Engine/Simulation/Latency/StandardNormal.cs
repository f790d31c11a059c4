namespace GossipSim.Engine.Simulation;

/// <summary>
/// The inverse of the standard normal distribution function by P. J. Acklam's rational approximations (2003): relative
/// error below 1.2e-9, far below the microsecond to which latencies are rounded.
/// </summary>
internal static class StandardNormal
{
    private const double Tail = 0.02425;

    private static readonly double[] CentralNumerator =
    [
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
        1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00,
    ];

    private static readonly double[] CentralDenominator =
    [
        -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
        6.680131188771972e+01, -1.328068155288572e+01, 1,
    ];

    private static readonly double[] TailNumerator =
    [
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
        -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00,
    ];

    private static readonly double[] TailDenominator =
    [
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1,
    ];

    /// <param name="unit">In (0, 1).</param>
    public static double Quantile(double unit)
    {
        if (unit > 1 - Tail) return -LowerTail(1 - unit);
        if (unit < Tail) return LowerTail(unit);
        var centered = unit - 0.5;
        var square = centered * centered;
        return centered * Polynomial(CentralNumerator, square) / Polynomial(CentralDenominator, square);
    }

    private static double LowerTail(double unit)
    {
        var root = Math.Sqrt(-2 * Math.Log(unit));
        return Polynomial(TailNumerator, root) / Polynomial(TailDenominator, root);
    }

    private static double Polynomial(double[] coefficients, double at)
    {
        var value = 0.0;
        foreach (var coefficient in coefficients) value = (value * at) + coefficient;
        return value;
    }
}
