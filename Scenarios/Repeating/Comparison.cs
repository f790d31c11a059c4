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
/// <param name="Absent">Figures that are usually compared, and that no run of either side has.</param>
internal sealed record Comparison(
    ComparedSide A, ComparedSide B, bool IsPaired, int Runs, double Level, IReadOnlyList<ComparedFigure> Rows,
    IReadOnlyList<string> Absent)
{
    /// <summary>Complete runs of A; with pairs those that B has too, in the order of their random seeds.</summary>
    public required IReadOnlyList<Repeat> RunsOfA { get; init; }

    public required IReadOnlyList<Repeat> RunsOfB { get; init; }

    /// <summary>A row for each figure that is asked for, measured or not.</summary>
    /// <param name="metrics">Null: what readers ask for first, of that what some run has.</param>
    /// <param name="more">Beside these.</param>
    public static Comparison Of(
        ComparedSide a, ComparedSide b, IReadOnlyList<string>? metrics, double level = MeanInterval.UsualLevel,
        params IReadOnlyList<string> more)
    {
        var (ofA, ofB) = (a.Complete, b.Complete);
        HashSet<long> common = [.. ofA.Select(run => run.RandomSeed).Intersect(ofB.Select(run => run.RandomSeed))];
        var isPaired = common.Count >= 2;
        if (isPaired) (ofA, ofB) = (Sorted(ofA, common), Sorted(ofB, common));
        HashSet<string> present = [.. ofA.Concat(ofB).SelectMany(run => run.Figures.Keys)];
        var asked = (metrics ?? FigurePaths.Of(present)).Concat(more).Distinct();
        var samples = asked.Select(metric => ComparedSample.Of(metric, ofA, ofB, isPaired)).ToList();
        var differing = samples.Count(sample =>
            sample.Judge(level) is { Verdict: not DifferenceVerdict.Identical });
        var share = 1 - ((1 - level) / Math.Max(1, differing));
        return new Comparison(
            a, b, isPaired, isPaired ? common.Count : ofA.Count + ofB.Count, level,
            [.. samples.Select(sample => new ComparedFigure(sample, sample.Judge(share)))],
            metrics is null ? FigurePaths.AbsentFrom(present) : [])
        {
            RunsOfA = ofA,
            RunsOfB = ofB,
        };
    }

    public ComparedSample Sample(string metric) => ComparedSample.Of(metric, RunsOfA, RunsOfB, IsPaired);

    /// <summary>What the intervals rest on.</summary>
    public string RunsInWords => IsPaired
        ? $"{Numbers.Plural(Runs, "pair")} of runs with the same random seed"
        : $"{A.Complete.Count} runs of A and {B.Complete.Count} of B that share no random seeds (pairs tell far "
            + "smaller differences)";

    /// <summary>What it comes to, in sentences.</summary>
    public string InWords => string.Create(
        CultureInfo.InvariantCulture,
        $"{RunsInWords}; the intervals hold together at {Level * 100:0.#} %. {Conclusion()}")
        + string.Concat(NotMeasured.Sentences(Missing).Select(sentence => $" {sentence}")) + Troubles();

    private IEnumerable<(string Metric, string Where)> Missing =>
    [
        .. Rows.Where(row => row.Difference is null).Select(row => (row.Metric, Where(row.Sample))),
        .. Absent.Select(metric => (metric, "in no run of A or B")),
    ];

    private static string Where(ComparedSample sample) => (sample.OfA, sample.OfB) switch
    {
        (0, 0) => "in no run of A or B",
        (0, _) => "in no run of A",
        (_, 0) => "in no run of B",
        _ => "in both runs of no pair",
    };

    private string Conclusion()
    {
        var compared = Rows.Where(row => row.Difference is not null).ToList();
        var shown = compared.Where(row => row.IsShown).ToList();
        if (compared.Count == 0) return "Nothing was compared: no figure was measured in both A and B.";
        if (shown.Count > 0)
            return $"{Numbers.Plural(shown.Count, "difference")} shown: {string.Join(", ", shown.Select(Said))}.";
        return compared.All(row => row.Verdict == DifferenceVerdict.Identical)
            ? $"A and B are identical in every figure compared ({compared.Count})."
            : "No difference shown: every interval holds 0, which bounds the difference and proves nothing.";
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
}
