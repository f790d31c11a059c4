using System.Collections.Concurrent;
using System.Diagnostics;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>The protocol's own nodes on real sockets; what they did is then replayed without any.</summary>
[TestFixture]
internal sealed class ProtocolOnTcpTests
{
    private const int Peers = 12;

    [Test]
    public async Task Seed_nodes_and_peers_form_gossip_and_replay_with_equal_outputs()
    {
        var addresses = FreeAddresses.Take(3 + Peers);
        var seedNodes = addresses[..3];
        var trace = new CountingTrace();
        await using var network = new RealNetwork(
            RealContractNetwork.Options() with { Record = true },
            [.. addresses.Select((address, index) => new Placement(
                address, index < 3 ? HostedRole.SeedNode : HostedRole.Peer, start => NodeFor(start, seedNodes)))],
            trace);
        await network.OpenAsync();
        foreach (var address in addresses) await network.StartAsync(address);
        await trace.UntilAsync(EventKind.Joined, Peers);

        network.Inject(addresses[5], new ProtocolTimer(TimerKind.StartPublishing));
        await trace.UntilAsync(EventKind.GossipDelivered, 2 * (Peers - 1));
        await network.StopAsync();

        Assert.That(network.Broken.IsCompleted, Is.False);
        Assert.That(network.Counters.Refused, Is.Empty);
        Assert.That(network.Recordings, Has.Count.EqualTo(addresses.Length));
        foreach (var recording in network.Recordings)
            Assert.That(Replay.Run(start => NodeFor(start, seedNodes), recording).First, Is.Null, $"{recording.Address}");
    }

    private static Node NodeFor(NodeStart start, NodeAddress[] seedNodes) => seedNodes.Contains(start.Address)
        ? new SeedNode(new SeedNodeOptions { SeedNodes = seedNodes }, start)
        : new Peer(
            new PeerOptions
            {
                SeedNodes = seedNodes,
                GossipInterval = TimeSpan.FromMilliseconds(100),
                MaxMessagesPerPeer = 2,
            },
            start);

    private sealed class CountingTrace : ITrace
    {
        private readonly ConcurrentDictionary<EventKind, int> counts = new();

        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
            counts.AddOrUpdate(protocolEvent.Kind, 1, (_, count) => count + 1);

        public async Task UntilAsync(EventKind kind, int count)
        {
            var begun = Stopwatch.GetTimestamp();
            while (counts.GetValueOrDefault(kind) < count)
            {
                if (Stopwatch.GetElapsedTime(begun).TotalSeconds > 30)
                    Assert.Fail($"{counts.GetValueOrDefault(kind)} of {count} {kind} in 30 s");
                await Task.Delay(2);
            }
        }
    }
}
