using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Remeasuring;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>analyze</c> of a run: its figures once more, from its event log, beside those that it left.</summary>
internal static class AnalyzeRunCommand
{
    /// <summary>Our choice: a summary of another run differs in everything.</summary>
    private const int MostDifferencesTold = 20;

    public static void AddTo(Command analyze, Terminal terminal, ScenarioLibrary library)
    {
        Argument<string> run = StoredRun.CreateArgument();
        var output = new Option<string?>("--output")
        {
            Description = "Draw the figures into this folder.", HelpName = "DIR",
        };
        Option<bool> json = JsonOption.Create("Print the summary, measured again, as JSON.");
        analyze.Add(run);
        analyze.Add(output);
        analyze.Add(json);
        analyze.SetAction(parsed =>
        {
            var again = RemeasuredRun.Of(new StoredRun(terminal, library).FolderOf(parsed.GetValue(run)!), library);
            var asJson = parsed.GetValue(json);
            if (asJson) JsonOption.WriteLine(terminal, again.Result.Summary);
            else ClosingSummary.PrintFigures(again.Result, terminal.Rich(terminal.Output));
            if (parsed.GetValue(output) is { } folder)
                Draw(again.Result, library.FromCurrentDirectory(folder), terminal.MessagesOf(asJson));
            Tell(again.Differences, terminal.MessagesOf(asJson));
            return (int)(again.Differences.Count == 0 ? ExitCode.Held : ExitCode.Failed);
        });
    }

    private static void Draw(RunResult result, string folder, TextWriter messages)
    {
        try
        {
            var figures = FigureSet.Compose(result, Enum.GetValues<PlotKind>());
            FigureFiles.Write(folder, figures);
            messages.WriteLine($"{Numbers.Plural(figures.Count, "figure")} in {folder}");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"cannot write figures to \"{folder}\": {wrong.Message.TrimEnd('.')}");
        }
    }

    private static void Tell(IReadOnlyList<FigureDifference> differences, TextWriter messages)
    {
        if (differences.Count == 0)
        {
            messages.WriteLine("summary.json says the same as the event log.");
            return;
        }

        var figures = Numbers.Plural(differences.Count, "figure");
        messages.WriteLine($"summary.json differs from the event log in {figures}:");
        foreach (var different in differences.Take(MostDifferencesTold))
            messages.WriteLine($"  {different.Path}: {different.Stored} there, {different.Measured} in the log");
        if (differences.Count > MostDifferencesTold)
            messages.WriteLine($"  and {differences.Count - MostDifferencesTold} more");
    }
}
