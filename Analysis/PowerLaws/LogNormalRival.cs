using MathNet.Numerics.Integration;

namespace GossipSim.Analysis;

/// <summary>
/// The rounded log-normal law, P(x) proportional to the normal probability of ln(x - 1/2) .. ln(x + 1/2), cut off
/// below xmin.
/// </summary>
/// <remarks>
/// Written as a density e^(-A u - B u^2/2) of u = ln(x/(xmin - 1/2)): B is 1/sigma^2, and at B = 0, where sigma is
/// infinite, it is the rounded power law with exponent A + 1. Where the likelihood is highest there, the log-normal
/// has nothing to say of its own, which is reported as degenerate. All integrals are sums over Gauss-Legendre nodes,
/// so that nothing cancels however far out in the normal tail the data lie.
/// </remarks>
internal sealed class LogNormalRival
{
    private static readonly GaussLegendreRule FewNodes = new(-1, 1, 8);
    private static readonly GaussLegendreRule ManyNodes = new(-1, 1, 24);

    /// <summary>An interval over which the density changes less than this is exact with few nodes.</summary>
    private const double FewNodesUpTo = 0.5;

    private const double FirstGuessOfB = 0.01;

    /// <summary>
    /// A panel is 2 sigma wide or loses four powers of e: less than a hundred of them hold all that counts.
    /// </summary>
    private const int MostPanels = 1_000;

    private readonly PowerLawTail tail;

    /// <summary>Mean of u: the unit of u inside, so that A and B are of order one.</summary>
    private readonly double unit;
    private readonly double[] starts;
    private readonly double[] widths;

    private long steps;

    private LogNormalRival(PowerLawTail tail)
    {
        this.tail = tail;
        double origin = tail.Xmin - 0.5;
        unit = tail.Mean(x => NearZero.LogP1((x - tail.Xmin + 0.5) / origin));
        starts = Array.ConvertAll(tail.Values, x => NearZero.LogP1((x - tail.Xmin) / origin) / unit);
        widths = Array.ConvertAll(tail.Values, x => NearZero.LogP1(1 / (x - 0.5)) / unit);
    }

    public static RivalLaw Fit(PowerLawTail tail) => new LogNormalRival(tail).Fit();

    private RivalLaw Fit()
    {
        double atLimit = RivalOptimum.MaximizeFirst(At, 1, 0);
        if (At(atLimit, 0).Second <= 0) return Law(atLimit, 0, isDegenerate: true);

        double variance = 0;
        for (int i = 0; i < starts.Length; i++)
            variance += tail.Counts[i] * Math.Pow(starts[i] + widths[i] / 2 - 1, 2) / tail.Total;
        (double First, double Second)? optimum = RivalOptimum.Maximize(
            At, [(atLimit, FirstGuessOfB), (-1 / variance, 1 / variance)]);
        return optimum is { } found ? Law(found.First, found.Second, isDegenerate: false)
            : RivalLaw.NotConverged(tail, steps);
    }

    private RivalLaw Law(double a, double b, bool isDegenerate)
    {
        double whole = Above(a, b, 0);
        var logProbabilities = new double[starts.Length];
        for (int i = 0; i < starts.Length; i++)
            logProbabilities[i] = Sums(a, b, starts[i], widths[i]).Moments(a, b).Log - whole;
        double origin = tail.Xmin - 0.5;
        double AtLeast(double x) =>
            Math.Exp(Above(a, b, NearZero.LogP1((x - tail.Xmin) / origin) / unit) - whole);

        return new RivalLaw(logProbabilities, isDegenerate, AtLeast, steps);
    }

