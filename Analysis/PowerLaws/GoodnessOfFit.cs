namespace GossipSim.Analysis;

/// <summary>
/// The bootstrap p-value of a fit: the share of replicates, each with xmin and alpha fitted anew, that lie farther
/// from their own fit than the data from theirs (Clauset, Shalizi and Newman 2009, section 4.1). A ready-made
/// Kolmogorov formula would be far too lenient, for the parameters were fitted.
/// </summary>
internal static class GoodnessOfFit
{
    /// <summary>A replicate with fewer than three distinct values cannot be fitted; it counts as perfect.</summary>
    public static double PValue(ValueHistogram data, PowerLawFit fit, PowerLawOptions options)
    {
        var sampler = new ReplicateSampler(data, fit);
        int farther = 0;
        Parallel.For(
            0,
            options.Replicates,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            static () => new ZetaTail(),
            (replicate, _, tail) =>
            {
                var random = new CounterRandom(options.RandomSeed, (ulong)replicate);
                PowerLawFit? refit = PowerLawFit.Best(sampler.Draw(ref random), tail);
                if (refit?.Ks > fit.Ks) Interlocked.Increment(ref farther);
                return tail;
            },
            static _ => { });
        return (double)farther / options.Replicates;
    }
}
