using System.Collections.Concurrent;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Wire;
using GossipSim.Tests.Scenarios.Results;
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
        using var folder = new TemporaryFolder();
        await using var network = new RealNetwork(
            RealContractNetwork.Options(),
            [.. addresses.Select((address, index) => new Placement(
                address, index < 3 ? HostedRole.SeedNode : HostedRole.Peer, start => NodeFor(start, seedNodes)))],
            trace);
        network.RecordInto(folder.Path);
        await network.OpenAsync();
        foreach (var address in addresses) await network.StartAsync(address);
        await trace.UntilAsync(EventKind.Joined, Peers);

        network.Inject(addresses[5], new ProtocolTimer(TimerKind.StartPublishing));
        await trace.UntilAsync(EventKind.GossipDelivered, 2 * (Peers - 1));
        await network.StopAsync();

        Assert.That(network.Broken.IsCompleted, Is.False);
        Assert.That(network.Counters.Refused, Is.Empty);
        var recordings = RecordingFile.OpenAll(folder.Path);
        Assert.That(recordings, Has.Count.EqualTo(addresses.Length));
        foreach (var recording in recordings)
            Assert.That(
                Replay.Run(start => NodeFor(start, seedNodes), recording).First, Is.Null, $"{recording.Address}");
    }

    [Test]
    public async Task Strangers_who_vote_as_seed_nodes_and_leave_as_peers_change_nothing()
    {
        var addresses = FreeAddresses.Take(3 + Peers);
        var (seedNodes, victim) = (addresses[..3], addresses[7]);
        var trace = new CountingTrace();
        await using var network = new RealNetwork(
            RealContractNetwork.Options(),
            [.. addresses.Select((address, index) => new Placement(
                address, index < 3 ? HostedRole.SeedNode : HostedRole.Peer, start => NodeFor(start, seedNodes)))],
            trace);
        await network.OpenAsync();
        foreach (var address in addresses) await network.StartAsync(address);
        await trace.UntilAsync(EventKind.Joined, Peers);
        await trace.UntilAsync(EventKind.EntryCommitted, 3 * Peers);

        foreach (var seedNode in seedNodes)
        {
            foreach (var claimed in seedNodes.Where(other => other != seedNode).Append(victim))
            {
                using var liar = new RawClient(seedNode);
                liar.Write(RawClient.Hello(claimed) + RawClient.Leave(1) + ForgedVote(network, claimed, victim));
                Assert.That(liar.ReadToEnd(), Does.EndWith("UNCONFIRMED_ADDRESS\"}\n"));
            }
        }

        network.Inject(victim, new ProtocolTimer(TimerKind.StartPublishing));
        await trace.UntilAsync(EventKind.GossipDelivered, 2 * (Peers - 1));
        Assert.That(trace.Count(EventKind.EntryCommitted), Is.EqualTo(3 * Peers), "nobody was removed");
        Assert.That(trace.Count(EventKind.VoteHeard), Is.Positive);
        Assert.That(network.Counters.Refused, Is.EqualTo(new Dictionary<string, long> { ["UNCONFIRMED_ADDRESS"] = 9 }));
    }

    private static string ForgedVote(RealNetwork network, NodeAddress voter, NodeAddress victim)
    {
        var entry = new MembershipEntry(victim, 1, MemberState.Removed, network.NodeIdAt(victim)!.Value, JoinStamp: 0);
        var vote = new Vote(new ProposalId(voter, 1), entry, Yes: true, RefusalReason.None, Known: null);
        return Encoding.UTF8.GetString(MessageCodec.Encode(vote, hops: 1));
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

        public int Count(EventKind kind) => counts.GetValueOrDefault(kind);

        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
            counts.AddOrUpdate(protocolEvent.Kind, 1, (_, count) => count + 1);

        public Task UntilAsync(EventKind kind, int count) => Patience.UntilAsync(
            () => Count(kind) >= count, $"{count} x {kind}", () => string.Join(", ", counts));
    }
}
