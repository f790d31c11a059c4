using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Repeating;

/// <summary>Repeats and comparisons as tables for people.</summary>
internal static class RepeatTables
{
    /// <summary>More would hide the figures; all are in the summary.</summary>
    private const int MostTroubles = 5;

    public static void Print(RepeatSummary summary, Terminal terminal, TextWriter writer)
    {
        if (summary.Runs > 0) Means(summary).Write(terminal.Rich(writer));
        terminal.WriteProse(writer, InWords(summary));
        foreach (var sentence in NotMeasured.Sentences(summary.NotMeasured.Select(path => (path, "in no run"))))
            terminal.WriteProse(writer, sentence);
        foreach (var trouble in summary.Troubles.Take(MostTroubles))
            writer.WriteLine($"  random seed {trouble.RandomSeed}: {trouble.What}\n    repeat: {trouble.Repeat}");
        if (summary.Troubles.Count > MostTroubles)
            writer.WriteLine($"  and {summary.Troubles.Count - MostTroubles} more (summary.json)");
        foreach (var warning in summary.Warnings) terminal.WriteProse(writer, warning.InWords(summary.Runs));
        writer.WriteLine($"Results: {summary.Directory}");
    }

    public static void Print(Comparison comparison, Terminal terminal, TextWriter writer)
    {
        var table = new FittingTable("Figure", "Unit", "A", "B", "B less A", "that is", "Verdict")
        {
            RightAligned = [2, 3, 4, 5],
        };
        foreach (var row in comparison.Rows)
        {
            table.AddRow(
                row.MetricInWords, row.Unit, NotMeasured.Or(row.A), NotMeasured.Or(row.B), row.DifferenceInWords,
                row.RelativeInWords, row.VerdictInWords);
        }

        table.Write(terminal.Rich(writer));
        terminal.WriteProse(writer, comparison.InWords);
    }

    private static FittingTable Means(RepeatSummary summary)
    {
        var table = new FittingTable("Figure", "Unit", "Mean", "95 % interval", "Deviation", "Least to most")
        {
            RightAligned = [2, 3, 4, 5],
        };
        foreach (var path in FigurePaths.Of([.. summary.Metrics.Keys]))
        {
            var figure = summary.Metrics[path];
            var isPartial = figure.Count < summary.Runs;
            table.AddRow(
                isPartial ? $"{path} ({Numbers.Plural(figure.Count, "run")})" : path, figure.Unit,
                Numbers.Significant(figure.Mean),
                figure is { Low: { } low, High: { } high } ? Range(low, high) : "–",
                Numbers.Significant(figure.StandardDeviation), Range(figure.Min, figure.Max));
        }

        return table;
    }

    private static string InWords(RepeatSummary summary)
    {
        var text = $"{Numbers.Plural(summary.Runs, "run")} of {summary.Scenario}, random seeds from "
            + $"{summary.FirstRandomSeed}: {summary.Held} held, {Numbers.Seconds(summary.WallSeconds)}.";
        if (summary.Precision is not { } wanted) return text;
        var width = wanted.IsRelative
            ? string.Create(CultureInfo.InvariantCulture, $"{wanted.HalfWidth * 100:0.###} % of its mean")
            : wanted.HalfWidth.ToString(CultureInfo.InvariantCulture);
        if (!summary.Metrics.ContainsKey(wanted.Metric))
            return $"{text} {wanted.Metric} is not known within {width}: it was measured in no run.";
        return wanted.IsReached
            ? $"{text} {wanted.Metric} is known within {width}."
            : $"{text} They do not suffice to know {wanted.Metric} within {width}; allow more --runs.";
    }

    private static string Range(double low, double high) => low == high
        ? Numbers.Significant(low)
        : $"{Numbers.Significant(low)} to {Numbers.Significant(high)}";
}
