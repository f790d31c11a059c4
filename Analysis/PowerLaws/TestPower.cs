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
/// The power of the test at this size: if the tail came from the rival, fitted to these data, and the body stayed as it
/// is, in what share of data sets of the same size would it be noticed? A test that would hardly notice supports
/// little; p alone without power is below 0.1 in a tenth of them.
/// </summary>
/// <remarks>
/// A bootstrap of its own for each data set would cost replicates times data sets. Instead each data set gets one
/// replicate of its own fit, and all these replicates together are the distribution under the power law: the
/// warp-speed method of R. Giacomini, D. N. Politis and H. White, "A warp-speed method for conducting Monte Carlo
/// experiments involving bootstrap estimators", Econometric Theory 29 (2013).
/// </remarks>
/// <param name="RejectedShare">Share of the data sets with p below 0.1.</param>
/// <param name="NoticedShare">
/// Share that would not be called a power law: such a p, a likelihood ratio that is significantly in favor of the
/// rival, or a tail that is not told apart from an exponential.
/// </param>
/// <param name="StandardError">Of the noticed share, from the number of data sets.</param>
public sealed record TestPower(
    PowerRival Rival, double RejectedShare, double NoticedShare, double StandardError, int DataSets)
{
    internal static TestPower Against(
        FittedRival rival, ValueHistogram data, PowerLawFit fit, PowerLawOptions options, Purpose purpose)
    {
        int dataSets = options.PowerDataSetsMade;
        var sampler = new ReplicateSampler(data, fit.XminIndex, rival.Law.AtLeast!);
        Trial[] trials = Replicates.Make(dataSets, options, purpose, (ref random, tail) =>
        {
            ValueHistogram set = sampler.Draw(ref random);
            if (PowerLawFit.Best(set, tail) is not { } found) return new Trial(0, 0, IsNoticed: true);

            ValueHistogram replicate = ReplicateSampler.Of(set, found).Draw(ref random);
            bool isNoticed = rival.IsNoticed(new PowerLawTail(set, found));
            return new Trial(found.Ks, PowerLawFit.Best(replicate, tail)?.Ks ?? 0, isNoticed);
        });
        double[] ascending = [.. trials.Select(trial => trial.Null).Order()];
        bool[] rejected =
        [
            .. trials.Select(trial => ShareAbove(ascending, trial.Distance) < VerdictRules.SmallestPValue),
        ];
        double noticed = trials.Zip(rejected, (trial, isRejected) => trial.IsNoticed || isRejected)
            .Count(each => each) / (double)dataSets;
        return new TestPower(
            rival.Name, rejected.Count(each => each) / (double)dataSets, noticed,
            GoodnessOfFit.StandardError(noticed, dataSets), dataSets);
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

    /// <param name="Null">The distance of a replicate of the data set's own fit.</param>
    private readonly record struct Trial(double Distance, double Null, bool IsNoticed);
}

/// <summary>A rival fitted to the data, and the way to fit it to others.</summary>
internal sealed record FittedRival(
    PowerRival Name, RivalLaw Law, int Parameters, Func<PowerLawTail, RivalLaw> Fit)
{
    /// <summary>The likelihood ratios alone keep this tail from being called a power law.</summary>
    public bool IsNoticed(PowerLawTail tail)
    {
        RivalComparison exponential = LikelihoodRatio.Compare(tail, ExponentialRival.Fit(tail), nested: false);
        return !exponential.IsDecided || exponential.RivalIsBetter
            || LikelihoodRatio.Compare(tail, Fit(tail), nested: false).RivalIsBetter;
    }
}
