using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;
using Spectre.Console;

namespace GossipSim.Scenarios.Progress;

/// <summary>The last words of a run: verdict, main figures, where the results are and which file to open.</summary>
internal static class ClosingSummary
{
    public static void Print(RunResult result, Terminal terminal, bool json)
    {
        var writer = terminal.MessagesOf(json);
        var console = terminal.Rich(writer);
        foreach (var warning in result.Summary.Warnings.Where(warning => warning.ComesFirst))
            terminal.WriteProse(writer, $"Warning: {warning.Message}.");
        PrintFigures(result, console);
        var verdict = RunVerdict.Of(result);
        console.Markup($"[bold {(verdict.Good ? "green" : "red")}]{Markup.Escape(verdict.Headline)}.[/]");
        terminal.WriteProse(writer, $" {verdict.Detail}", column: verdict.Headline.Length + 1);

        // Paths and commands are to be copied, so nothing may wrap them.
        foreach (var violation in result.Violations)
            writer.WriteLine($"  {violation.Name}: {violation.InWords()}\n  repeat: {result.Ending.RepeatCommand}");
        foreach (var (name, breaches) in result.Summary.Invariants.Waived)
        {
            if (breaches == 0) continue;
            var cost = result.Ending.Invariants.First(outcome => outcome.Name == name);
            writer.WriteLine($"Waived: {name}, breached {Numbers.Count(breaches)} times: {cost.Detail}");
        }

        foreach (var warning in result.Summary.Warnings.Where(warning => !warning.ComesFirst))
            writer.WriteLine($"Warning: {warning.Message}.");
        foreach (var sampled in SamplingInWords.Of(result)) writer.WriteLine($"Sampled: {sampled}");
        if (result.Summary.Directory.Length == 0) return;
        writer.WriteLine($"Results: {result.Summary.Directory}");
        writer.WriteLine($"Open:    {Path.Combine(result.Summary.Directory, "report.html")}");
        writer.Flush();
    }

    /// <summary>The main figures as a table.</summary>
    public static void PrintFigures(RunResult result, IAnsiConsole console)
    {
        var table = FittingTable.OfFigures(columns: 3, isGrouped: true);
        var group = "";
        foreach (var figure in KeyFigure.Of(result).Where(f => f.InBrief))
        {
            var shown = figure.Group == group ? "" : figure.Group;
            group = figure.Group;
            table.AddRow(shown, figure.Name, figure.Value);
        }

        table.Write(console);
    }
}
