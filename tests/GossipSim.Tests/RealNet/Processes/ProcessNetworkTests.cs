using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Processes;

/// <summary>Nodes that are operating system processes: real kills, real stops, and who only seems to live.</summary>
[TestFixture]
[Platform("Linux, MacOsX")]
internal sealed class ProcessNetworkTests : ITrace
{
    private const int Peers = 6;

    private readonly ConcurrentQueue<(NodeAddress Node, Instant At, ProtocolEvent Event)> events = new();

    /// <summary>
    /// All three at once: each has three neighbors, so one at least that lives. How soon is measured by runs, and
    /// bounded in the simulator: here the machine decides. A peer does not even count the misses it was too late for.
    /// </summary>
    // Not that they would fail beside others: eighteen processes take the machine from those.
    [NonParallelizable]
    [TestCase("fast")]
    [TestCase("documents")]
    public async Task Kill_9_SIGSTOP_and_a_half_open_peer_are_removed_at_every_seed_node(string timing)
    {
        using var folder = new ScenarioFolder();
        var first = FreePorts.Take(3 + Peers);
        var (settings, network) = Start(folder, first, timing);
        await using var _ = network;
        await network.OpenAsync();
        foreach (var node in Enumerable.Range(0, 3 + Peers).Select(index => settings.Plan[index]))
            await network.StartAsync(node);
        await UntilAsync(
            () => Count(EventKind.Joined) == Peers && Count(EventKind.EntryCommitted) == 3 * Peers,
            "all are listed and linked");

        var (killed, stopped, deaf) = (settings.Plan[4], settings.Plan[6], settings.Plan[8]);
        await network.CrashAsync(killed, "kill");
        network.Pause(stopped);
        await network.CrashAsync(deaf, "half-open");
        using var halfOpen = new TcpListener(IPAddress.Loopback, deaf.Port);
        halfOpen.Start();   // the kernel accepts, and nobody ever answers
        foreach (var removed in new[] { killed, stopped, deaf })
            await UntilAsync(
                () => settings.SeedNode.SeedNodes.All(seed => IsRemovedAt(seed, removed)),
                $"{removed} is removed everywhere");
        AssertOnlyLongSilenceIsSuspect(stopped, settings.Peer);

        network.Resume(stopped);
        await UntilAsync(
            () => Of(stopped, EventKind.Registered).Any(registered => registered.Event.Number == 2),
            $"{stopped} registers again");
        Assert.That(network.Broken.IsCompleted, Is.False);
        AssertCausesComeFirst();
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        events.Enqueue((node, now, protocolEvent));

    private (ProtocolSettings Settings, ProcessNetwork Network) Start(
        ScenarioFolder folder, int first, string timing)
    {
        var loaded = new ScenarioLoader(folder.Library).LoadDefaults(
            "processes",
            [
                Setting.Parse($"seedNodes.basePort={first}"), Setting.Parse($"peers.basePort={first + 3}"),
                Setting.Parse($"peers.count={Peers}"), Setting.Parse("runtime=tcp"), Setting.Parse($"timing={timing}"),
                Setting.Parse("peers.hosting=processPerNode"),
            ]);
        var zero = DateTimeOffset.UtcNow;
        var settings = ProtocolSettings.Of(loaded.Scenario, zero);
        var options = new ProcessNetworkOptions
        {
            Addresses = [.. Enumerable.Range(0, settings.Plan.Count).Select(index => settings.Plan[index])],
            Launch = HostedNode.Launcher(
                loaded.Scenario, settings.SeedNode.SeedNodes, zero, settings.Plan.IndexOf),
        };
        return (settings, new ProcessNetwork(options, this));
    }

    private int Count(EventKind kind) => events.Count(each => each.Event.Kind == kind);

    private IEnumerable<(NodeAddress Node, Instant At, ProtocolEvent Event)> Of(NodeAddress node, EventKind kind) =>
        events.Where(each => each.Node == node && each.Event.Kind == kind);

    private bool IsRemovedAt(NodeAddress seed, NodeAddress peer) => Of(seed, EventKind.EntryCommitted).Any(
        each => ((Ballot)each.Event.Detail!).Entry is { IsAlive: false } entry && entry.Address == peer);

    /// <summary>
    /// Its sockets stay open, so that only missed pings speak against it: all, not the first. Each ping may go out an
    /// eighth of an interval early, together with others, and the first miss be noticed half a timeout late.
    /// </summary>
    private void AssertOnlyLongSilenceIsSuspect(NodeAddress stopped, PeerOptions options)
    {
        var shortest = ((options.MissedPingsToSuspect - 1) * options.PingInterval * 7 / 8) - (options.PingTimeout / 2);
        var silences = events
            .Where(each => each.Event.Kind == EventKind.Suspected && each.Event.About == stopped)
            .Select(each => TimeSpan.FromMicroseconds(((Silence)each.Event.Detail!).SinceFirstMiss));
        Assert.That(silences, Is.Not.Empty.And.All.GreaterThanOrEqualTo(shortest));
    }

    /// <summary>The pipes of all processes are merged so that nobody hears of an effect before its cause.</summary>
    private void AssertCausesComeFirst()
    {
        var proposed = new HashSet<ProposalId>();
        var last = new Dictionary<NodeAddress, Instant>();
        foreach (var (node, at, e) in events)
        {
            if (last.TryGetValue(node, out var before)) Assert.That(at, Is.GreaterThanOrEqualTo(before));
            last[node] = at;
            if (e.Kind == EventKind.ProposalOpened) proposed.Add(((Ballot)e.Detail!).Proposal);
            if (e.Kind is EventKind.VoteCast or EventKind.ProposalApproved)
                Assert.That(proposed, Does.Contain(((Ballot)e.Detail!).Proposal), $"{node} {e}");
        }

        Assert.That(proposed, Has.Count.GreaterThanOrEqualTo(Peers + 3));
    }

    private Task UntilAsync(Func<bool> condition, string what) => Patience.UntilAsync(
        condition, what, () => string.Join(", ", events.CountBy(each => each.Event.Kind))
            + string.Concat(events.TakeLast(20).Select(each => $"\n{each}")));
}
