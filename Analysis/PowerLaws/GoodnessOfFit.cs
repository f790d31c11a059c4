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
        var sampler = ReplicateSampler.Of(data, fit);
        bool[] isFarther = Replicates.Make(options.Replicates, options, Purpose.GoodnessOfFit, (ref random, tail) =>
            PowerLawFit.Best(sampler.Draw(ref random), tail)?.Ks > fit.Ks);
        return (double)isFarther.Count(farther => farther) / options.Replicates;
    }

    /// <summary>Of a share that so many replicates were counted for.</summary>
    public static double StandardError(double share, int replicates) => Math.Sqrt(share * (1 - share) / replicates);
}
