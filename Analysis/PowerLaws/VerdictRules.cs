using System.Globalization;

namespace GossipSim.Analysis;

/// <summary>The rules that turn numbers into a verdict, in their order, and the sentences that explain it.</summary>
internal static class VerdictRules
{
    internal const int FewestValues = 500;
    internal const int ShortestTail = 50;
    internal const double SmallestPValue = 0.1;

    /// <summary>A test that misses every second wrong law is called weak; our choice.</summary>
    private const double WeakPower = 0.5;

    /// <summary>The first rule that applies decides.</summary>
    public static (PowerLawVerdict Verdict, string Reason) Decide(PowerLawAnalysis analysis)
    {
        RivalComparisons rivals = analysis.Comparisons!;
        List<string> open = [];
        if (analysis.N < FewestValues)
            open.Add(Say($"{analysis.N} values are too few (at least {FewestValues} are needed)"));
        if (analysis.Ntail < ShortestTail)
            open.Add(Say($"only {analysis.Ntail} of them lie at or above xmin (at least {ShortestTail} are needed)"));
        if (!rivals.Exponential.IsDecided)
            open.Add(Say($"the tail is not told apart from an exponential ({PValueWords(rivals.Exponential)})"));
        if (open.Count > 0) return (PowerLawVerdict.Inconclusive, Sentences("Inconclusive", open, analysis));

        List<string> against = [];
        if (analysis.PValue < SmallestPValue)
            against.Add(Say($"true power laws fit worse than this in only {ShareWords(analysis)} of the replicates"));
        against.AddRange(BetterRivals(rivals));
        if (against.Count > 0) return (PowerLawVerdict.Rejected, Sentences("Not a power law", against, analysis));

        string goodness = analysis.PValue is not null
            ? Say($"true power laws fit worse in {ShareWords(analysis)} of the replicates")
            : "goodness of fit was not tested (no replicates)";
        return (PowerLawVerdict.Supported, Sentences(
            Say($"Consistent with a power law in {PartWords(analysis)}, which is not a proof of one"),
            [goodness, "it beats the exponential", "no alternative distribution is significantly better"],
            analysis));
    }

    /// <summary>The part of the values that the fit is about.</summary>
    private static string PartWords(PowerLawAnalysis analysis) => analysis.Ntail == analysis.N
        ? Say($"all of them (degrees from {analysis.Xmin} on)")
        : Say($"the tail (the largest {TailShare(analysis):P1}: degrees from {analysis.Xmin} on)");

    private static double TailShare(PowerLawAnalysis analysis) => (double)analysis.Ntail!.Value / analysis.N;

    public static string WhyNotFitted(int distinct) => distinct switch
    {
        0 => "Cannot be fitted: there is no value of at least 1.",
        1 => "Cannot be fitted: all values are equal, and any law passes through one point.",
        2 => "Cannot be fitted: there are only two distinct values, and any law passes through two points.",
        _ => "Cannot be fitted: no candidate xmin gives a finite exponent.",
    };

    private static IEnumerable<string> BetterRivals(RivalComparisons rivals)
    {
        foreach ((string name, RivalComparison comparison) in Named(rivals))
            if (comparison.RivalIsBetter)
                yield return Say($"the {name} explains the tail better ({PValueWords(comparison)})");
    }

    private static (string Name, RivalComparison Comparison)[] Named(RivalComparisons rivals) =>
    [
        ("exponential", rivals.Exponential),
        ("Poisson law", rivals.Poisson),
        ("log-normal", rivals.LogNormal),
        ("stretched exponential", rivals.StretchedExponential),
        ("power law with exponential cutoff", rivals.TruncatedPowerLaw),
    ];

    /// <summary>What the verdict leaves out: the smaller values, and alternatives that could not be fitted.</summary>
    private static string LeftOut(PowerLawAnalysis analysis)
    {
        string words = analysis.Ntail == analysis.N
            ? ""
            : Say($"It says nothing about the other {1 - TailShare(analysis):P1}. ");
        foreach ((string name, RivalComparison comparison) in Named(analysis.Comparisons!))
            if (comparison.ReachedStepLimit)
                words += Say($"The {name} is not compared: the search for its best fit reached its step limit. ");
        return words;
    }

    private static string Sentences(string verdict, List<string> grounds, PowerLawAnalysis analysis)
    {
        string why = string.Join("; ", grounds);
        double limit = BarabasiAlbertLimit.Alpha(analysis.Xmin!.Value);
        return Say($"{verdict}: {why}. ")
            + Say($"The fitted tail is alpha {analysis.Alpha:F2} from xmin {analysis.Xmin} on, ")
            + Say($"{analysis.Ntail} of {analysis.N} values. ")
            + LeftOut(analysis)
            + Say($"On an endless Barabasi-Albert overlay the same fit gives alpha {limit:F2} at this xmin, ")
            + "not the textbook 3; a finite one scatters around that."
            + Limits(analysis);
    }

    /// <summary>How much the answer is worth: how far chance moves it, and what the test would not notice.</summary>
    private static string Limits(PowerLawAnalysis analysis)
    {
        string limits = "";
        if (analysis.Uncertainty is { } sample)
            limits += Say($" Another sample would move alpha by {sample.Alpha:F2}, xmin by {sample.Xmin:F1} and the ")
                + Say($"tail by {sample.Ntail:F0} values (standard deviations of {sample.Resamples} resamples).");
        if (analysis.Power is { AgainstBestRival: var best, AgainstExponential: var exponential })
        {
            limits += Say($" If the tail were {NameOf(best.Rival)} instead, these tests would notice it in ")
                + Say($"{best.NoticedShare:P0} of such data sets");
            if (best.Rival != exponential.Rival)
                limits += Say($", if it were {NameOf(exponential.Rival)} in {exponential.NoticedShare:P0}");
            limits += best.NoticedShare < WeakPower ? ": passing them says little." : ".";
        }
        return limits + " Degrees of one overlay are not independent draws, so p is approximate.";
    }

    private static string NameOf(PowerRival rival) => rival switch
    {
        PowerRival.Exponential => "exponential",
        PowerRival.LogNormal => "log-normal",
        PowerRival.StretchedExponential => "a stretched exponential",
        _ => throw new ArgumentOutOfRangeException(nameof(rival), rival, "No such rival."),
    };

    private static string ShareWords(PowerLawAnalysis analysis) =>
        Say($"{analysis.PValue:P1} (± {100 * analysis.PValueStandardError:F1})");

    private static string PValueWords(RivalComparison comparison) =>
        comparison.PValue is { } p && !comparison.Degenerate ? Say($"p = {p:G2}") : "the test is degenerate";

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
