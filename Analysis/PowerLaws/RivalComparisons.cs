namespace GossipSim.Analysis;

/// <summary>The power law against each of the five rivals of Clauset, Shalizi and Newman 2009, table 1.</summary>
public sealed record RivalComparisons
{
    public required RivalComparison Exponential { get; init; }

    public required RivalComparison Poisson { get; init; }

    public required RivalComparison LogNormal { get; init; }

    public required RivalComparison StretchedExponential { get; init; }

    public required RivalComparison TruncatedPowerLaw { get; init; }
}
