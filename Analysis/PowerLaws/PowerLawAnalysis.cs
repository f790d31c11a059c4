namespace GossipSim.Analysis;

/// <summary>
/// The discrete power law p(x) proportional to x^-alpha, x >= xmin, that fits a list of integers best, with its
/// goodness of fit, its rivals on the same tail, and a verdict. Numbers are null where nothing could be fitted.
/// </summary>
public sealed record PowerLawAnalysis
{
    /// <summary>Values of at least 1, the ones analysed.</summary>
    public required int N { get; init; }

    /// <summary>Values below 1, left out: a power law has no probability there.</summary>
    public required int ZerosExcluded { get; init; }

    /// <summary>Exact maximum-likelihood exponent of the tail.</summary>
    public double? Alpha { get; init; }

    /// <summary>Asymptotic standard error of alpha at the chosen xmin.</summary>
    public double? AlphaStandardError { get; init; }

    /// <summary>Smallest value of the tail: the one with the smallest Kolmogorov-Smirnov distance.</summary>
    public long? Xmin { get; init; }

    /// <summary>Values of at least xmin.</summary>
    public int? Ntail { get; init; }

    /// <summary>Kolmogorov-Smirnov distance, the supremum over all integers from xmin to the largest value.</summary>
    public double? Ks { get; init; }

    /// <summary>Natural-logarithm likelihood of the tail.</summary>
    public double? LogLikelihood { get; init; }

    /// <summary>Share of bootstrap replicates that fit worse than the data; null without replicates.</summary>
    public double? PValue { get; init; }

    /// <summary>Of the p-value, from the number of replicates: sqrt(p(1-p)/replicates).</summary>
    public double? PValueStandardError { get; init; }

    public required int Replicates { get; init; }

    /// <summary>How far another sample would move the fit; null without replicates.</summary>
    public FitUncertainty? Uncertainty { get; init; }

    public RivalComparisons? Comparisons { get; init; }

    /// <summary>Whether the test would have noticed if the tail were another law; null without replicates.</summary>
    public TestPowers? Power { get; init; }

    public required PowerLawVerdict Verdict { get; init; }

    /// <summary>The verdict in sentences, with what a finite Barabasi-Albert overlay would show.</summary>
    public required string Reason { get; init; }

    /// <summary>Wall time of the analysis.</summary>
    public required double Seconds { get; init; }
}
