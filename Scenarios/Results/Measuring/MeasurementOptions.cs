namespace GossipSim.Scenarios.Results;

/// <summary>How much work measuring may be: explorations of thousands of runs skip the fit.</summary>
internal sealed record MeasurementOptions
{
    public bool FitPowerLaw { get; init; } = true;

    /// <summary>Bootstrap replicates of the power-law fit.</summary>
    public int PowerLawReplicates { get; init; } = 1000;

    public int Threads { get; init; } = Environment.ProcessorCount;
}
