namespace GossipSim.Analysis;

/// <summary>
/// What the maximum-likelihood fit gives on an endless Barabasi-Albert overlay, whose degrees follow exactly
/// p(k) = 2q(q+1)/(k(k+1)(k+2)) for k >= q, whatever the number of links per newcomer up to q.
/// </summary>
internal static class BarabasiAlbertLimit
{
    /// <summary>
    /// The exponent fitted from xmin = q on: the zeta law with the same mean logarithm. It is 2.65 at q = 3 and
    /// reaches the famous 3 only as q grows.
    /// </summary>
    public static double Alpha(double q)
    {
        // The mean of ln(k/q) as a sum over P(K >= k) = q(q+1)/(k(k+1)): each step adds ln(k/(k-1)).
        double mean = 0, k = q + 1;
        for (int term = 1; term <= SummedTerms; term++)
        {
            mean += q * (q + 1) / (k * (k + 1)) * Math.Log(k / (k - 1));
            k++;
        }
        // The rest of the sum: terms tend to q(q+1)(k^-3 - k^-4/2 + ...), integrated from half a step below.
        double from = k - 0.5;
        mean += q * (q + 1) * (0.5 / (from * from) - 1 / (6 * from * from * from));

        double excess = 1.5;
        for (int step = 0; step < NewtonSteps; step++)
        {
            ZetaMoments moments = ZetaMoments.Of(1 + excess, q);
            excess *= Math.Exp(Math.Log(mean / moments.MeanLog) * -moments.MeanLog / (excess * moments.VarianceLog));
        }
        return 1 + excess;
    }

    private const int SummedTerms = 20_000;
    private const int NewtonSteps = 60;
}
