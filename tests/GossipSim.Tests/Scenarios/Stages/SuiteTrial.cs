using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Stages;
using GossipSim.Tests.Scenarios.Results;
using GossipSim.Tests.Scenarios.Running;

namespace GossipSim.Tests.Scenarios.Stages;

/// <summary>The six stages against a network of this process with quick timings, and with a flaw.</summary>
internal static class SuiteTrial
{
    private const int PeerPorts = StageSetup.PeerCount + StageSetup.HandMadeCount;

    public static readonly string[] Quick =
    [
        "gossip.intervalMs=40", "liveness.pingIntervalMs=150", "liveness.pingTimeoutMs=100",
        "liveness.confirmation.timeoutMs=150", "seedNodes.probeTimeoutMs=400", "seedNodes.probeAttempts=1",
        "seedNodes.voteTimeoutMs=200", "seedNodes.syncIntervalMs=300", "peers.refreshIntervalMs=2000",
        "overlay.repair.intervalMs=150",
    ];

    private static readonly TimeSpan unhurried = TimeSpan.FromSeconds(60);

    /// <summary>The numbers of the checks that fail, and what was seen.</summary>
    public static async Task<(int[] Failed, string Seen)> RunAsync(Flaw flaw)
    {
        using var folder = new TemporaryFolder();
        var setup = SetupOf(flaw);
        await using var network = new NetworkUnderTest(setup, folder.Path, trace => Host(setup, flaw, trace));
        await using var stand = new TestStand(setup, network);
        stand.Listen();
        var lines = new StringWriter();
        var outcome = await SixStages.RunAsync(stand, new StageLines(lines, isScreen: false), CancellationToken.None);
        var failed = outcome.Stages.SelectMany(stage => stage.Checks).Where(check => !check.Passed);
        return ([.. failed.Select(check => check.Number)], lines.ToString());
    }

    private static StageSetup SetupOf(Flaw flaw)
    {
        var first = FreePorts.Take(StageSetup.SeedNodeCount + PeerPorts);
        var loader = new ScenarioLoader(ScenarioLibrary.OfProgram());
        var scenario = loader.LoadDefaults("stages", [.. Quick.Select(Setting.Parse)]).Scenario;
        NodeAddress[] seedNodes = [.. Enumerable.Range(first, StageSetup.SeedNodeCount).Select(At)];
        var setup = StageSetup.Of(
            new LocalNetworkRequest
            {
                Scenario = scenario,
                SeedNodes = seedNodes,
                OwnSeedNodes = seedNodes,
                PeerHost = seedNodes[0].Host,
                FirstPeerPort = (ushort)(first + StageSetup.SeedNodeCount),
                LastPeerPort = (ushort)(first + StageSetup.SeedNodeCount + PeerPorts - 1),
                Peers = PeerPorts,
                ResultsDirectory = "",
                Directory = "",
                IsManaged = false,
                Arguments = [],
            },
            DateTimeOffset.Now);
        var usual = new Waits
        {
            Answer = unhurried,
            Registration = unhurried,
            Spread = unhurried,
            Formation = unhurried,
            Gossip = unhurried,
            Closing = unhurried,
            Removal = unhurried,
            Refusal = unhurried,
            Publishing = unhurried,
        };
        return setup with { Waits = flaw.Waits(usual) };

        static NodeAddress At(int port) => new(0x7F000001, (ushort)port);
    }

    private static IHostedNetwork Host(StageSetup setup, Flaw flaw, ITrace trace)
    {
        var options = new RealNetworkOptions
        {
            Cluster = setup.Scenario.Name,
            RandomSeed = 42,
            SeedNodes = setup.SeedNodes,
            Limits = flaw.Limits,
        };
        Placement[] nodes =
        [
            .. setup.SeedNodes.Select(node => Place(node, HostedRole.SeedNode, index: 0)),
            .. setup.Peers.Select(node => Place(node, HostedRole.Peer, setup.SeedNodes.Length)),
        ];
        return flaw.Network(new RealNetwork(options, nodes, flaw.Log(trace)));

        Placement Place(NodeAddress node, HostedRole role, int index) =>
            new(node, role, flaw.Node(setup, node, setup.Settings.FactoryOf(index)));
    }
}