    /// <summary>Mean log-likelihood; slopes are differences of moments of u, curvatures of covariances.</summary>
    private Curvature At(double a, double b)
    {
        if (!(b >= 0) || (b == 0 && !(a > 0))) return new Curvature(double.NaN, 0, 0, 0, 0, 0);
        MomentSums all = From(a, b, 0);
        steps += all.Steps;
        NormalMoments whole = all.Moments(a, b);
        double value = 0, first = 0, second = 0, aa = 0, ab = 0, bb = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            MomentSums sums = Sums(a, b, starts[i], widths[i]);
            steps += sums.Steps;
            NormalMoments part = sums.Moments(a, b);
            double weight = (double)tail.Counts[i] / tail.Total;
            value += weight * (part.Log - whole.Log);
            first += weight * (whole.Mean - part.Mean);
            second += weight * (whole.HalfSquare - part.HalfSquare);
            aa += weight * (part.Variance - whole.Variance);
            ab += weight * (part.Covariance - whole.Covariance);
            bb += weight * (part.VarianceOfHalfSquare - whole.VarianceOfHalfSquare);
        }
        return new Curvature(value, first, second, aa, ab, bb);
    }

    private static MomentSums Sums(double a, double b, double start, double width)
    {
        double middle = start + width / 2;
        GaussLegendreRule rule = (Math.Abs(a + b * middle) + b * width) * width < FewNodesUpTo ? FewNodes : ManyNodes;
        var sums = new MomentSums(middle);
        sums.Add(rule, a, b, start, width);
        return sums;
    }

    /// <summary>ln of the integral from here on.</summary>
    private static double Above(double a, double b, double from) => From(a, b, from).Moments(a, b).Log;

    /// <summary>In panels over which the density changes by no more than a few powers of e.</summary>
    private static MomentSums From(double a, double b, double from)
    {
        double mode = b > 0 ? Math.Max(from, -a / b) : from;
        var sums = new MomentSums(mode);
        double farLeft = b > 0 ? mode - Math.Sqrt(100 / b) : from;
        double left = Math.Max(from, farLeft);
        for (int panel = 0; panel < MostPanels; panel++)
        {
            double slope = Math.Abs(a + b * left);
            double width = Math.Min(4 / slope, b > 0 ? 2 / Math.Sqrt(b) : double.PositiveInfinity);
            double before = sums.Total;
            sums.Add(ManyNodes, a, b, left, width);
            left += width;
            if (left > mode && sums.Total - before <= ZetaMoments.Negligible * sums.Total) return sums;
            if (!double.IsFinite(sums.Total)) return sums;
        }
        sums.GiveUp();
        return sums;
    }

    /// <summary>Moments of u under e^(-A u - B u^2/2), cut to some interval.</summary>
    private readonly record struct NormalMoments(
        double Log, double Mean, double HalfSquare, double Variance, double Covariance, double VarianceOfHalfSquare);

    /// <summary>Power sums about a center near the bulk, from which variances follow without cancellation.</summary>
    private struct MomentSums(double center)
    {
        private double one;
        private double two;
        private double three;
        private double four;

        /// <summary>Not a number once the limit of panels was reached.</summary>
        public double Total { get; private set; }

        public int Steps { get; private set; }

        public void GiveUp() => Total = double.NaN;

        public void Add(GaussLegendreRule rule, double a, double b, double start, double width)
        {
            Steps += rule.Order;
            for (int node = 0; node < rule.Order; node++)
            {
                double v = start + width / 2 * (1 + rule.GetAbscissa(node)) - center;
                double mass = rule.GetWeight(node) * width / 2 * Math.Exp(-v * (a + b * (center + v / 2)));
                Total += mass;
                one += mass * v;
                two += mass * v * v;
                three += mass * v * v * v;
                four += mass * v * v * v * v;
            }
        }

        public readonly NormalMoments Moments(double a, double b)
        {
            double v1 = one / Total, v2 = two / Total, v3 = three / Total, v4 = four / Total, m = center;
            double variance = v2 - v1 * v1, skew = v3 - v1 * v2;
            return new NormalMoments(
                Math.Log(Total) - m * (a + b * m / 2),
                m + v1,
                m * m / 2 + m * v1 + v2 / 2,
                variance,
                m * variance + skew / 2,
                m * m * variance + m * skew + (v4 - v2 * v2) / 4);
        }
    }
}
