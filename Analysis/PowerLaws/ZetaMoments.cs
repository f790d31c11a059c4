using System.Runtime.CompilerServices;

namespace GossipSim.Analysis;

/// <summary>
/// The zeta law p(x) proportional to x^-alpha for x = q, q+1, ... : its normalizer and the first two moments of
/// ln(x/q), all three from one Euler-Maclaurin pass over the Hurwitz zeta function and its derivatives.
/// </summary>
/// <remarks>
/// Everything is scaled by q^alpha: the plain zeta(alpha, q) underflows near alpha 100, q 1000, and a NaN would
/// then pass for a perfect fit.
/// </remarks>
/// <param name="Terms">Terms that were summed one by one.</param>
internal readonly record struct ZetaMoments(double Normalizer, double MeanLog, double VarianceLog, int Terms)
{
    /// <summary>
    /// Of a law so steep that more would be needed, the rest is negligible long before: up to x = 1e16 no alpha takes
    /// more than 112. All three numbers are not numbers where the limit is reached.
    /// </summary>
    internal const int MostTerms = 200;

    /// <summary>
    /// B(2k)/(2k)! for k = 1..6. Six terms leave a relative error below 1e-14 from
    /// <see cref="AsymptoticFrom"/> on, checked there against direct sums.
    /// </summary>
    internal static ReadOnlySpan<double> BernoulliOverFactorial =>
    [
        1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000.0,
    ];

    private const double LargeFrom = 1e6;

    /// <summary>Terms below this share of the sum cannot change a double any more.</summary>
    internal const double Negligible = 1e-18;

    /// <summary>The smallest argument at which the asymptotic series alone is exact; below, terms are summed.</summary>
    internal static double AsymptoticFrom(double alpha) => Math.Ceiling(18 + 1.5 * alpha);

    [MethodImpl(Compiled.AtOnce)]
    public static ZetaMoments Of(double alpha, double q)
    {
        double logQ = Math.Log(q);
        double sum = 0, sumLog = 0, sumSquare = 0;
        double x = q, limit = AsymptoticFrom(alpha);
        int terms = 0;
        for (; x < limit; x = q + terms)
        {
            if (terms == MostTerms) return new ZetaMoments(double.NaN, double.NaN, double.NaN, terms);
            // Far out the two logarithms agree in most digits.
            double log = q < LargeFrom ? Math.Log(x) - logQ : NearZero.LogP1(terms / q);
            terms++;
            double weight = Math.Exp(-alpha * log);
            sum += weight;
            sumLog += weight * log;
            sumSquare += weight * log * log;
            // What follows is a geometric-like rest; alpha/x bounds its ratio, so the rest is a few such terms.
            if (weight * x < Negligible * sum) return Normalize(sum, sumLog, sumSquare, terms);
        }

        double ell = Math.Log(x) - logQ;
        double atX = Math.Exp(-alpha * ell);
        double inverse = 1 / (alpha - 1);
        double integral = atX * x * inverse;
        sum += integral + atX / 2;
        sumLog += integral * (ell + inverse) + atX * ell / 2;
        sumSquare += integral * (ell * ell + 2 * inverse * (ell + inverse)) + atX * ell * ell / 2;

        // Rising factorial alpha(alpha+1)...(alpha+2k-2) with its logarithmic derivatives in alpha.
        double rising = atX * alpha / x, slope = 1 / alpha, bend = 1 / (alpha * alpha);
        for (int k = 0; k < BernoulliOverFactorial.Length; k++)
        {
            double term = BernoulliOverFactorial[k] * rising;
            sum += term;
            sumLog += term * (ell - slope);
            sumSquare += term * ((ell - slope) * (ell - slope) - bend);
            for (int step = 1; step <= 2; step++)
            {
                double factor = alpha + 2 * k + step;
                rising *= factor / x;
                slope += 1 / factor;
                bend += 1 / (factor * factor);
            }
        }
        return Normalize(sum, sumLog, sumSquare, terms);
    }

    private static ZetaMoments Normalize(double sum, double sumLog, double sumSquare, int terms)
    {
        double mean = sumLog / sum;
        return new ZetaMoments(sum, mean, sumSquare / sum - mean * mean, terms);
    }
}
