using System.CommandLine;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Stages;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>test</c>: document 003's six stages against our own nodes (SOURCES S51).</summary>
internal static class TestCommand
{
    public const string Name = "test";

    /// <summary>Ten messages of a peer are over in ten seconds.</summary>
    private const string GossipIntervalMs = "1000";

    public static Command Create(StageHandler handler, Terminal terminal, ScenarioLibrary library)
    {
        Option<bool> json = JsonOption.Create("Print the outcome as JSON on stdout, and all else on stderr.");
        var command = new Command(
            Name, "Start 3 seed nodes and 5 peers, and look in six stages whether they do what the documents ask.");
        LocalNetworkOptions options = new LocalNetworkOptions().AddTo(command);
        command.Add(json);
        Option<string?> junit = JUnitOption.Create();
        command.Add(junit);
        command.SetAction(async (parsed, cancel) =>
        {
            var network = options.Start(
                parsed, library, StageSetup.SeedNodeCount, StageSetup.PeerCount + StageSetup.HandMadeCount,
                config: null, Setting.Of("test", "gossip.intervalMs", GossipIntervalMs));
            if (network.Scenario.Security.Mode != SecurityMode.None)
                throw new UsageException("test talks to the nodes by hand, in plain lines: --security none only");
            var request = new StageRequest(
                network, parsed.GetValue(json), JUnitOption.Read(parsed, junit, library));
            return (int)await handler(request, terminal, cancel);
        });
        return command;
    }
}
