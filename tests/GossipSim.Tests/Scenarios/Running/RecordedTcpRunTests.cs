using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>
/// A scenario's seed nodes and peers on real sockets, with crashes and restarts of both: every process that ran is
/// replayed without any network, and gives equal outputs.
/// </summary>
[TestFixture]
internal sealed class RecordedTcpRunTests
{
    private const int SeedNodes = 3;
    private const int Peers = 12;

    [Test]
    public async Task Every_process_of_a_run_with_crashes_and_restarts_replays_with_equal_outputs()
    {
        var scenario = LoadQuick(FreePorts.Take(SeedNodes + Peers));
        var settings = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch);
        var plan = settings.Plan;
        var world = new LockedRecord(FactsOfRun.Of(scenario, settings));
        using var folder = new TemporaryFolder();
        await using var network = NetworkOf(scenario, settings, world);
        network.RecordInto(folder.Path);
        await network.OpenAsync();
        for (var index = 0; index < plan.Count; index++) await network.StartAsync(plan[index]);
        await world.UntilAsync("all joined", record => record.JoinedPeers == Peers && record.LaggingPeers == 0);

        for (var peer = 0; peer < 4; peer++)
            network.Inject(plan[SeedNodes + peer], new ProtocolTimer(TimerKind.StartPublishing));
        var victim = plan[SeedNodes + 2];
        await network.CrashAsync(victim, "kill");
        await world.UntilAsync("removed everywhere", record => record.Crashes is [{ Outcome: CrashOutcome.Removed }]);
        await network.CrashAsync(plan[1], "kill-seed-node");
        await network.RestartAsync(plan[1], DiskAtRestart.Kept);
        await network.RestartAsync(victim, DiskAtRestart.Empty);
        // Not "epoch 2": who registers while a seed node still learns may begin at 2, because that one closes epochs.
        await world.UntilAsync(
            "back again", record => record.Nodes.Find(victim) is { IsRegistered: true, Degree: > 0 } node
                && node.Epoch > record.Crashes[0].Epoch && record.Membership.SeedsAgree);
        await network.StopAsync();

        Assert.That(network.Broken.IsCompleted, Is.False);
        AssertReplays(RecordingFile.OpenAll(folder.Path), settings);
    }

    private static void AssertReplays(IReadOnlyList<Recording> recordings, ProtocolSettings settings)
    {
        Assert.That(recordings, Has.Count.EqualTo(SeedNodes + Peers + 2));
        foreach (var recording in recordings)
        {
            var replayed = Replay.Run(settings.FactoryOf(settings.Plan.IndexOf(recording.Address)), recording);
            Assert.That(replayed.First, Is.Null, $"{recording.Address}");
            Assert.That(replayed.IsEqual, Is.True, $"{recording.Address}");
        }
    }

    /// <summary>Timings of a few hundred milliseconds, so that detection takes no seconds.</summary>
    private static Scenario LoadQuick(int firstPort)
    {
        using var folder = new ScenarioFolder();
        return folder.Load(
            SmallScenarios.With("", peers: Peers), $"seedNodes.basePort={firstPort}",
            $"peers.basePort={firstPort + SeedNodes}", "runtime=tcp", "gossip.intervalMs=200",
            "liveness.pingIntervalMs=400", "liveness.pingTimeoutMs=300", "liveness.confirmation.timeoutMs=300",
            "seedNodes.probeTimeoutMs=300", "seedNodes.voteTimeoutMs=300", "seedNodes.syncIntervalMs=500",
            "overlay.repair.intervalMs=300");
    }

    private static RealNetwork NetworkOf(Scenario scenario, ProtocolSettings settings, ITrace trace)
    {
        var options = new RealNetworkOptions
        {
            Cluster = scenario.Name, RandomSeed = (ulong)scenario.RandomSeed,
        };
        return new RealNetwork(
            options,
            [.. Enumerable.Range(0, settings.Plan.Count).Select(index => new Placement(
                settings.Plan[index], settings.Plan.IsSeedNode(index) ? HostedRole.SeedNode : HostedRole.Peer,
                settings.FactoryOf(index)))],
            trace);
    }

    /// <summary>The record of what many threads report.</summary>
    private sealed class LockedRecord(RunFacts facts) : ITrace
    {
        private readonly Lock gate = new();
        private readonly RunRecord record = new(facts);

        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
        {
            lock (gate) record.Report(node, now, protocolEvent);
        }

        public Task UntilAsync(string what, Func<RunRecord, bool> condition) => Patience.UntilAsync(
            () => Ask(condition), what,
            () => Ask(world => $"{world.JoinedPeers} joined, {world.LaggingPeers} lag, "
                + $"seed nodes {(world.Membership.SeedsAgree ? "agree" : "differ")}, "
                + $"crashes: {string.Join(", ", world.Crashes)}"));

        private T Ask<T>(Func<RunRecord, T> ask)
        {
            lock (gate) return ask(record);
        }
    }
}
