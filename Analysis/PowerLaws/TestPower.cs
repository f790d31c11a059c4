using System.Text.Json.Serialization;

namespace GossipSim.Analysis;

/// <summary>A rival from which data sets are drawn to see whether the test would notice.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PowerRival>))]
public enum PowerRival
{
    [JsonStringEnumMemberName("exponential")]
    Exponential,

    [JsonStringEnumMemberName("logNormal")]
    LogNormal,

    [JsonStringEnumMemberName("stretchedExponential")]
    StretchedExponential,
}

/// <summary>
/// The power of the goodness-of-fit test at this size: if the tail came from the rival, fitted to these data, and the
/// body stayed as it is, in what share of data sets of the same size would the test find p below 0.1? A test that
/// would hardly notice supports little; one without power has its size, 0.1.
/// </summary>
/// <remarks>
/// A bootstrap of its own for each data set would cost replicates times data sets. Instead each data set gets one
/// replicate of its own fit, and all these replicates together are the distribution under the power law: the
/// warp-speed method of R. Giacomini, D. N. Politis and H. White, "A warp-speed method for conducting Monte Carlo
/// experiments involving bootstrap estimators", Econometric Theory 29 (2013).
/// </remarks>
/// <param name="RejectedShare">Share of the data sets that the test would reject.</param>
/// <param name="StandardError">Of that share, from the number of data sets.</param>
public sealed record TestPower(PowerRival Rival, double RejectedShare, double StandardError, int DataSets)
{
    internal static TestPower Against(
        PowerRival rival, Func<double, double> atLeast, ValueHistogram data, PowerLawFit fit, PowerLawOptions options,
        Purpose purpose)
    {
        int dataSets = options.PowerDataSetsMade;
        var sampler = new ReplicateSampler(data, fit.XminIndex, atLeast);
        (double Distance, double Null)[] pairs = Replicates.Make(dataSets, options, purpose, (ref random, tail) =>
        {
            ValueHistogram set = sampler.Draw(ref random);
            if (PowerLawFit.Best(set, tail) is not { } found) return (0.0, 0.0);

            ValueHistogram replicate = ReplicateSampler.Of(set, found).Draw(ref random);
            return (found.Ks, PowerLawFit.Best(replicate, tail)?.Ks ?? 0);
        });
        double[] ascending = [.. pairs.Select(pair => pair.Null).Order()];
        int rejected = pairs.Count(pair =>
            ShareAbove(ascending, pair.Distance) < VerdictRules.SmallestPValue);
        double share = (double)rejected / dataSets;
        return new TestPower(rival, share, GoodnessOfFit.StandardError(share, dataSets), dataSets);
    }

    private static double ShareAbove(double[] ascending, double distance)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (ascending[middle] > distance) high = middle;
            else low = middle + 1;
        }
        return (double)(ascending.Length - low) / ascending.Length;
    }
}
