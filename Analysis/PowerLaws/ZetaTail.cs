using System.Runtime.CompilerServices;

namespace GossipSim.Analysis;

/// <summary>
/// P(X >= x) of a zeta law, prepared once per (alpha, xmin) so that a value costs one exponential and a short
/// polynomial. Reused for many laws without allocating.
/// </summary>
internal sealed class ZetaTail
{
    /// <summary>Powers of e after which a probability is zero.</summary>
    private const double NothingBeyond = 800;

    private readonly double[] coefficients = new double[ZetaMoments.BernoulliOverFactorial.Length];
    private double[] below = new double[64];
    private int belowCount;
    private double alpha;
    private double xmin;
    private double logXmin;
    private double integralFactor;
    private double inverseNormalizer;

    /// <summary>Values that are summed one by one, below the reach of the series: at most some 1,200.</summary>
    public int Summed => belowCount;

    /// <summary>Makes ready for x from xmin to largest + 1; larger x work too where the series holds.</summary>
    [MethodImpl(Compiled.AtOnce)]
    public void Prepare(double alpha, double xmin, double largest)
    {
        this.alpha = alpha;
        this.xmin = xmin;
        logXmin = Math.Log(xmin);
        integralFactor = 1 / (alpha - 1);
        double rising = alpha;
        for (int k = 0; k < coefficients.Length; k++)
        {
            coefficients[k] = ZetaMoments.BernoulliOverFactorial[k] * rising;
            rising *= (alpha + 2 * k + 1) * (alpha + 2 * k + 2);
        }
        FillBelowSeries(largest);
        inverseNormalizer = 1;
        inverseNormalizer = 1 / AtLeast(xmin, logXmin);
    }

    public double AtLeast(double x, double logX)
    {
        double index = x - xmin;
        return (index < belowCount ? below[(int)index] : Series(x, logX)) * inverseNormalizer;
    }

    /// <summary>Below the reach of the series: zeta(alpha, x) = zeta(alpha, x + 1) + x^-alpha, downwards.</summary>
    [MethodImpl(Compiled.AtOnce)]
    private void FillBelowSeries(double largest)
    {
        double top = ZetaMoments.AsymptoticFrom(alpha);
        if (top <= xmin)
        {
            belowCount = 0;
            return;
        }

        // Of a steep law nothing is left long before the series would hold.
        double last = Math.Min(Math.Min(top - 1, largest + 1), xmin + Math.Ceiling(NothingBeyond * xmin / alpha));
        belowCount = (int)(last - xmin) + 1;
        if (below.Length < belowCount) below = new double[2 * belowCount];
        double sum = last == top - 1 ? Series(top, Math.Log(top)) : SumFrom(last + 1);
        for (int i = belowCount - 1; i >= 0; i--)
        {
            sum += Weight(xmin + i);
            below[i] = sum;
        }
    }

    private double SumFrom(double x)
    {
        double scale = Weight(x);
        return scale == 0 ? 0 : scale * ZetaMoments.Of(alpha, x).Normalizer;
    }

    private double Weight(double x) => Math.Exp(-alpha * (Math.Log(x) - logXmin));

    [MethodImpl(Compiled.AtOnce)]
    private double Series(double x, double logX)
    {
        double inverse = 1 / x, square = inverse * inverse;
        double sum = coefficients[^1];
        for (int k = coefficients.Length - 2; k >= 0; k--) sum = sum * square + coefficients[k];
        return Math.Exp(-alpha * (logX - logXmin)) * (x * integralFactor + 0.5 + sum * inverse);
    }
}
