using GossipSim.Analysis;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// The tables of a sweep. <c>sweep.csv</c> is tidy: a row for each run, a column for each parameter and figure. Values
/// that a run does not have are empty, so that columns hold numbers only; the last column says why they are.
/// </summary>
internal static class SweepTable
{
    public static void WriteRuns(TextWriter writer, SweepData data)
    {
        var plan = data.Plan;
        CsvFiles.WriteRow(
            writer,
            [
                "task", "cell", "repeat", .. plan.Parameters.Select(parameter => parameter.Path), "randomSeed",
                "exitCode", "fingerprint", .. data.Columns, "notMeasured",
            ]);
        for (var number = 0; number < plan.TaskCount; number++)
        {
            var (task, result) = (plan.Task(number), data.Results[number]);
            CsvFiles.WriteRow(
                writer,
                [
                    number, task.Cell.Number, task.Repeat, .. task.Cell.Values.Select(SweepCell.TextOf),
                    result.RandomSeed, result.ExitCode, result.Fingerprint,
                    .. data.Columns.Select(path =>
                        result.Figures.TryGetValue(path, out var value) ? (object?)value : null),
                    WhyEmpty(data, result),
                ]);
        }
    }

    /// <summary>A row for each cell and figure that is drawn: its mean and the 95 % interval of that.</summary>
    public static void WriteCells(TextWriter writer, SweepData data)
    {
        CsvFiles.WriteRow(
            writer,
            [
                "cell", .. data.Plan.Parameters.Select(parameter => parameter.Path), "metric", "runs", "mean", "low",
                "high", "standardDeviation", "min", "max", "unit", "notMeasured",
            ]);
        foreach (var cell in data.Plan.Cells)
        {
            foreach (var metric in data.Metrics)
            {
                var mean = data.Mean(metric.Path, cell);
                CsvFiles.WriteRow(
                    writer,
                    [
                        cell.Number, .. cell.Values.Select(SweepCell.TextOf), metric.Path, mean?.Count ?? 0,
                        mean?.Mean, mean?.Low, mean?.High, mean?.StandardDeviation, mean?.Minimum, mean?.Maximum,
                        MetricPaths.UnitOf(metric.Path), data.WhyNotMeasured(metric.Path, cell),
                    ]);
            }
        }
    }

    /// <summary>Which figures a run has not, and why; nothing where it has all.</summary>
    private static string? WhyEmpty(SweepData data, Repeat run)
    {
        if (!run.IsComplete) return $"every figure: the run did not come to its end ({run.Trouble})";
        var missing = data.Columns.Where(path => !run.Figures.ContainsKey(path)).Select(path =>
            NotMeasured.ConditionOf(path) is { } needed ? $"{path}: only when {needed}" : path);
        return string.Join("; ", missing) is { Length: > 0 } text ? text : null;
    }

    public static void WriteEffects(TextWriter writer, IReadOnlyList<SweepEffect> effects)
    {
        CsvFiles.WriteRow(
            writer, "metric", "kind", "parameter", "from", "to", "repeats", "effect", "low", "high", "level",
            "verdict");
        foreach (var effect in effects)
        {
            var interval = effect.Interval;
            CsvFiles.WriteRow(
                writer, effect.Metric.Path, EventDetail.Name(effect.Kind.ToString()), effect.Parameter, effect.From,
                effect.To, interval?.Count ?? 0, interval?.Mean, interval?.Low, interval?.High, interval?.Level,
                effect.VerdictInWords);
        }
    }
}
