using System.Diagnostics;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Gates;
using GossipSim.Scenarios.JUnit;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Repeating;

/// <summary>
/// <c>compare</c>: runs what is not stored yet, both with the same random seeds, and compares. Streams of chance are
/// each keyed by what they are for, so that a change of one setting leaves the chances of everything else alone.
/// </summary>
internal static class CompareSession
{
    public static async Task<ExitCode> RunAsync(
        CompareRequest request, Terminal terminal, CancellationToken cancel)
    {
        var isForPeople = !request.Json && !request.Markdown;
        var messages = terminal.MessagesOf(!isForPeople);
        using var interruption = Interruption.Announce(
            messages, cancel, "Interrupted: there is no comparison of a part.");
        var seeds = SeedsOf(request);
        var begun = Stopwatch.GetTimestamp();
        var a = await SideAsync(request.A, "A", seeds, request.Strict, messages, cancel);
        var b = await SideAsync(request.B, "B", seeds, request.Strict, messages, cancel);
        if (cancel.IsCancellationRequested) return ExitCode.Cancelled;
        foreach (var side in new[] { a, b })
        {
            if (side.Complete.Count == 0)
                throw new EnvironmentException($"no run of {side.Name} came to its end: {side.Repeats[0].Trouble}");
        }

        var comparison = Comparison.Of(
            a, b, request.Metrics, more: [.. request.Gates.Select(gate => gate.Metric)]);
        var gates = GateJudge.Judge(request.Gates, comparison);
        var isWarned = request.Strict && a.Warnings.Count + b.Warnings.Count > 0;
        var exitCode = isWarned ? ExitCode.Failed : GateJudge.ExitCodeOf(gates);
        if (request.OutputDirectory is { } directory) ComparisonFolder.Write(comparison, gates, directory);
        if (request.Json) JsonOption.WriteLine(terminal, CompareSummary.Of(comparison, gates, exitCode));
        else if (request.Markdown) terminal.Output.Write(ComparisonMarkdown.Write(comparison, gates));
        else RepeatTables.Print(comparison, terminal, messages);
        var verdicts = request.Markdown ? terminal.Error : messages;
        TellWarnings("A", a, terminal, verdicts);
        TellWarnings("B", b, terminal, verdicts);
        foreach (var gate in gates) terminal.WriteProse(verdicts, gate.InWords);
        if (isWarned) verdicts.WriteLine("Failed: a run has warnings, with --strict.");
        if (request.JUnitFile is { } file)
        {
            var seconds = Math.Round(Stopwatch.GetElapsedTime(begun).TotalSeconds, 3);
            JUnitFile.Write(
                file, CompareCommand.Name, JUnitOutcomes.Of(comparison, gates, request.Strict, seconds));
        }

        return exitCode;
    }

    private static void TellWarnings(string letter, ComparedSide side, Terminal terminal, TextWriter messages)
    {
        foreach (var warning in side.Warnings)
            terminal.WriteProse(messages, $"{letter}: {warning.InWords(side.Repeats.Count)}");
    }

    /// <summary>Those of stored runs, so that what is still to be run makes pairs with them.</summary>
    private static IReadOnlyList<long> SeedsOf(CompareRequest request)
    {
        var stored = request.A.Loaded is null ? request.A.Stored : request.B.Stored;
        return stored.Count > 0
            ? [.. stored.Select(run => run.RandomSeed)]
            : [.. Enumerable.Range(0, request.Runs).Select(index => request.FirstRandomSeed + index)];
    }

    private static async Task<ComparedSide> SideAsync(
        CompareSource source, string letter, IReadOnlyList<long> seeds, bool isStrict, TextWriter messages,
        CancellationToken cancel)
    {
        if (source.Loaded is not { } loaded)
            return new ComparedSide(source.Name, source.Stored) { Warnings = source.Warnings };
        messages.WriteLine($"{letter}: {source.Name}, {Numbers.Plural(seeds.Count, "run")}");
        TcpLimits.Check(loaded.Scenario, isStrict, messages);
        var progress = new RepeatProgress(seeds.Count, messages);
        var series = new RepeatSeries(
            loaded.Scenario,
            seed => ShellWords.OfCheckout([loaded.DisplayName, "--random-seed", $"{seed}"]), threads: 1, progress);
        await series.RunAsync(seeds, cancel);
        return new ComparedSide(source.Name, series.Done)
        {
            Warnings = RepeatedWarning.Of(series.Done.Select(run => run.Warnings)),
        };
    }
}
