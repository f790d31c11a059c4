using MathNet.Numerics.Integration;

namespace GossipSim.Analysis;

/// <summary>
/// Sums over all integers from somewhere on of a function that hardly changes from one to the next: its integral, and
/// Gregory's correction at the lower end, which needs the function at a few integers and no derivatives.
/// </summary>
internal static class SmoothSum
{
    /// <summary>
    /// With twelve of Gregory's coefficients a function that changes by less than this share per integer is summed to
    /// the last digits: the first coefficient left out weighs 0.005 x 0.05^12.
    /// </summary>
    public const double SmoothBelow = 0.05;

    public static readonly GaussLegendreRule Rule = new(-1, 1, 20);

    /// <summary>
    /// What the values at the first integers count beside the integral from the first on: Gregory's coefficients 1/2,
    /// -1/12, 1/24, -19/720, ... times the binomials of the differences.
    /// </summary>
    public static readonly double[] EndWeights = MakeEndWeights();

    private static double[] MakeEndWeights()
    {
        const int Order = 12;
        // sum over k of c(k) / (n + 1 - k + 1) = 0 for n > 0, c(0) = 1: the series of z / ln(1 + z).
        var gregory = new double[Order + 1];
        gregory[0] = 1;
        for (int n = 1; n <= Order; n++)
        {
            double sum = 0;
            for (int k = 0; k < n; k++) sum += ((n - k) % 2 == 0 ? 1 : -1) * gregory[k] / (n - k + 1);
            gregory[n] = -sum;
        }

        // The sum is the integral plus the coefficients 1.. times the differences 0.., both signs as they are.
        var weights = new double[Order];
        for (int n = 0; n < Order; n++)
        {
            double binomial = 1;
            for (int j = 0; j <= n; j++)
            {
                weights[j] += gregory[n + 1] * ((n - j) % 2 == 0 ? 1 : -1) * binomial;
                binomial *= (double)(n - j) / (j + 1);
            }
        }
        return weights;
    }
}
