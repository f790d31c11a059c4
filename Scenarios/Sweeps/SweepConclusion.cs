using GossipSim.Analysis;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// Makes tables, figures and report of a sweep that is complete, from its results in the order of their tasks: they
/// depend on nothing else.
/// </summary>
internal static class SweepConclusion
{
    public const string TableName = "sweep.csv";

    /// <param name="isStrict">Whether a warning of a run fails the sweep.</param>
    /// <returns>Whether all runs held; inconclusive when tasks are missing, which are named.</returns>
    public static ExitCode Write(
        SweepPlan plan, ResultFolder results, string directory, Terminal terminal, bool json, bool isStrict)
    {
        var messages = terminal.MessagesOf(json);
        if (results.Missing.Count > 0)
        {
            messages.WriteLine(
                $"{Numbers.Count(results.Missing.Count)} of {Numbers.Plural(plan.TaskCount, "task")} missing:");
            MissingTasks.Tell(plan, results.Missing, messages);
            return ExitCode.Inconclusive;
        }

        var data = new SweepData(plan, [.. results.Results.OfType<Repeat>()]);
        var isWarned = isStrict && data.Results.Any(result => result.Warnings.Count > 0);
        var exitCode = data.Held == data.Results.Count && !isWarned ? ExitCode.Held : ExitCode.Failed;
        var effects = SweepEffects.Of(data);
        var summary = SweepSummary.Of(data, effects, (int)exitCode);
        try
        {
            WriteFiles(directory, data, effects, summary);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"cannot write to \"{directory}\": {wrong.Message}");
        }

        Tell(data, effects, summary.Warnings, directory, terminal, messages);
        if (isWarned) messages.WriteLine("Failed: a run has warnings, with --strict.");
        if (json) JsonOption.WriteLine(terminal, summary);
        return exitCode;
    }

    private static void WriteFiles(
        string directory, SweepData data, IReadOnlyList<SweepEffect> effects, SweepSummary summary)
    {
        var figures = SweepFigures.Compose(data);
        FigureFiles.Write(Path.Combine(directory, "plots"), figures);
        WriteTable("cells.csv", writer => SweepTable.WriteCells(writer, data));
        WriteTable("effects.csv", writer => SweepTable.WriteEffects(writer, effects));
        WriteTable(TableName, writer => SweepTable.WriteRuns(writer, data));
        WholeFile.Write(Path.Combine(directory, "summary.json"), JsonOption.Text(summary) + "\n");
        WholeFile.Write(Path.Combine(directory, "report.html"), SweepReport.Write(data, effects, figures));

        void WriteTable(string name, Action<TextWriter> write)
        {
            using var text = new StringWriter();
            write(text);
            WholeFile.Write(Path.Combine(directory, name), text.ToString());
        }
    }

    private static void Tell(
        SweepData data, IReadOnlyList<SweepEffect> effects, IReadOnlyList<RepeatedWarning> warnings, string directory,
        Terminal terminal, TextWriter messages)
    {
        foreach (var sentence in SweepSentences.Of(effects, data.Plan))
            terminal.WriteProse(messages, sentence);
        messages.WriteLine(
            $"{Numbers.Plural(data.Results.Count, "run")} of {Numbers.Plural(data.Plan.Cells.Count, "cell")}: "
            + $"{Numbers.Count(data.Held)} held.");
        foreach (var warning in warnings) messages.WriteLine(warning.InWords(data.Results.Count));
        messages.WriteLine($"Results: {directory}");
    }
}
