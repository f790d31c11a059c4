namespace GossipSim.Analysis;

/// <summary>
/// The discrete stretched exponential (Weibull) law with P(X >= x) = exp(-rho ((x/xmin)^b - 1)/b), b > 0. At b = 0 it
/// is a power law; where the likelihood is highest there, that is reported as degenerate.
/// </summary>
/// <remarks>
/// With A(l) the integral of e^(bu) from 0 to l = ln(x/xmin), P(X >= x) = e^(-rho A): all derivatives in b are such
/// integrals with powers of u.
/// </remarks>
internal sealed class StretchedExponentialRival
{
    /// <summary>Where to look for the top: the b at which the largest value weighs like this power of e.</summary>
    private static readonly double[] Steepness = [0.01, 0.1, 0.5, 1, 2, 4, 8, 16, 32];

    private readonly PowerLawTail tail;
    private readonly double[] logs;
    private readonly double[] widths;

    private long steps;

    private StretchedExponentialRival(PowerLawTail tail)
    {
        this.tail = tail;
        logs = Array.ConvertAll(tail.Values, LogOver);
        widths = Array.ConvertAll(tail.Values, x => NearZero.LogP1(1 / x));
    }

    public static RivalLaw Fit(PowerLawTail tail) => new StretchedExponentialRival(tail).Fit();

    private double LogOver(double x) => NearZero.LogP1((x - tail.Xmin) / tail.Xmin);

    private RivalLaw Fit()
    {
        double atLimit = RivalOptimum.MaximizeFirst(At, Math.Log(Math.Max(tail.Alpha - 1, 0.1)), 0);
        Curvature limit = At(atLimit, 0);
        var starts = new List<(double First, double Second)>();
        double bestStart = double.NegativeInfinity;
        foreach (double steepness in Steepness)
        {
            double exponent = steepness / logs[^1];
            double logRate = RivalOptimum.MaximizeFirst(At, -Math.Log(MeanA(exponent)), exponent);
            double value = At(logRate, exponent).Value;
            if (!(value > bestStart)) continue;
            bestStart = value;
            starts.Insert(0, (logRate, exponent));
        }

        bool risesFromLimit = limit.Second > 0;
        if (!risesFromLimit && bestStart <= limit.Value) return Law(atLimit, 0, isDegenerate: true);
        (double First, double Second)? optimum = RivalOptimum.Maximize(At, starts.Take(1));
        if (optimum is null) return RivalLaw.NotConverged(tail, steps);
        return optimum is { } found && At(found.First, found.Second).Value > limit.Value
            ? Law(found.First, found.Second, isDegenerate: false)
            : Law(atLimit, 0, isDegenerate: true);
    }

    private double MeanA(double exponent)
    {
        double mean = 0;
        for (int i = 0; i < logs.Length; i++)
            mean += tail.Counts[i] * (ExponentialIntegral(0, exponent, logs[i] + widths[i] / 2) / tail.Total);
        return mean;
    }

    private RivalLaw Law(double logRate, double exponent, bool isDegenerate)
    {
        double rate = Math.Exp(logRate);
        var logProbabilities = new double[logs.Length];
        for (int i = 0; i < logs.Length; i++)
        {
            double width = Math.Exp(exponent * logs[i]) * ExponentialIntegral(0, exponent, widths[i]);
            logProbabilities[i] =
                -rate * ExponentialIntegral(0, exponent, logs[i]) + Math.Log(-NearZero.ExpM1(-rate * width));
        }
        return new RivalLaw(
            logProbabilities, isDegenerate, x => Math.Exp(-rate * ExponentialIntegral(0, exponent, LogOver(x))),
            steps);
    }

    /// <summary>Mean of ln p = -rho A + g(rho W), g(w) = ln(1 - e^-w), in ln rho and b.</summary>
    private Curvature At(double logRate, double b)
    {
        steps += logs.Length;
        double rate = Math.Exp(logRate);
        double value = 0, first = 0, second = 0, rr = 0, rb = 0, bb = 0;
        for (int i = 0; i < logs.Length; i++)
        {
            double l = logs[i], w = widths[i], growth = Math.Exp(b * l);
            double w0 = ExponentialIntegral(0, b, w), w1 = ExponentialIntegral(1, b, w);
            double w2 = ExponentialIntegral(2, b, w);
            // W and its derivatives in b: integrals from l to l + w of e^(bu), u e^(bu) and u^2 e^(bu).
            double step = rate * growth * w0, stepB = rate * growth * (l * w0 + w1);
            double stepBB = rate * growth * (l * l * w0 + 2 * l * w1 + w2);
            double a = rate * ExponentialIntegral(0, b, l), aB = rate * ExponentialIntegral(1, b, l);
            double aBB = rate * ExponentialIntegral(2, b, l);
            double slope = 1 / NearZero.ExpM1(step), bend = -slope * (1 + slope);
            double weight = (double)tail.Counts[i] / tail.Total;
            double byRate = -a + step * slope;
            value += weight * (-a + Math.Log(-NearZero.ExpM1(-step)));
            first += weight * byRate;
            second += weight * (-aB + stepB * slope);
            rr += weight * (byRate + step * step * bend);
            rb += weight * (-aB + stepB * slope + step * stepB * bend);
            bb += weight * (-aBB + stepBB * slope + stepB * stepB * bend);
        }
        return new Curvature(value, first, second, rr, rb, bb);
    }

    /// <summary>The integral of u^power e^(bu) from 0 to l, power 0 to 2, without cancellation at small b.</summary>
    private static double ExponentialIntegral(int power, double b, double l)
    {
        double t = b * l;
        if (power == 0) return t == 0 ? l : NearZero.ExpM1(t) / b;
        if (Math.Abs(t) > 1)
        {
            double growth = Math.Exp(t);
            return power == 1
                ? (t * growth - NearZero.ExpM1(t)) / (b * b)
                : (t * t * growth - 2 * t * growth + 2 * NearZero.ExpM1(t)) / (b * b * b);
        }
        // The sum of t^k / (k! (k + power + 1)).
        double sum = 0, term = 1;
        for (int k = 0; k < 24; k++)
        {
            sum += term / (k + power + 1);
            term *= t / (k + 1);
        }
        return sum * (power == 1 ? l * l : l * l * l);
    }
}
