using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Pages;

/// <summary>The page of a run that follows its scenario.</summary>
internal sealed class RunPage : IAsyncDisposable
{
    private readonly PageServer server;
    private readonly TextWriter messages;
    private readonly CancellationToken cancel;

    private RunPage(PageServer server, EventFeed feed, TextWriter messages, CancellationToken cancel) =>
        (this.server, Feed, this.messages, this.cancel) = (server, feed, messages, cancel);

    public EventFeed Feed { get; }

    /// <summary>
    /// Opens it before the run begins. A simulation waits for its first reader: it would be over before anybody looks.
    /// </summary>
    /// <param name="options">Null: no page is wanted.</param>
    public static async Task<RunPage?> OpenAsync(
        PageOptions? options, RunFacts facts, TextWriter messages, CancellationToken cancel)
    {
        if (options is null) return null;
        var page = await ServeAsync(
            options, facts, facts.Runtime == RuntimeKind.Sim
                ? "a simulated run follows its scenario, which says what goes wrong: nothing can be done from here"
                : "this run follows its scenario, which says what goes wrong; one to play with: up --dashboard",
            isStored: false, messages, cancel);
        if (facts.Runtime == RuntimeKind.Sim) await page.AwaitReaderAsync("The simulation");
        return page;
    }

    /// <summary>The same for a run that is over.</summary>
    public static async Task<RunPage> OfStoredAsync(
        PageOptions options, RunFacts facts, TextWriter messages, CancellationToken cancel)
    {
        var page = await ServeAsync(
            options, facts, "this run is over: nothing can be done to it any more", isStored: true, messages, cancel);
        await page.AwaitReaderAsync("It");
        return page;
    }

    private static async Task<RunPage> ServeAsync(
        PageOptions options, RunFacts facts, string refusal, bool isStored, TextWriter messages,
        CancellationToken cancel)
    {
        var deeds = new NoDeeds(refusal);
        var feed = new EventFeed(facts.SeedNodes, json => RunCardOfPage.Write(json, facts, deeds, isStored));
        var server = await PageServer.StartAsync(options, PageDeeds.AddTo(feed.AddTo(new PageRoutes()), deeds));
        server.Announce(messages);
        return new RunPage(server, feed, messages, cancel);
    }

    /// <summary>After the run, until Ctrl-C; not when that has ended the run already.</summary>
    public async Task StayAsync()
    {
        if (cancel.IsCancellationRequested) return;
        messages.WriteLine($"The page stays at {server.Address} until Ctrl-C.");
        await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Feed.Dispose();
    }

    private async Task AwaitReaderAsync(string what)
    {
        messages.WriteLine($"{what} begins when the page is opened.");
        while (Feed.Readers == 0 && !cancel.IsCancellationRequested)
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
    }
}
