namespace GossipSim.Engine.Simulation;

/// <summary>
/// The inverse of the gamma distribution function with scale 1, that is of the regularized incomplete gamma function
/// P(a, x) (DLMF 8.2.4). Newton's method on its logarithm as a function of ln x, which is concave (Prekopa 1973: the
/// density of ln X is log-concave), so that the steps come to the root from one side and cannot swing.
/// Relative error below 1e-10 for shapes from 0.05 to 1000.
/// </summary>
internal static class StandardGamma
{
    /// <summary>Our choice: far beyond what any shape up to 1000 needs. Then the value reached is returned.</summary>
    private const int StepLimit = 100;

    private const int TermLimit = 10_000;

    /// <summary>In ln x. The next step would be about its square.</summary>
    private const double SmallStep = 1e-9;

    /// <summary>In ln x: far from the root the distribution function is flat and its tangent points anywhere.</summary>
    private const double LargestStep = 1;

    /// <summary>DLMF 5.11.1: B(2k) / (2k (2k - 1)), the coefficients of Stirling's series.</summary>
    private static readonly double[] Stirling =
        [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156];

    /// <param name="shape">Positive.</param>
    /// <param name="unit">In (0, 1).</param>
    public static double Quantile(double shape, double unit)
    {
        var logGamma = LogGamma(shape);
        // Each tail by itself: the smaller share is the one that a double holds exactly.
        var isUpper = unit > 0.5;
        var wanted = Math.Log(isUpper ? 1 - unit : unit);
        // P(a, x) < x^a / Gamma(a + 1): the root lies above this.
        var logX = (Math.Log(unit) + logGamma + Math.Log(shape)) / shape;
        for (var count = 0; count < StepLimit; count++)
        {
            var x = Math.Exp(logX);
            var logDensity = (shape * logX) - x - logGamma;
            var logShare = LogShare(shape, x, logDensity, isUpper);
            var slope = Math.Exp(logDensity - logShare);
            var step = (isUpper ? logShare - wanted : wanted - logShare) / slope;
            // Where the density is too small for a double, slope 0, the root lies towards the middle.
            if (double.IsNaN(step)) break;
            logX += Math.Clamp(step, -LargestStep, LargestStep);
            if (Math.Abs(step) < SmallStep) break;
        }

        return Math.Exp(logX);
    }

    /// <summary>ln Gamma(x) for x > 0, by Stirling's series where it is exact to a double (x >= 10).</summary>
    internal static double LogGamma(double x)
    {
        // Gamma(x) = Gamma(x + n) / (x (x + 1) ... (x + n - 1)).
        var shifted = 1.0;
        while (x < 10) shifted *= x++;
        var inverseSquare = 1 / (x * x);
        var series = 0.0;
        for (var k = Stirling.Length - 1; k >= 0; k--) series = (series * inverseSquare) + Stirling[k];
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (series / x) - Math.Log(shifted);
    }

    /// <summary>ln P(a, x) or ln Q(a, x), each from the expansion that converges where x is.</summary>
    /// <param name="logDensity">ln(x^a e^-x / Gamma(a)), the density of ln X.</param>
    private static double LogShare(double shape, double x, double logDensity, bool isUpper)
    {
        if (x < shape + 1)
        {
            var logLower = logDensity + Math.Log(LowerSeries(shape, x));
            return isUpper ? Log1p(-Math.Exp(logLower)) : logLower;
        }

        var logUpper = logDensity + Math.Log(UpperFraction(shape, x));
        return isUpper ? logUpper : Log1p(-Math.Exp(logUpper));
    }

    /// <summary>DLMF 8.11.4: P(a, x) = x^a e^-x / Gamma(a) times the sum of x^k / (a (a + 1) ... (a + k)).</summary>
    private static double LowerSeries(double shape, double x)
    {
        var term = 1 / shape;
        var sum = term;
        for (var k = 1; k < TermLimit && term > sum * 1e-17; k++)
        {
            term *= x / (shape + k);
            sum += term;
        }

        return sum;
    }

    /// <summary>DLMF 8.9.2, its even part, by Lentz's method: Q(a, x) / (x^a e^-x / Gamma(a)).</summary>
    private static double UpperFraction(double shape, double x)
    {
        var b = x + 1 - shape;
        var c = double.MaxValue;
        var d = 1 / b;
        var value = d;
        for (var k = 1; k < TermLimit; k++)
        {
            var numerator = k * (shape - k);
            b += 2;
            d = 1 / ((numerator * d) + b);
            c = b + (numerator / c);
            var factor = c * d;
            value *= factor;
            if (Math.Abs(factor - 1) < 1e-16) break;
        }

        return value;
    }

    /// <summary>ln(1 + x), right for small x too (Kahan's correction of the rounding in 1 + x).</summary>
    private static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
