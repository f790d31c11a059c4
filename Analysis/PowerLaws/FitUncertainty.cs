namespace GossipSim.Analysis;

/// <summary>
/// How far alpha, xmin and the length of the tail move when the data are drawn anew from themselves: standard
/// deviations over so many nonparametric bootstrap samples (Efron 1979; Clauset, Shalizi and Newman 2009, section
/// 3.3). It includes what the asymptotic error of alpha leaves out, that xmin was found in the same data.
/// </summary>
/// <param name="Resamples">Samples that could be fitted.</param>
/// <param name="Alpha">Standard deviation of alpha; the others likewise.</param>
public sealed record FitUncertainty(int Resamples, double Alpha, double Xmin, double Ntail)
{
    /// <summary>Null where fewer than two resamples could be fitted.</summary>
    internal static FitUncertainty? Of(ValueHistogram data, PowerLawOptions options)
    {
        Resample?[] drawn = Replicates.Make(options.ResamplesMade, options, Purpose.Uncertainty, (ref random, tail) =>
        {
            ValueHistogram sample = Draw(data, ref random);
            return PowerLawFit.Best(sample, tail) is { } fit
                ? new Resample(fit.Alpha, sample.Values[fit.XminIndex], sample.CountFrom[fit.XminIndex])
                : (Resample?)null;
        });
        Resample[] fitted = [.. drawn.OfType<Resample>()];
        return fitted.Length < 2 ? null : new FitUncertainty(
            fitted.Length,
            StandardDeviation(fitted, each => each.Alpha),
            StandardDeviation(fitted, each => each.Xmin),
            StandardDeviation(fitted, each => each.Ntail));
    }

    /// <summary>As many values as the data, each one of theirs at random: conditional binomials.</summary>
    internal static ValueHistogram Draw(ValueHistogram data, ref CounterRandom random)
    {
        var values = new List<double>(data.Distinct);
        var counts = new List<int>(data.Distinct);
        int draws = data.Total;
        for (int i = 0; i < data.Distinct && draws > 0; i++)
        {
            int count = BinomialSampler.Draw(draws, (double)data.Counts[i] / data.CountFrom[i], ref random);
            if (count == 0) continue;
            draws -= count;
            values.Add(data.Values[i]);
            counts.Add(count);
        }
        return ValueHistogram.OfDistinct(values, counts);
    }

    private static double StandardDeviation(Resample[] sample, Func<Resample, double> of)
    {
        double mean = sample.Average(of);
        return Math.Sqrt(sample.Sum(each => (of(each) - mean) * (of(each) - mean)) / (sample.Length - 1));
    }

    private readonly record struct Resample(double Alpha, double Xmin, double Ntail);
}
