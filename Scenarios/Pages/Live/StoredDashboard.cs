using System.Diagnostics;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Pages;

/// <summary><c>dashboard</c>: feeds a page with the events of a stored run, one after another as they happened.
/// </summary>
internal static class StoredDashboard
{
    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(20);

    /// <exception cref="UsageException">The log cannot be read.</exception>
    public static async Task<ExitCode> RunAsync(
        DashboardRequest request, Terminal terminal, CancellationToken cancel)
    {
        PageServer.RequireFree(request.Page);
        try
        {
            await using var file = StoredLog.Open(request.Log);
            using var log = new EventLogReader(file, Path.GetFileName(request.Log));
            await using var page = await RunPage.OfStoredAsync(request.Page, log.Facts, terminal.Output, cancel);
            await PlayAsync(log, page.Feed, request.Speed, cancel);
            await page.StayAsync();
            return cancel.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Held;
        }
        catch (EventLogException wrong)
        {
            throw new UsageException(wrong.Message);
        }
    }

    private static async Task PlayAsync(EventLogReader log, EventFeed feed, double speed, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        foreach (var logged in log.Events())
        {
            var due = (logged.At - default(Instant)).TotalSeconds / speed;
            while (Stopwatch.GetElapsedTime(begun).TotalSeconds < due && !cancel.IsCancellationRequested)
                await Task.Delay(glance, CancellationToken.None);
            if (cancel.IsCancellationRequested) return;
            if (logged.Mark is { } mark) feed.Mark(logged.Seq, mark, logged.At);
            else feed.Write(logged.Seq, logged.Node, logged.At, logged.Event);
        }
    }
}
