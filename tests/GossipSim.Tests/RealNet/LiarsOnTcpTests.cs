using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>The same liars on real sockets: they stay within the wire's rules, remove nobody, and replay.</summary>
[TestFixture]
internal sealed class LiarsOnTcpTests : ITrace
{
    private const int SeedNodes = 4;
    private const int Peers = 8;

    private readonly ConcurrentQueue<(NodeAddress Node, ProtocolEvent Event)> happenings = new();
    private readonly NodeAddress[] addresses = FreeAddresses.Take(SeedNodes + Peers);

    [Test]
    public async Task Every_behavior_runs_on_sockets_and_replays_with_equal_outputs()
    {
        using var folder = new TemporaryFolder();
        await using var network = new RealNetwork(
            RealContractNetwork.Options(),
            [.. addresses.Select((address, index) => new Placement(
                address, index < SeedNodes ? HostedRole.SeedNode : HostedRole.Peer, NodeFor))],
            this);
        network.RecordInto(folder.Path);
        await network.OpenAsync();
        foreach (var address in addresses) await network.StartAsync(address);
        await UntilAsync(network, () => Count(EventKind.Joined) == Peers, "all joined");

        foreach (var behavior in Enum.GetValues<ByzantineBehavior>())
            network.Inject(addresses[behavior.SuitsPeers() ? ^1 : 3], ByzantineNode.Misbehave(behavior, addresses[6]));
        network.Inject(addresses[5], new ProtocolTimer(TimerKind.StartPublishing));
        await UntilAsync(network, () => Count(EventKind.ReportHeard) > 20, "false reports are heard");
        await UntilAsync(network, () => Forged() > 0, "forged gossip is delivered");
        await network.StopAsync();

        Assert.That(network.Broken.IsCompleted, Is.False);
        // Who repeats what others registered or reported names them as its sender: that is found out.
        Assert.That(network.Counters.Refused.Keys, Is.SubsetOf(new[] { "WRONG_SENDER" }));
        Assert.That(Count(EventKind.FoundItselfRemoved), Is.Zero);
        var honest = addresses[..3];
        Assert.That(happenings.Where(happened => honest.Contains(happened.Node))
            .Select(happened => happened.Event.Detail).OfType<Ballot>()
            .Where(ballot => !ballot.Entry.IsAlive && ballot.Voters.Length >= ballot.Quorum), Is.Empty);
        foreach (var recording in RecordingFile.OpenAll(folder.Path))
            Assert.That(Replay.Run(NodeFor, recording).First, Is.Null, $"{recording.Address}");
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        happenings.Enqueue((node, protocolEvent));

    private int Count(EventKind kind) => happenings.Count(happened => happened.Event.Kind == kind);

    private int Forged() => happenings.Count(happened => happened.Event.Kind == EventKind.GossipDelivered
        && happened.Event.Detail is Gossip gossip && gossip.Text.StartsWith("never said", StringComparison.Ordinal));

    private Node NodeFor(NodeStart start)
    {
        var seedNodes = addresses[..SeedNodes];
        NodeFactory honest = seedNodes.Contains(start.Address)
            ? begun => new SeedNode(
                new SeedNodeOptions
                {
                    SeedNodes = seedNodes, QuorumRule = QuorumRule.Byzantine, ByzantineFaults = 1,
                },
                begun)
            : begun => new Peer(new PeerOptions { SeedNodes = seedNodes }, begun);
        var options = new LiarOptions { SeedNodes = seedNodes, Interval = TimeSpan.FromMilliseconds(100) };
        return ByzantineNode.Wrap(honest, options)(start);
    }

    private Task UntilAsync(RealNetwork network, Func<bool> condition, string what) => Patience.UntilAsync(
        () => !network.ThrowIfBroken() && condition(), what,
        () => string.Join(", ", happenings.CountBy(happened => happened.Event.Kind)));
}
