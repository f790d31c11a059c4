using GossipSim.Analysis;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// The tables of a sweep. <c>sweep.csv</c> is tidy: a row for each run, a column for each parameter and figure. Values
/// that a run does not have are empty.
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
                "exitCode", "fingerprint", .. data.Columns,
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
                "high", "standardDeviation", "min", "max",
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
                    ]);
            }
        }
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
