namespace GossipSim.Analysis;

/// <summary>How much work a power-law analysis may do, and the random seed that makes its p-value repeatable.</summary>
public sealed record PowerLawOptions
{
    /// <summary>
    /// Bootstrap replicates; 0 leaves the p-value out. The standard error of p is sqrt(p(1-p)/replicates):
    /// 2500 give 0.01 at worst (Clauset, Shalizi and Newman 2009, section 4.1), 1000 give 0.016.
    /// </summary>
    public int Replicates { get; init; } = 1000;

    public ulong RandomSeed { get; init; } = 1;

    /// <summary>Threads for the replicates. The result is the same for every value.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Replicates);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
    }
}
