namespace GossipSim.Analysis;

/// <summary>How much work a power-law analysis may do, and the random seed that makes its p-value repeatable.</summary>
public sealed record PowerLawOptions
{
    /// <summary>
    /// Bootstrap replicates; 0 leaves the p-value out. The standard error of p is sqrt(p(1-p)/replicates):
    /// 2500 give 0.01 at worst (Clauset, Shalizi and Newman 2009, section 4.1), 1000 give 0.016.
    /// </summary>
    public int Replicates { get; init; } = 1000;

    /// <summary>
    /// Nonparametric resamples for the uncertainty of alpha, xmin and ntail: 200 leave a standard deviation uncertain
    /// by 5 % (Efron and Tibshirani 1993, section 6.4). Never more than replicates.
    /// </summary>
    public int Resamples { get; init; } = 200;

    /// <summary>Data sets of each rival for the power of the test: 100 leave 0.05. Never more than replicates.
    /// </summary>
    public int PowerDataSets { get; init; } = 100;

    internal int ResamplesMade => Math.Min(Resamples, Replicates);

    internal int PowerDataSetsMade => Math.Min(PowerDataSets, Replicates);

    public ulong RandomSeed { get; init; } = 1;

    /// <summary>Threads for the replicates. The result is the same for every value.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Replicates);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Resamples);
        ArgumentOutOfRangeException.ThrowIfNegative(PowerDataSets);
    }
}
