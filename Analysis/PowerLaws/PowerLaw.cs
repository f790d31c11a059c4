using System.Diagnostics;

namespace GossipSim.Analysis;

/// <summary>
/// Fits a discrete power law to integers such as the degrees of an overlay and says what may be concluded. Method:
/// A. Clauset, C. R. Shalizi and M. E. J. Newman, "Power-law distributions in empirical data", SIAM Review 51 (2009).
/// </summary>
public static class PowerLaw
{
    /// <summary>
    /// Values below 1 are left out and counted. The result depends on the values, the replicates and the random
    /// seed only, not on the threads. Throws <see cref="ArgumentOutOfRangeException"/> for impossible options.
    /// </summary>
    public static PowerLawAnalysis Analyze(ReadOnlySpan<int> values, PowerLawOptions options)
    {
        var wide = new long[values.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = values[i];
        return Analyze(wide, options);
    }

    /// <inheritdoc cref="Analyze(ReadOnlySpan{int}, PowerLawOptions)"/>
    public static PowerLawAnalysis Analyze(ReadOnlySpan<long> values, PowerLawOptions options)
    {
        options.Validate();
        long started = Stopwatch.GetTimestamp();
        ValueHistogram histogram = ValueHistogram.Of(values, out int excluded);
        PowerLawFit? fit = PowerLawFit.Best(histogram, new ZetaTail());
        PowerLawAnalysis analysis = fit is { } found
            ? Judge(histogram, found, excluded, options)
            : CannotBeFitted(histogram, excluded);
        return analysis with { Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
    }

    private static PowerLawAnalysis Judge(
        ValueHistogram histogram, PowerLawFit fit, int excluded, PowerLawOptions options)
    {
        int ntail = histogram.CountFrom[fit.XminIndex];
        double xmin = histogram.Values[fit.XminIndex];
        double? p = options.Replicates > 0 ? GoodnessOfFit.PValue(histogram, fit, options) : null;
        var rivals = new RivalLaws(new PowerLawTail(histogram, fit));
        var analysis = new PowerLawAnalysis
        {
            N = histogram.Total,
            ZerosExcluded = excluded,
            Alpha = fit.Alpha,
            AlphaStandardError = 1 / Math.Sqrt(ntail * ZetaMoments.Of(fit.Alpha, xmin).VarianceLog),
            Xmin = (long)xmin,
            Ntail = ntail,
            Ks = fit.Ks,
            LogLikelihood = fit.LogLikelihood(histogram),
            PValue = p,
            PValueStandardError = p is { } share ? GoodnessOfFit.StandardError(share, options.Replicates) : null,
            Uncertainty = FitUncertainty.Of(histogram, options),
            Replicates = options.Replicates,
            Comparisons = rivals.Compare(),
            Power = options.PowerDataSetsMade > 0 ? TestPowers.Of(histogram, fit, rivals, options) : null,
            Verdict = PowerLawVerdict.CannotBeFitted,
            Reason = "",
            Seconds = 0,
        };
        (PowerLawVerdict verdict, string reason) = VerdictRules.Decide(analysis);
        return analysis with { Verdict = verdict, Reason = reason };
    }

    private static PowerLawAnalysis CannotBeFitted(ValueHistogram histogram, int excluded) => new()
    {
        N = histogram.Total,
        ZerosExcluded = excluded,
        Replicates = 0,
        Verdict = PowerLawVerdict.CannotBeFitted,
        Reason = VerdictRules.WhyNotFitted(histogram.Distinct),
        Seconds = 0,
    };
}
