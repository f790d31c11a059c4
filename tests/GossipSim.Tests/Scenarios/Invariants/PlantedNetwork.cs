using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Running;

namespace GossipSim.Tests.Scenarios.Invariants;

/// <summary>Three seed nodes and twelve peers in the simulator, some of them with a planted bug, under watch.</summary>
internal sealed class PlantedNetwork
{
    private const int Peers = 12;

    private readonly Scenario scenario;
    private readonly SimulatedNetwork network;

    /// <param name="plant">The factory of the node at an index of the plan, from the right one.</param>
    public PlantedNetwork(Func<int, NodeFactory, PlantedNetwork, NodeFactory> plant, params string[] settings)
    {
        using var folder = new ScenarioFolder();
        scenario = folder.Load(SmallScenarios.With("", peers: Peers), settings);
        Settings = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch);
        Watch = new InvariantWatch(
            FactsOfRun.Of(scenario, Settings), Settings.QuietTimings, scenario.Invariants.Waived);
        var options = new SimulatedNetworkOptions
        {
            Plan = Settings.Plan, RandomSeed = (ulong)scenario.RandomSeed,
            Factories = index => plant(index, Settings.FactoryOf(index), this),
        };
        network = new SimulatedNetwork(options, Watch);
    }

    public ProtocolSettings Settings { get; }

    public InvariantWatch Watch { get; }

    public NodeAddress Peer(int place) => Settings.Plan[Settings.Plan.SeedNodes + place];

    /// <summary>The name of the first process at an address.</summary>
    public NodeId FirstProcessOf(NodeAddress address) =>
        ProcessIdentity.NodeIdOf((ulong)scenario.RandomSeed, address, start: 0);

    /// <summary>Formation, a message of each peer, a crash, and then time until all is quiet.</summary>
    public PlantedNetwork RunUntilQuiet(int? crash = null)
    {
        for (var index = 0; index < Settings.Plan.SeedNodes; index++) network.Start(Settings.Plan[index]);
        RunFor(5);
        for (var peer = 0; peer < Peers; peer++) network.Start(Peer(peer));
        RunFor(20);
        Watch.MarkScenarioStart(network.Now);
        for (var peer = 0; peer < Peers; peer++)
            network.Inject(Peer(peer), new ProtocolTimer(TimerKind.StartPublishing));
        RunFor(10);
        if (crash is { } place) network.Crash(Peer(place), "planted");
        for (var waited = 0; waited < 300 && !Watch.IsSettled; waited++) RunFor(1);
        RunFor(Settings.QuietTimings.GossipPatience.TotalSeconds);
        return this;
    }

    private void RunFor(double seconds)
    {
        network.RunUntil(network.Now + TimeSpan.FromSeconds(seconds));
        Watch.JudgePending(network.Now);
    }
}
