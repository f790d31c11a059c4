namespace GossipSim.Analysis;

/// <summary>All five rivals, each fitted to the same tail.</summary>
internal sealed class RivalLaws(PowerLawTail tail)
{
    public PowerLawTail Tail => tail;

    public RivalLaw Exponential { get; } = ExponentialRival.Fit(tail);

    public RivalLaw Poisson { get; } = PoissonRival.Fit(tail);

    public RivalLaw LogNormal { get; } = LogNormalRival.Fit(tail);

    public RivalLaw StretchedExponential { get; } = StretchedExponentialRival.Fit(tail);

    public RivalLaw TruncatedPowerLaw { get; } = TruncatedPowerLawRival.Fit(tail);

    public RivalComparisons Compare() => new()
    {
        Exponential = LikelihoodRatio.Compare(tail, Exponential, nested: false),
        Poisson = LikelihoodRatio.Compare(tail, Poisson, nested: false),
        LogNormal = LikelihoodRatio.Compare(tail, LogNormal, nested: false),
        StretchedExponential = LikelihoodRatio.Compare(tail, StretchedExponential, nested: false),
        TruncatedPowerLaw = LikelihoodRatio.Compare(tail, TruncatedPowerLaw, nested: true),
    };
}
