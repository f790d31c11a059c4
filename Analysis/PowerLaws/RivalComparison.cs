using System.Text.Json.Serialization;

namespace GossipSim.Analysis;

/// <summary>
/// Likelihood-ratio test of the power law against one rival on the same tail (Vuong 1989; Clauset, Shalizi and
/// Newman 2009, appendix C). A positive ratio favours the power law, a negative one the rival.
/// </summary>
public sealed record RivalComparison
{
    /// <summary>Log-likelihood of the power law less that of the rival.</summary>
    public required double LogLikelihoodRatio { get; init; }

    /// <summary>The ratio in standard deviations, ratio / sqrt(n var); null where the variance vanishes.</summary>
    public required double? NormalizedRatio { get; init; }

    /// <summary>
    /// Chance of a ratio as far from zero if both laws were equally good: erfc(|R|/sqrt 2), or for the nested
    /// truncated power law the chi-square tail with one degree of freedom. Null where it means nothing.
    /// </summary>
    public required double? PValue { get; init; }

    /// <summary>The rival's best fit is the power law itself, or its limit: the test tells nothing.</summary>
    public required bool Degenerate { get; init; }

    /// <summary>
    /// The search for the rival's best fit reached its step limit, so it is not compared: <see cref="Degenerate"/> is
    /// true as well. JSON has it only where it is true.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ReachedStepLimit { get; init; }

    internal const double Significance = 0.05;

    /// <summary>The rival explains the tail better, significantly so (p below 0.05).</summary>
    internal bool RivalIsBetter => !Degenerate && LogLikelihoodRatio < 0 && PValue < Significance;

    /// <summary>One of the two explains the tail better, significantly so.</summary>
    [JsonIgnore]
    public bool IsDecided => !Degenerate && PValue < Significance;
}
