using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Prompting;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary><c>up</c> and <c>manage</c>: a network of this machine, and who drives it.</summary>
internal sealed class LocalNetworkSession(LocalNetworkRequest request, Terminal terminal, CancellationToken cancel)
{
    private const string Prompt = "manager> ";

    private readonly CommandAdvice advice = new(request);

    public static Task<ExitCode> RunAsync(
        LocalNetworkRequest request, Terminal terminal, CancellationToken cancel) =>
        new LocalNetworkSession(request, terminal, cancel).RunAsync(
            Console.In, canEdit: !Console.IsInputRedirected && !Console.IsOutputRedirected);

    /// <param name="canEdit">Whether the input is a terminal, whose keys can be read one by one.</param>
    public async Task<ExitCode> RunAsync(TextReader input, bool canEdit)
    {
        LocalNetwork.RequireFreePorts(request);
        if (request.Page is { } wanted) PageServer.RequireFree(wanted);
        if (request.ConfigToWrite is { } config)
            SeedListWriter.Write(config, request.SeedNodes, advice.InsteadOfReplacing);
        PromptCommands? commands = null;
        ILineSource lines = canEdit && request.IsManaged
            ? new LineEditor(
                Prompt, () => Console.ReadKey(intercept: true), terminal.Screen,
                before => commands?.Complete(before) ?? [])
            : new PlainLines(input, TextWriter.Synchronized(terminal.Output));
        var spoken = terminal with { Output = lines.Output };
        await using var network = new LocalNetwork(request, spoken.Output);
        await using var page = await OpenPageAsync(network, spoken.Output);
        using var interruption = Interruption.Announce(spoken.Output, cancel);
        await network.StartAsync(cancel);
        commands = new PromptCommands(network, spoken, cancel);
        foreach (var line in Introduction(network)) spoken.Output.WriteLine(line);
        bool isOver = await DriveAsync(network, commands, lines, spoken);
        var result = await network.EndAsync(cancelled: !isOver);
        ClosingSummary.Print(result, terminal, json: false);
        terminal.Note(network.Folder.LatestProblem);
        return isOver ? (ExitCode)result.Summary.ExitCode : ExitCode.Cancelled;
    }

    private async Task<PageServer?> OpenPageAsync(LocalNetwork network, TextWriter output)
    {
        if (network.Feed is not { } feed) return null;
        var server = await PageServer.StartAsync(
            request.Page!, PageDeeds.AddTo(feed.AddTo(new PageRoutes()), new LocalDeeds(network)));
        server.Announce(output);
        return server;
    }

    private IEnumerable<string> Introduction(LocalNetwork network)
    {
        yield return $"All have started. {(request.IsManaged ? "help lists the commands" : "Ctrl-C ends it")}.";
        // In a planned overlay there is no place for others.
        var joining = network.IsPlanned ? [] : advice.Joining();
        if (joining.Count > 0) yield return $"Others join with: {string.Join(" && ", joining)}";
    }

    /// <returns>Whether it ended as it should, and not by Ctrl-C.</returns>
    private async Task<bool> DriveAsync(
        LocalNetwork network, PromptCommands commands, ILineSource lines, Terminal spoken)
    {
        var stop = Task.Delay(Timeout.Infinite, cancel);
        while (true)
        {
            // A thread of its own, because reading keys cannot be cancelled.
            Task<string?> reading = request.IsManaged
                ? Task.Factory.StartNew(lines.ReadLine, TaskCreationOptions.LongRunning)
                : new TaskCompletionSource<string?>().Task;
            await Task.WhenAny(reading, network.Broken, stop);
            if (cancel.IsCancellationRequested) return false;
            if (network.Broken.IsCompleted)
            {
                var broken = await network.Broken;
                throw new InvalidOperationException($"{broken.Node} failed: {broken.Error.Message}", broken.Error);
            }

            if (!await DoAsync(commands, reading, spoken)) return true;
        }
    }

    /// <returns>Whether another line may follow.</returns>
    private static async Task<bool> DoAsync(PromptCommands commands, Task<string?> reading, Terminal spoken)
    {
        try
        {
            return await reading is { } line && await commands.RunAsync(line);
        }
        catch (Exception wrong) when (wrong is UsageException or EnvironmentException)
        {
            spoken.Output.WriteLine(wrong.Message);
            return true;
        }
    }
}
