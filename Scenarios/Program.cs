using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Replaying;
using GossipSim.Scenarios.Running;
using GossipSim.Scenarios.Shrinking;
using GossipSim.Scenarios.Stages;
using GossipSim.Scenarios.Sweeps;
using GossipSim.Scenarios.Viewing;

namespace GossipSim.Scenarios;

/// <summary>The process: composes what the commands need, and turns the outcome into an exit code.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) => args is [HostedNode.Word]
        ? (int)await HostedNode.RunAsync(Console.In, Console.OpenStandardOutput())
        : (int)await new CommandLineProgram(Compose(), Terminal.OfProcess(), ScenarioLibrary.OfProgram())
            .RunAsync(args);

    /// <summary>Commands whose handlers are missing here do not exist.</summary>
    private static Handlers Compose() => new()
    {
        Run = ScenarioRunner.RunAsync,
        Repeat = RepeatSession.RunAsync,
        Compare = CompareSession.RunAsync,
        Explore = Exploration.RunAsync,
        Sweep = SweepSession.RunAsync,
        Shrink = ShrinkSession.RunAsync,
        Replay = ReplayRunner.RunAsync,
        View = ViewSession.RunAsync,
        Node = StandAloneNode.RunAsync,
        LocalNetwork = LocalNetworkSession.RunAsync,
        Stages = StageSession.RunAsync,
        Dashboard = StoredDashboard.RunAsync,
    };
}
