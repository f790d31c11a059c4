using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// Runs the tasks of a sweep that have no result yet, several at a time. Each is simulated by one thread, for sweeps
/// have more runs than machines have cores.
/// </summary>
internal sealed class SweepRun(SweepPlan plan, string directory, int sideBySide, TextWriter messages)
{
    /// <summary>What says how fast the machine was, and not what happened in the run.</summary>
    private static readonly string[] ofTheMachine =
    [
        "performance.wallSeconds", "performance.eventsPerSecond", "performance.peakRssBytes",
        "performance.rssPerPeerBytes",
    ];

    private readonly Lock gate = new();

    /// <summary>
    /// Tasks that ended with an error of the program. They have no result, so that they are tried again.
    /// </summary>
    public List<string> Broken { get; } = [];

    /// <summary>All first repeats before the second ones: whoever stops early has something of every cell.</summary>
    public static IReadOnlyList<SweepTask> InOrder(SweepPlan plan, IEnumerable<int> tasks) =>
        [.. tasks.Select(plan.Task).OrderBy(task => task.Repeat).ThenBy(task => task.Cell.Number)];

    /// <summary>When it is cancelled, tasks that were not over are missing.</summary>
    public async Task RunAsync(IReadOnlyList<SweepTask> tasks, CancellationToken cancel)
    {
        var progress = new RepeatProgress(tasks.Count, messages);
        using var writer = new ResultWriter(ResultFolder.In(directory));
        await Parallel.ForEachAsync(
            tasks, new ParallelOptions { MaxDegreeOfParallelism = sideBySide },
            async (task, stop) =>
            {
                if (cancel.IsCancellationRequested || stop.IsCancellationRequested) return;
                await Task.Yield();
                var scenario = task.Cell.Scenario with { RandomSeed = task.RandomSeed };
                if (await RunOnceAsync(task, scenario, cancel) is not { } repeat) return;
                writer.Append(new TaskResult(task.Number, task.Cell.Key, repeat));
                progress.Note(repeat, plan.InWords(task));
            });
    }

    /// <returns>Null when it was cancelled or broke.</returns>
    private async Task<Repeat?> RunOnceAsync(SweepTask task, Files.Scenario scenario, CancellationToken cancel)
    {
        try
        {
            var result = await UnkeptRun.RunAsync(scenario, repeatCommand: "", threads: 1, cancel);
            return result.Ending.Cancelled ? null : OfTheRun(Repeat.Of(result));
        }
        catch (Exception bug) when (bug is not (EnvironmentException or UsageException or OperationCanceledException))
        {
            var trouble = $"{plan.InWords(task)} broke: {bug.GetType().Name}: {bug.Message}";
            lock (gate) Broken.Add(trouble);
            messages.WriteLine(trouble);
            return null;
        }
    }

    private static Repeat OfTheRun(Repeat repeat) => repeat with
    {
        Figures = repeat.Figures.Where(figure => !ofTheMachine.Contains(figure.Key))
            .ToDictionary(figure => figure.Key, figure => figure.Value),
    };
}
