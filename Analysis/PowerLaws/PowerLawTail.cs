namespace GossipSim.Analysis;

/// <summary>The values of at least xmin, as the rivals see them.</summary>
internal sealed class PowerLawTail
{
    public PowerLawTail(ValueHistogram histogram, PowerLawFit fit)
    {
        Values = histogram.Values[fit.XminIndex..];
        Counts = histogram.Counts[fit.XminIndex..];
        Total = histogram.CountFrom[fit.XminIndex];
        Xmin = Values[0];
        Alpha = fit.Alpha;
        MeanLog = PowerLawFit.MeanLog(histogram, fit.XminIndex);
        for (int i = 0; i < Values.Length; i++) MeanExcess += (Values[i] - Xmin) * Counts[i] / Total;

        double logNormalizer = Math.Log(ZetaMoments.Of(Alpha, Xmin).Normalizer);
        LogProbabilities = PerValue(x => -Alpha * Math.Log(x / Xmin) - logNormalizer);
    }

    public double[] Values { get; }

    public int[] Counts { get; }

    public int Total { get; }

    public double Xmin { get; }

    public double Alpha { get; }

    /// <summary>Mean of ln(x/xmin).</summary>
    public double MeanLog { get; }

    /// <summary>Mean of x - xmin.</summary>
    public double MeanExcess { get; }

    /// <summary>ln p(x) of the fitted power law at each distinct value.</summary>
    public double[] LogProbabilities { get; }

    public double[] PerValue(Func<double, double> logProbability) => Array.ConvertAll(Values, x => logProbability(x));

    /// <summary>Natural-logarithm likelihood of the tail under another law.</summary>
    public double LogLikelihood(RivalLaw law)
    {
        double sum = 0;
        for (int i = 0; i < Values.Length; i++) sum += Counts[i] * law.LogProbabilities[i];
        return sum;
    }

    /// <summary>Mean of a function of x over the tail.</summary>
    public double Mean(Func<double, double> function)
    {
        double sum = 0;
        for (int i = 0; i < Values.Length; i++) sum += Counts[i] * function(Values[i]);
        return sum / Total;
    }
}
