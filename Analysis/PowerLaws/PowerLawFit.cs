namespace GossipSim.Analysis;

/// <summary>
/// The best discrete power law of a histogram: exact maximum likelihood at every candidate xmin, then the xmin with
/// the smallest Kolmogorov-Smirnov distance (Clauset, Shalizi and Newman 2009, sections 3.1 to 3.3).
/// </summary>
/// <remarks>
/// The work grows with the distinct values: each candidate takes at most <see cref="NewtonSteps"/> steps of at most
/// <see cref="ZetaMoments.MostTerms"/> terms, and one look at no more distances than there are values and gaps. A
/// candidate whose exponent has not settled by then is left out.
/// </remarks>
internal readonly record struct PowerLawFit(int XminIndex, double Alpha, double Ks)
{
    /// <summary>Candidates are all distinct values but the two largest; with fewer than three there is none.</summary>
    public const int ValuesAboveXmin = 2;

    private const double FirstGuess = 2.5;
    internal const int NewtonSteps = 100;

    /// <summary>Ties in the distance go to the smallest xmin. Null where no candidate can be fitted.</summary>
    public static PowerLawFit? Best(ValueHistogram histogram, ZetaTail tail) => Best(histogram, tail, out _);

    /// <param name="steps">Terms that were summed and distances that were looked at, over all candidates.</param>
    public static PowerLawFit? Best(ValueHistogram histogram, ZetaTail tail, out long steps)
    {
        steps = 0;
        PowerLawFit? best = null;
        double alpha = FirstGuess;
        int farthest = 0;
        for (int i = 0; i < histogram.Distinct - ValuesAboveXmin; i++)
        {
            double candidate = MaximumLikelihoodAlpha(histogram, i, alpha, ref steps);
            if (!double.IsFinite(candidate)) continue;

            alpha = candidate;
            double limit = best?.Ks ?? double.PositiveInfinity;
            double distance = Distance(histogram, i, alpha, limit, tail, ref farthest, ref steps);
            if (distance < limit) best = new PowerLawFit(i, alpha, distance);
        }
        return best;
    }

    /// <summary>Mean of ln(x/xmin) over the tail: all that the likelihood needs of the data.</summary>
    public static double MeanLog(ValueHistogram histogram, int index) =>
        histogram.LogSumFrom[index] / histogram.CountFrom[index] - histogram.Logs[index];

    public double LogLikelihood(ValueHistogram histogram)
    {
        double normalizer = ZetaMoments.Of(Alpha, histogram.Values[XminIndex]).Normalizer;
        return -histogram.CountFrom[XminIndex] * (Math.Log(normalizer) + Alpha * MeanLog(histogram, XminIndex));
    }

    /// <summary>
    /// Newton's method on ln E[ln(x/xmin)] as a function of ln(alpha - 1): for a continuous tail that is a straight
    /// line, so few steps do. Not a number where it has not settled at its step limit.
    /// </summary>
    internal static double MaximumLikelihoodAlpha(ValueHistogram histogram, int index, double guess)
    {
        long steps = 0;
        return MaximumLikelihoodAlpha(histogram, index, guess, ref steps);
    }

    private static double MaximumLikelihoodAlpha(ValueHistogram histogram, int index, double guess, ref long steps)
    {
        double target = Math.Log(MeanLog(histogram, index));
        double q = histogram.Values[index];
        double excess = guess - 1;
        for (int step = 0; step < NewtonSteps; step++)
        {
            ZetaMoments moments = ZetaMoments.Of(1 + excess, q);
            steps += 1 + moments.Terms;
            double slope = -excess * moments.VarianceLog / moments.MeanLog;
            double change = (target - Math.Log(moments.MeanLog)) / slope;
            excess *= Math.Exp(Math.Clamp(change, -2, 2));
            // Convergence is quadratic: a change this small leaves an error far below 1e-12.
            if (Math.Abs(change) < 1e-9) return 1 + excess;
            if (double.IsNaN(excess)) break;
        }
        return double.NaN;
    }

    /// <summary>
    /// The supremum of |empirical - fitted| over all integers from xmin to the largest value, not only the observed
    /// ones: in a gap the distance is largest at either end. Gives up, with infinity, once it reaches the limit.
    /// </summary>
    internal static double Distance(ValueHistogram histogram, int index, double alpha, double limit, ZetaTail tail)
    {
        int farthest = 0;
        long steps = 0;
        return Distance(histogram, index, alpha, limit, tail, ref farthest, ref steps);
    }

    /// <param name="farthest">
    /// Where the distance of the tail before was found. That of this one is often there too, so that most candidates
    /// fail at the first look.
    /// </param>
    private static double Distance(
        ValueHistogram histogram, int index, double alpha, double limit, ZetaTail tail, ref int farthest,
        ref long steps)
    {
        tail.Prepare(alpha, histogram.Values[index], histogram.Largest);
        var search = new DistanceSearch(histogram, index, limit, tail);
        double distance = search.Find(farthest);
        farthest = search.Farthest;
        steps += tail.Summed + search.Looks;
        return distance;
    }
}
