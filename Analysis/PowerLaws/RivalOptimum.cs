using MathNet.Numerics;
using MathNet.Numerics.Optimization;

namespace GossipSim.Analysis;

/// <summary>
/// The minimum of a smooth function of two well-scaled parameters: a simplex finds the valley, Newton's method with
/// five-point differences its bottom. The simplex alone stops where the function is flat within rounding, which is
/// not precise enough for the variance in the likelihood-ratio test.
/// </summary>
internal static class RivalOptimum
{
    private const double Step = 2e-3;

    public static (double First, double Second) Minimize(
        Func<double, double, double> function, IEnumerable<(double First, double Second)> starts)
    {
        (double, double) best = default;
        double lowest = double.PositiveInfinity;
        foreach ((double First, double Second) start in starts)
        {
            (double, double) found = Polish(function, Descend(function, start));
            double value = function(found.Item1, found.Item2);
            if (value < lowest) (best, lowest) = (found, value);
        }
        return best;
    }

    private static (double, double) Descend(Func<double, double, double> function, (double, double) start)
    {
        for (int restart = 0; restart < 3; restart++)
        {
            try
            {
                start = FindMinimum.OfFunction(function, start.Item1, start.Item2, 1e-13, 2000);
            }
            catch (MaximumIterationsException)
            {
                return start;
            }
        }
        return start;
    }

    /// <summary>Keeps a step only while the function does not rise, so a valley without bottom is left alone.</summary>
    private static (double, double) Polish(Func<double, double, double> f, (double X, double Y) at)
    {
        for (int iteration = 0; iteration < 4; iteration++)
        {
            (double x, double y) = at;
            double gx = Slope(h => f(x + h, y)), gy = Slope(h => f(x, y + h));
            double xx = Slope(k => Slope(h => f(x + k + h, y)));
            double yy = Slope(k => Slope(h => f(x, y + k + h)));
            double xy = Slope(k => Slope(h => f(x + h, y + k)));
            double determinant = xx * yy - xy * xy;
            if (!(determinant > 0) || !(xx > 0)) break;

            (double X, double Y) next = (x - (gx * yy - gy * xy) / determinant, y - (gy * xx - gx * xy) / determinant);
            if (!(f(next.X, next.Y) <= f(x, y) + 1e-13)) break;
            at = next;
        }
        return at;
    }

    private static double Slope(Func<double, double> f) =>
        (8 * (f(Step) - f(-Step)) - (f(2 * Step) - f(-2 * Step))) / (12 * Step);
}
