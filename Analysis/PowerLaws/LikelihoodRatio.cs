using MathNet.Numerics;

namespace GossipSim.Analysis;

/// <summary>The likelihood-ratio tests of Clauset, Shalizi and Newman 2009, section 5.1 and appendix C.</summary>
internal static class LikelihoodRatio
{
    /// <summary>
    /// A spread of the pointwise ratios below this share of their size is rounding: R would be noise over noise.
    /// </summary>
    private const double NoSpread = 1e-12;

    public static RivalComparison Compare(PowerLawTail tail, RivalLaw rival, bool nested)
    {
        double[] differences = new double[tail.Values.Length];
        double ratio = 0, size = 0;
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = tail.LogProbabilities[i] - rival.LogProbabilities[i];
            ratio += tail.Counts[i] * differences[i];
            size = Math.Max(size, Math.Abs(tail.LogProbabilities[i]));
        }

        // A law that gives a value no probability, or a number too large, is one that could not be fitted.
        if (!double.IsFinite(ratio)) return Compare(tail, RivalLaw.NotConverged(tail, rival.Steps), nested);

        double mean = ratio / tail.Total, variance = 0;
        for (int i = 0; i < differences.Length; i++)
            variance += tail.Counts[i] * (differences[i] - mean) * (differences[i] - mean) / tail.Total;

        bool degenerate = rival.Degenerate || Math.Sqrt(variance) <= NoSpread * size;
        double? normalized = variance > 0 ? ratio / Math.Sqrt(tail.Total * variance) : null;
        return new RivalComparison
        {
            LogLikelihoodRatio = ratio,
            NormalizedRatio = normalized,
            PValue = nested ? NestedPValue(ratio) : normalized is { } r ? VuongPValue(r) : null,
            Degenerate = degenerate,
            ReachedStepLimit = !rival.Converged,
        };
    }

    private static double VuongPValue(double normalizedRatio) =>
        SpecialFunctions.Erfc(Math.Abs(normalizedRatio) / Constants.Sqrt2);

    /// <summary>Twice the gain of the larger family is chi-square with one degree of freedom (Wilks).</summary>
    private static double NestedPValue(double ratio) => SpecialFunctions.Erfc(Math.Sqrt(Math.Abs(ratio)));
}
