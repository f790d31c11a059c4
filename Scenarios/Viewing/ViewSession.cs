using System.Diagnostics;
using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Pages;

namespace GossipSim.Scenarios.Viewing;

/// <summary><c>view</c>: opens a stored run and serves its page until Ctrl-C.</summary>
internal static class ViewSession
{
    public static async Task<ExitCode> RunAsync(ViewRequest request, Terminal terminal, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var runs = await Task.Run(() => new ViewedRuns(request.Folder), CancellationToken.None);
        var log = runs.Find(runs.First).Log;
        terminal.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{runs.First}: {log.Count:N0} events, opened in {watch.Elapsed.TotalSeconds:0.00} s"));
        if (log.Torn is { } torn) terminal.Output.WriteLine($"Note: {torn}.");
        var forks = new ForkJob(runs, request.Library, cancel);
        await using var server = await PageServer.StartAsync(request.Page, new ViewRoutes(runs, forks).Create());
        server.Announce(terminal.Output);
        await Ended(cancel);
        await forks.WaitAsync();
        return ExitCode.Held;
    }

    private static async Task Ended(CancellationToken cancel)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancel.Register(ended.SetResult);
        await ended.Task;
    }
}
