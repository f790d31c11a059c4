using System.Globalization;
using GossipSim.Analysis;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Repeating;

/// <summary>
/// Repeats of two experiments, figure by figure. All intervals hold together with the level: each of the figures that
/// differ at all gets its share of the error (Bonferroni), so that A against A shows a difference in at most one of
/// twenty comparisons, however many figures there are.
/// </summary>
/// <param name="Runs">Pairs with the same random seed; without pairs the runs of A and of B.</param>
internal sealed record Comparison(
    ComparedSide A, ComparedSide B, bool IsPaired, int Runs, double Level, IReadOnlyList<ComparedFigure> Rows)
{
    /// <summary>Figures of both sides; null names what both have and readers ask for first.</summary>
    public static Comparison Of(
        ComparedSide a, ComparedSide b, IReadOnlyList<string>? metrics, double level = MeanInterval.UsualLevel)
    {
        var (ofA, ofB) = (a.Complete, b.Complete);
        HashSet<long> common = [.. ofA.Select(run => run.RandomSeed).Intersect(ofB.Select(run => run.RandomSeed))];
        var isPaired = common.Count >= 2;
        if (isPaired) (ofA, ofB) = (Sorted(ofA, common), Sorted(ofB, common));
        var samples = Samples(ofA, ofB, metrics, isPaired);
        var differing = samples.Count(sample => sample.Judge(isPaired, level).Verdict != DifferenceVerdict.Identical);
        var share = 1 - ((1 - level) / Math.Max(1, differing));
        return new Comparison(
            a, b, isPaired, isPaired ? common.Count : ofA.Count + ofB.Count, level,
            [.. samples.Select(sample => new ComparedFigure(sample.Metric, sample.Judge(isPaired, share)))]);
    }

    /// <summary>What the intervals rest on.</summary>
    public string RunsInWords => IsPaired
        ? $"{Numbers.Plural(Runs, "pair")} of runs with the same random seed"
        : $"{A.Complete.Count} runs of A and {B.Complete.Count} of B that share no random seeds (pairs tell far "
            + "smaller differences)";

    /// <summary>What it comes to, in sentences.</summary>
    public string InWords
    {
        get
        {
            var shown = Rows.Where(row => row.IsShown).ToList();
            var what = shown.Count == 0
                ? Rows.All(row => row.Difference.Verdict == DifferenceVerdict.Identical)
                    ? "A and B are identical in every figure."
                    : "No difference shown: every interval holds 0, which bounds the difference and proves nothing."
                : $"{Numbers.Plural(shown.Count, "difference")} shown: {string.Join(", ", shown.Select(Said))}.";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{RunsInWords}; the intervals hold together at {Level * 100:0.#} %. {what}") + Troubles();
        }
    }

    private static string Said(ComparedFigure row) => $"{row.Metric} ({row.VerdictInWords})";

    private string Troubles()
    {
        var text = "";
        foreach (var (name, side) in new[] { ("A", A), ("B", B) })
        {
            var failed = side.Repeats.Count(run => run.ExitCode != 0);
            if (failed == 0) continue;
            text += $" Of {name}, {failed} of {Numbers.Plural(side.Repeats.Count, "run")} did not hold.";
        }

        return text;
    }

    private static IReadOnlyList<Repeat> Sorted(IReadOnlyList<Repeat> repeats, HashSet<long> common) =>
        [.. repeats.Where(repeat => common.Contains(repeat.RandomSeed)).OrderBy(repeat => repeat.RandomSeed)];

    private sealed record Sample(string Metric, double[] A, double[] B)
    {
        public MeanDifference Judge(bool isPaired, double level) => isPaired
            ? MeanDifference.Paired(A, B, level)
            : MeanDifference.Unpaired(A, B, level);
    }

    private static List<Sample> Samples(
        IReadOnlyList<Repeat> a, IReadOnlyList<Repeat> b, IReadOnlyList<string>? metrics, bool isPaired)
    {
        IReadOnlyCollection<string> ofA = [.. a.SelectMany(run => run.Figures.Keys).Distinct()];
        HashSet<string> ofB = [.. b.SelectMany(run => run.Figures.Keys)];
        var samples = new List<Sample>();
        foreach (var metric in metrics ?? FigurePaths.Of([.. ofA.Where(ofB.Contains)]))
        {
            var sample = isPaired ? Pairs(metric, a, b) : new Sample(metric, Values(a, metric), Values(b, metric));
            if (sample.A.Length > 0 && sample.B.Length > 0) samples.Add(sample);
        }

        return samples;
    }

    /// <summary>Only the pairs of which both have the figure.</summary>
    private static Sample Pairs(string metric, IReadOnlyList<Repeat> a, IReadOnlyList<Repeat> b)
    {
        var both = Enumerable.Range(0, a.Count)
            .Where(index => a[index].Figures.ContainsKey(metric) && b[index].Figures.ContainsKey(metric)).ToList();
        return new Sample(
            metric, [.. both.Select(index => a[index].Figures[metric])],
            [.. both.Select(index => b[index].Figures[metric])]);
    }

    private static double[] Values(IReadOnlyList<Repeat> runs, string metric) =>
        [.. runs.Where(run => run.Figures.ContainsKey(metric)).Select(run => run.Figures[metric])];
}

/// <summary>One of the two that are compared.</summary>
/// <param name="Name">As it was typed, with what was set.</param>
internal sealed record ComparedSide(string Name, IReadOnlyList<Repeat> Repeats)
{
    /// <summary>The runs that have figures: those that ran to their end, held or not.</summary>
    public IReadOnlyList<Repeat> Complete { get; } = [.. Repeats.Where(repeat => repeat.IsComplete)];
}

/// <summary>One figure of both.</summary>
/// <param name="Metric">Its path in the summary of a run.</param>
internal sealed record ComparedFigure(string Metric, MeanDifference Difference)
{
    private const string NoWords = "–";

    public double A => Difference.MeanA;

    public double B => Difference.MeanB;

    public bool IsShown => Difference.Verdict is DifferenceVerdict.BIsLarger or DifferenceVerdict.BIsSmaller;

    public string DifferenceInWords => Difference switch
    {
        { Verdict: DifferenceVerdict.Identical } => "0",
        { HalfWidth: { } half } => $"{Signed(Difference.Difference)} ± {Numbers.Significant(half)}",
        _ => Signed(Difference.Difference),
    };

    public string RelativeInWords => Difference.Verdict == DifferenceVerdict.Identical || A == 0
        ? NoWords
        : string.Create(CultureInfo.InvariantCulture, $"{100 * Difference.Difference / Math.Abs(A):+0.0;-0.0;0.0} %");

    public string VerdictInWords => Difference.Verdict switch
    {
        DifferenceVerdict.Identical => "identical",
        DifferenceVerdict.NoDifferenceShown => "no difference shown",
        DifferenceVerdict.BIsLarger => "B is larger",
        _ => "B is smaller",
    };

    private static string Signed(double value) => (value > 0 ? "+" : "") + Numbers.Significant(value);
}
