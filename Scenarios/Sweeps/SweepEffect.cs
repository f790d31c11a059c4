using System.Globalization;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>What kind of question an effect answers.</summary>
internal enum EffectKind
{
    /// <summary>A parameter goes from its first value to another, over all cells.</summary>
    Main,

    /// <summary>A parameter goes over its whole range, along the plane that fits all cells best.</summary>
    Slope,

    /// <summary>Two parameters together do more, or less, than each by itself.</summary>
    Interaction,
}

/// <summary>What a parameter, or two together, do to a figure.</summary>
/// <param name="From">The values that it goes from, as words.</param>
/// <param name="Interval">Of the effect; null when too few repeats have the figure in all cells.</param>
internal sealed record SweepEffect(
    SweepMetric Metric, EffectKind Kind, string Parameter, string From, string To, MeanInterval? Interval)
{
    /// <summary>Whether it is larger than its interval, so that its sign is known.</summary>
    public bool IsShown => Interval is { HalfWidth: { } half } interval && Math.Abs(interval.Mean) > half;

    /// <summary>Whether no repeat sees any effect at all.</summary>
    public bool IsNothing => Interval is { Minimum: 0, Maximum: 0 };

    /// <summary>Whether too few repeats have the figure to say anything.</summary>
    public bool IsOpen => Interval is null or { HalfWidth: null };

    public string VerdictInWords => this switch
    {
        { IsOpen: true } => "too few repeats",
        { IsNothing: true } => "none at all",
        { IsShown: true, Interval.Mean: > 0 } => "grows",
        { IsShown: true } => "falls",
        _ => "not shown",
    };

    public string SizeInWords => Interval switch
    {
        null => "–",
        { HalfWidth: { } half } interval => $"{Signed(interval.Mean)} ± {Numbers.Significant(half)}",
        _ => Signed(Interval.Mean),
    };

    /// <summary>As a sentence of the report; of those that are open <see cref="SweepSentences"/> tells.</summary>
    public string InWords()
    {
        var what = Kind == EffectKind.Interaction
            ? $"{Parameter} together, beyond what each does by itself"
            : $"{Parameter} from {From} to {To}";
        return this switch
        {
            { IsNothing: true } => $"{Metric.Name}, {what}: no repeat differs.",
            { IsShown: true } => $"{Metric.Name}, {what}: {SizeInWords}, larger than its interval.",
            _ => $"{Metric.Name}, {what}: {SizeInWords}; the interval holds 0, so not even its sign is known.",
        };
    }

    private static string Signed(double value) => (value > 0 ? "+" : "") + Numbers.Significant(value);
}

/// <summary>
/// The effects of a sweep. All their intervals hold together at 95 %: each that differs at all gets its share of the
/// error (Bonferroni).
/// </summary>
internal static class SweepEffects
{
    private sealed record Question(
        SweepMetric Metric, EffectKind Kind, string Parameter, string From, string To, IReadOnlyList<double> Answers);

    public static IReadOnlyList<SweepEffect> Of(SweepData data)
    {
        var questions = data.Metrics.SelectMany(metric => data.Plan.Settings.Design == SweepDesign.Grid
            ? OfGrid(data, metric)
            : OfHypercube(data, metric)).ToList();
        var differing = questions.Count(question => question.Answers.Any(answer => answer != 0));
        var level = 1 - ((1 - MeanInterval.UsualLevel) / Math.Max(1, differing));
        return
        [
            .. questions.Select(question => new SweepEffect(
                question.Metric, question.Kind, question.Parameter, question.From, question.To,
                question.Answers.Count > 0 ? MeanInterval.Of([.. question.Answers], level) : null)),
        ];
    }

    private static IEnumerable<Question> OfGrid(SweepData data, SweepMetric metric)
    {
        var (plan, samples) = (data.Plan, data.Samples(metric.Path));
        var levels = plan.Parameters.Select(CellDesign.Levels).ToList();
        var ofCells = levels.Select((known, index) =>
            (IReadOnlyList<int>)[.. plan.Cells.Select(cell => PlaceOf(cell.Values[index], known))]).ToList();
        for (var index = 0; index < levels.Count; index++)
        {
            for (var to = 1; to < levels[index].Count; to++)
            {
                yield return new Question(
                    metric, EffectKind.Main, plan.Parameters[index].Name, SweepCell.TextOf(levels[index][0]),
                    SweepCell.TextOf(levels[index][to]),
                    CellContrast.MainEffect(ofCells[index], 0, to).Of(samples));
            }
        }

        for (var one = 0; one < levels.Count; one++)
        {
            for (var other = one + 1; other < levels.Count; other++)
            {
                if (levels[one].Count < 2 || levels[other].Count < 2) continue;
                yield return new Question(
                    metric, EffectKind.Interaction,
                    $"{plan.Parameters[one].Name} and {plan.Parameters[other].Name}",
                    $"{SweepCell.TextOf(levels[one][0])}, {SweepCell.TextOf(levels[other][0])}",
                    $"{SweepCell.TextOf(levels[one][^1])}, {SweepCell.TextOf(levels[other][^1])}",
                    CellContrast.Interaction(ofCells[one], ofCells[other]).Of(samples));
            }
        }
    }

    private static IEnumerable<Question> OfHypercube(SweepData data, SweepMetric metric)
    {
        var plan = data.Plan;
        var coordinates = plan.Cells.Select(cell => (IReadOnlyList<double>)[.. plan.Parameters.Select(
            (parameter, index) => ShareOfRange(parameter, cell.Values[index].Number!.Value))]).ToList();
        for (var index = 0; index < plan.Parameters.Count; index++)
        {
            var parameter = plan.Parameters[index];
            yield return new Question(
                metric, EffectKind.Slope, parameter.Name, Text(parameter.From), Text(parameter.To),
                CellContrast.Slope(coordinates, index)?.Of(data.Samples(metric.Path)) ?? []);
        }
    }

    private static double ShareOfRange(SweepParameter parameter, double value)
    {
        var (from, to) = (parameter.From!.Value, parameter.To!.Value);
        return parameter.Scale == ParameterScale.Linear
            ? (value - from) / (to - from)
            : Math.Log(value / from) / Math.Log(to / from);
    }

    private static int PlaceOf(ExpectedValue value, IReadOnlyList<ExpectedValue> levels) =>
        levels.TakeWhile(level => level != value).Count();

    private static string Text(double? number) => number!.Value.ToString(CultureInfo.InvariantCulture);
}
