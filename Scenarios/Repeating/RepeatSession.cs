using GossipSim.Analysis;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.JUnit;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Repeating;

/// <summary>
/// <c>run --runs N</c>: a scenario with N random seeds, the means of its figures and how sure they are.
/// </summary>
internal sealed class RepeatSession
{
    private readonly RunRequest request;
    private readonly RepeatProgress progress;
    private readonly RepeatSeries series;

    private RepeatSession(RunRequest request, TextWriter messages)
    {
        this.request = request;
        progress = new RepeatProgress(request.Runs, messages);
        series = new RepeatSeries(request.Scenario, RepeatCommand, request.Threads, progress, request.Strict);
    }

    public static async Task<ExitCode> RunAsync(RunRequest request, Terminal terminal, CancellationToken cancel)
    {
        var messages = terminal.MessagesOf(request.Json);
        TcpLimits.Check(request.Scenario, request.Strict, messages);
        using var interruption = Interruption.Announce(messages, cancel);
        var startedAt = DateTimeOffset.Now;
        var session = new RepeatSession(request, messages);
        await session.RunSeriesAsync(cancel);
        var folder = RepeatFolder.Create(request, startedAt);
        var summary = session.Summarize(folder.FullPath, cancel.IsCancellationRequested);
        RepeatFolder.Write(folder, request, session.series.Done, summary);
        RepeatTables.Print(summary, terminal, messages);
        terminal.Note(folder.LatestProblem);
        if (request.Json) JsonOption.WriteLine(terminal, summary);
        if (request.JUnitFile is { } file)
            JUnitFile.Write(file, summary.Scenario, JUnitOutcomes.Of(summary, session.series.Done, request.Strict));
        return (ExitCode)summary.ExitCode;
    }

    private IReadOnlyList<Repeat> Complete => [.. series.Done.Where(repeat => repeat.IsComplete)];

    private async Task RunSeriesAsync(CancellationToken cancel)
    {
        var step = request.Precision is null ? request.Runs : WantedPrecision.Batch;
        for (var begun = 0; begun < request.Runs && !cancel.IsCancellationRequested; begun += step)
        {
            var first = request.Scenario.RandomSeed + begun;
            var count = Math.Min(step, request.Runs - begun);
            await series.RunAsync([.. Enumerable.Range(0, count).Select(index => first + index)], cancel);
            if (IsPreciseEnough) return;
        }
    }

    private bool IsPreciseEnough =>
        request.Precision is { } wanted && wanted.IsReachedBy(RepeatMeans.Of(Complete, wanted.Metric));

    private RepeatSummary Summarize(string directory, bool isCancelled)
    {
        var scenario = request.Scenario;
        var means = RepeatMeans.Of(Complete);
        var troubles = series.Done.Where(repeat => repeat.Trouble is not null).ToList();
        var exitCode = isCancelled ? ExitCode.Cancelled
            : troubles.Count > 0 ? (ExitCode)troubles[0].ExitCode : ExitCode.Held;
        return new RepeatSummary(
            scenario.Name, ScenarioJson.WordOf(scenario.Runtime), scenario.RandomSeed, (int)exitCode, Complete.Count,
            Complete.Count(repeat => repeat.ExitCode == 0),
            [.. troubles.Select(repeat => new RepeatTrouble(
                repeat.RandomSeed, repeat.ExitCode, repeat.Trouble!, RepeatCommand(repeat.RandomSeed)))],
            MeanInterval.UsualLevel,
            means.ToDictionary(figure => figure.Key, figure => MetricRepeats.Of(figure.Key, figure.Value)),
            Absent([.. means.Keys]),
            request.Precision is { } wanted
                ? new ReachedPrecision(wanted.Metric, wanted.Width, wanted.IsRelative, IsPreciseEnough)
                : null,
            Math.Round(progress.Seconds, 3), directory, RepeatedWarning.Of(series.Done.Select(run => run.Warnings)));
    }

    private IReadOnlyList<string> Absent(IReadOnlyCollection<string> present) =>
        present.Count == 0 ? [] :
        [
            .. FigurePaths.AbsentFrom(present)
                .Union(request.Precision is { } wanted && !present.Contains(wanted.Metric) ? [wanted.Metric] : []),
        ];

    /// <summary>One run as typed, without what concerns many.</summary>
    private string RepeatCommand(long randomSeed)
    {
        var arguments = new List<string>();
        for (var index = 0; index < request.Arguments.Count; index++)
        {
            if (request.Arguments[index] is RunCommand.RunsOption or RunCommand.PrecisionOption or JUnitOption.Name
                or "--random-seed")
                index++;
            else
                arguments.Add(request.Arguments[index]);
        }

        return ShellWords.OfCheckout([.. arguments, "--random-seed", $"{randomSeed}"]);
    }
}
