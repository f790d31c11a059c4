using System.Text.Json.Serialization;

namespace GossipSim.Analysis;

/// <summary>The power law against each of the five rivals of Clauset, Shalizi and Newman 2009, table 1.</summary>
public sealed record RivalComparisons
{
    public required RivalComparison Exponential { get; init; }

    public required RivalComparison Poisson { get; init; }

    public required RivalComparison LogNormal { get; init; }

    public required RivalComparison StretchedExponential { get; init; }

    public required RivalComparison TruncatedPowerLaw { get; init; }

    /// <summary>One of them explains the tail significantly better than the power law.</summary>
    [JsonIgnore]
    public bool OneIsBetter => Exponential.RivalIsBetter || Poisson.RivalIsBetter || LogNormal.RivalIsBetter
        || StretchedExponential.RivalIsBetter || TruncatedPowerLaw.RivalIsBetter;
}
