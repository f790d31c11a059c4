namespace GossipSim.Analysis;

/// <summary>A function of two parameters at one point, with its slopes and its curvatures.</summary>
internal readonly record struct Curvature(
    double Value, double First, double Second, double FirstFirst, double FirstSecond, double SecondSecond)
{
    public bool IsFinite => double.IsFinite(Value) && double.IsFinite(First) && double.IsFinite(Second)
        && double.IsFinite(FirstFirst) && double.IsFinite(FirstSecond) && double.IsFinite(SecondSecond);
}

/// <summary>
/// The maximum of a mean log-likelihood in two parameters, the second of which is positive: Newton's method with
/// exact derivatives, damped as Levenberg and Marquardt do. The likelihood alone would leave half of the digits open,
/// for it is flat at its top; the variance in the likelihood-ratio test needs them all.
/// </summary>
/// <remarks>
/// Each search evaluates the function at no more than <see cref="MostSteps"/> + 1 points. One that has not settled by
/// then says so.
/// </remarks>
internal static class RivalOptimum
{
    internal const int MostSteps = 200;

    /// <summary>From 1e-6 up to 1e20 by factors of four or more.</summary>
    private const int MostDampings = 64;

    /// <summary>
    /// A mean log-likelihood that one more step would raise by less than this share has settled: the log-likelihood
    /// of a million values is then known to 0.001.
    /// </summary>
    private const double Settled = 1e-9;

    /// <summary>Where the value cannot tell two points apart any more, only the slopes lead on.</summary>
    private const double Rounding = 1e-14;

    /// <summary>
    /// The highest point found from any start; null where no start has finite derivatives, or the highest climb
    /// reached its step limit before it settled.
    /// </summary>
    public static (double First, double Second)? Maximize(
        Func<double, double, Curvature> function, IEnumerable<(double First, double Second)> starts)
    {
        (double, double)? best = null;
        double highest = double.NegativeInfinity;
        foreach ((double First, double Second) start in starts)
        {
            (double First, double Second) at = start;
            Curvature here = function(at.First, at.Second);
            if (!here.IsFinite) continue;
            (at, here, bool hasSettled) = Climb(function, at, here);
            if (here.Value > highest) (best, highest) = (hasSettled ? at : null, here.Value);
        }
        return best;
    }

    private static ((double First, double Second) At, Curvature Here, bool HasSettled) Climb(
        Func<double, double, Curvature> function, (double First, double Second) at, Curvature here)
    {
        double damping = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            (double first, double second) = Step(here, damping);
            // The second parameter stays positive, and may come ten times nearer to zero in a step.
            double share = at.Second + second > 0.1 * at.Second ? 1 : 0.9 * at.Second / -second;
            (double First, double Second) next = (at.First + share * first, at.Second + share * second);
            Curvature there = function(next.First, next.Second);
            bool rises = there.IsFinite && there.Value >= here.Value - Rounding * Math.Abs(here.Value);
            if (!rises)
            {
                if (damping > 1e20) break;
                damping = Math.Max(4 * damping, 1e-6);
                continue;
            }
            bool isThere = damping == 0 && share == 1 && IsNoStep(first, at.First) && IsNoStep(second, at.Second);
            (at, here) = (next, there);
            if (isThere) break;
            damping = damping < 1e-6 ? 0 : damping / 8;
        }
        return (at, here, HasSettled(here));
    }

    /// <summary>Half the product of slopes and step is what the next step promises to gain.</summary>
    private static bool HasSettled(in Curvature here)
    {
        (double first, double second) = Step(here, 0);
        double gain = (here.First * first + here.Second * second) / 2;
        return Math.Abs(gain) <= Settled * Math.Max(1, Math.Abs(here.Value));
    }

    private static bool IsNoStep(double step, double at) => Math.Abs(step) <= 1e-13 * Math.Max(Math.Abs(at), 1e-3);

    /// <summary>Uphill by the curvature; where that bends up, damped until it bends down.</summary>
    private static (double First, double Second) Step(in Curvature at, double damping)
    {
        double scaleFirst = Math.Abs(at.FirstFirst) + 1e-300, scaleSecond = Math.Abs(at.SecondSecond) + 1e-300;
        double first = 0, second = 0, determinant = 0;
        for (int tries = 0; tries < MostDampings; tries++)
        {
            (first, second) = (-at.FirstFirst + damping * scaleFirst, -at.SecondSecond + damping * scaleSecond);
            determinant = first * second - at.FirstSecond * at.FirstSecond;
            if (first > 0 && second > 0 && determinant > 0) break;
            damping = Math.Max(4 * damping, 1e-6);
        }
        return ((at.First * second + at.Second * at.FirstSecond) / determinant,
            (at.Second * first + at.First * at.FirstSecond) / determinant);
    }

    /// <summary>The maximum in the first parameter alone, with the second kept where it is.</summary>
    public static double MaximizeFirst(Func<double, double, Curvature> function, double first, double second)
    {
        Curvature here = function(first, second);
        double largest = 1;
        if (!here.IsFinite) return first;
        for (int step = 0; step < MostSteps; step++)
        {
            double change = here.FirstFirst < 0 ? -here.First / here.FirstFirst : Math.Sign(here.First) * largest;
            change = Math.Clamp(change, -largest, largest);
            Curvature there = function(first + change, second);
            if (!there.IsFinite || there.Value < here.Value - Rounding * Math.Abs(here.Value))
            {
                largest = Math.Abs(change) / 4;
                if (largest < 1e-14 * Math.Max(1, Math.Abs(first))) break;
                continue;
            }
            (first, here) = (first + change, there);
            if (Math.Abs(change) <= 1e-13 * Math.Max(1, Math.Abs(first))) break;
            largest *= 2;
        }
        return first;
    }
}
