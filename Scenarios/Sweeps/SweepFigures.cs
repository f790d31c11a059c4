using GossipSim.Analysis;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// The figures of a sweep: of a grid, for each metric curves over the first parameter for each value of the second, and
/// a heat map of both; of a Latin hypercube its cells along each parameter.
/// </summary>
internal static class SweepFigures
{
    public static IReadOnlyList<Figure> Compose(SweepData data)
    {
        var source = $"{data.Plan.Name}, simulator, {Numbers.Plural(data.Plan.Cells.Count, "cell")} of "
            + $"{Numbers.Plural(data.Plan.Repeats, "repeat")}, random seeds from {data.Plan.RandomSeed}";
        var figures = data.Plan.Settings.Design == SweepDesign.Grid
            ? data.Metrics.SelectMany(metric => OfGrid(data, metric))
            : data.Metrics.SelectMany(metric => OfHypercube(data, metric));
        return [.. figures.Select(figure => figure with { Source = source })];
    }

    private static IEnumerable<Figure> OfGrid(SweepData data, SweepMetric metric)
    {
        var parameters = data.Plan.Parameters;
        var levels = CellDesign.Levels(parameters[0]);
        var caption = Caption(data, metric);
        var name = NameOf(metric);
        if (levels.Count > 1)
        {
            yield return SweepCurveFigure.Create(
                name, metric.Name, AxisOf(parameters[0], levels), parameters.Count > 1 ? parameters[1].Name : null,
                Curves(data, metric, levels), caption);
        }

        if (parameters.Count < 2) yield break;
        var others = CellDesign.Levels(parameters[1]);
        var fields = new List<(int Column, int Row, MeanInterval? Mean)>();
        for (var column = 0; column < levels.Count; column++)
        {
            for (var row = 0; row < others.Count; row++)
            {
                var cells = CellsWith(data, (0, levels[column]), (1, others[row]));
                fields.Add((column, row, data.Mean(metric.Path, cells)));
            }
        }

        yield return HeatMapFigure.Create(
            name + "-map", metric.Name, (parameters[0].Name, Words(levels)), (parameters[1].Name, Words(others)),
            fields, caption);
    }

    private static List<RepeatCurve> Curves(
        SweepData data, SweepMetric metric, IReadOnlyList<ExpectedValue> levels)
    {
        var parameters = data.Plan.Parameters;
        if (parameters.Count == 1) return [CurveOf(null, level => CellsWith(data, (0, level)))];
        return
        [
            .. CellDesign.Levels(parameters[1]).Select(other => CurveOf(
                $"{parameters[1].Name} {SweepCell.TextOf(other)}", level => CellsWith(data, (0, level), (1, other)))),
        ];

        RepeatCurve CurveOf(string? label, Func<ExpectedValue, IReadOnlyList<SweepCell>> cellsAt) => new(
            label,
            [
                .. levels.Select((level, place) => (
                        X: AreNumbers(levels) ? level.Number!.Value : place,
                        Mean: data.Mean(metric.Path, cellsAt(level))))
                    .Where(point => point.Mean is not null)
                    .Select(point => new RepeatPoint(point.X, point.Mean!)),
            ]);
    }

    private static IEnumerable<Figure> OfHypercube(SweepData data, SweepMetric metric) =>
        data.Plan.Parameters.Select((parameter, index) => SweepScatterFigure.Create(
            $"{NameOf(metric)}-{index + 1}", metric.Name, AxisOf(parameter, []),
            [
                .. data.Plan.Cells.Select(cell => (cell, Mean: data.Mean(metric.Path, cell)))
                    .Where(each => each.Mean is not null)
                    .Select(each => new RepeatPoint(each.cell.Values[index].Number!.Value, each.Mean!)),
            ],
            Caption(data, metric)));

    private static IReadOnlyList<SweepCell> CellsWith(
        SweepData data, params ReadOnlySpan<(int Parameter, ExpectedValue Value)> wanted)
    {
        IEnumerable<SweepCell> cells = data.Plan.Cells;
        foreach (var (parameter, value) in wanted) cells = cells.Where(cell => cell.Values[parameter] == value);
        return [.. cells];
    }

    /// <summary>Numbers along an axis; words, or a mixture, beside each other.</summary>
    private static Axis AxisOf(SweepParameter parameter, IReadOnlyList<ExpectedValue> levels) => new(parameter.Name)
    {
        Scale = parameter.Scale == ParameterScale.Logarithmic ? AxisScale.Logarithmic : AxisScale.Linear,
        Rows = AreNumbers(levels) ? null : Words(levels),
    };

    private static bool AreNumbers(IReadOnlyList<ExpectedValue> levels) =>
        levels.All(level => level.Number is not null);

    private static IReadOnlyList<string> Words(IReadOnlyList<ExpectedValue> levels) =>
        [.. levels.Select(SweepCell.TextOf)];

    private static string Caption(SweepData data, SweepMetric metric)
    {
        var (plan, isGrid) = (data.Plan, data.Plan.Settings.Design == SweepDesign.Grid);
        var repeats = data.Samples(metric.Path).Select(cell => cell.Count(double.IsFinite)).ToList();
        var counts = repeats.Min() == repeats.Max()
            ? $"{Numbers.Plural(repeats[0], "run")} in each cell"
            : $"{repeats.Min()} to {Numbers.Plural(repeats.Max(), "run")} in each cell: not every run has this figure";
        var others = isGrid && plan.Parameters.Count > 2
            ? $" Each point is a mean over all values of "
                + string.Join(", ", plan.Parameters.Skip(2).Select(parameter => parameter.Name)) + "."
            : "";
        return $"{counts}; the cells share their random seeds, so that curves differ less by chance than their bands "
            + $"suggest.{others}{Gaps(data, metric)}";
    }

    /// <summary>What is missing in the figure, and why.</summary>
    private static string Gaps(SweepData data, SweepMetric metric)
    {
        var gaps = data.Plan.Cells.Select(cell => data.WhyNotMeasured(metric.Path, cell)).OfType<string>().ToList();
        return gaps.Count == 0
            ? ""
            : $" {Numbers.Plural(gaps.Count, "cell")} without a value, {string.Join("; ", gaps.Distinct())}.";
    }

    /// <summary>The path in the words of file names.</summary>
    private static string NameOf(SweepMetric metric) => string.Concat(metric.Path.Select(letter =>
        letter == '.' ? "-" : char.IsAsciiLetterUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
