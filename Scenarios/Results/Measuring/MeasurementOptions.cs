namespace GossipSim.Scenarios.Results;

/// <summary>How much work measuring may be: explorations of thousands of runs skip what takes long.</summary>
internal sealed record MeasurementOptions
{
    /// <summary>For those who look at gossip and detection only.</summary>
    public static MeasurementOptions Least { get; } = new() { FitPowerLaw = false, OverlayStructure = false };

    public bool FitPowerLaw { get; init; } = true;

    /// <summary>Bootstrap replicates of the power-law fit.</summary>
    public int PowerLawReplicates { get; init; } = 1000;

    /// <summary>Paths, clustering, cores and robustness of the overlay.</summary>
    public bool OverlayStructure { get; init; } = true;

    public int Threads { get; init; } = Environment.ProcessorCount;
}
