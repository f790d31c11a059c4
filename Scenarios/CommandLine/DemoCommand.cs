using System.CommandLine;
using GossipSim.Scenarios.Demo;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Pages;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// <c>demo</c>: a page that shows the protocol step by step, in the six phases of document 003's visualizer (SOURCES
/// S50), until Ctrl-C.
/// </summary>
internal static class DemoCommand
{
    public const string Name = "demo";

    private const string StartPage = "demo.html";

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        var seeds = Text("--seeds", "N", "Seed nodes that the page begins with.");
        var peers = Text("--peers", "N", "Peers that the page begins with.");
        var rule = Text("--rule", "RULE", $"Overlay rule that the page begins with: {DemoRule.Words}.");
        var randomSeed = Text("--random-seed", "N", "All chance of the demo comes from this number.");
        var command = new Command(Name, "Watch the protocol step by step in six phases, on a page for the browser.")
        {
            seeds, peers, rule, randomSeed,
        };
        var page = new PageOnCommand().AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var choice = Read(
                parsed.GetValue(seeds), parsed.GetValue(peers), parsed.GetValue(rule), parsed.GetValue(randomSeed));
            var routes = new DemoRoutes(new DemoShelf(library), choice).AddTo(new PageRoutes());
            await using var server = await PageServer.StartAsync(page.Read(parsed, StartPage), routes);
            server.Announce(terminal.Output);
            await Task.Delay(Timeout.Infinite, cancel).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return (int)ExitCode.Held;
        });
        return command;
    }

    private static DemoChoice Read(string? seeds, string? peers, string? rule, string? randomSeed)
    {
        try
        {
            return DemoChoice.Read(seeds, peers, rule, randomSeed);
        }
        catch (DemoRefusal refusal)
        {
            throw new UsageException($"{Name}: {refusal.Message}");
        }
    }

    private static Option<string> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };
}
