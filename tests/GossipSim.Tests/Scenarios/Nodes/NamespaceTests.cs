using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Nodes;

/// <summary>
/// Several machines (SOURCES S48): nodes with addresses of their own, all peers at the same port, found by name, by
/// address or by what they advertise; and what only happens between machines, a plug that is pulled.
/// </summary>
[TestFixture]
[Platform("Linux")]
internal sealed class NamespaceTests
{
    private const int SeedPort = 6000;
    private const int PeerPort = 7000;

    private static readonly string[] seeds = ["seed1.test", "seed2.test", "seed3.test"];
    private static readonly string[] peers = ["peer1.test", "peer2.test", "peer3.test", "peer4.test"];

    [Test]
    public async Task Nodes_on_machines_of_their_own_gossip_and_remove_who_is_killed_or_unplugged_until_he_is_back()
    {
        using var network = await NamespaceNetwork.MakeAsync([.. seeds, .. peers]);
        var nodes = new Dictionary<string, NodeProgram>();
        try
        {
            MakeKeys(network, [.. seeds, .. peers]);
            foreach (var seed in seeds) nodes[seed] = Start(network, seed, "seed", "--host", seed, "--port", "6000");
            nodes[peers[0]] = Start(network, peers[0], "peer", "--host", peers[0], "--port", "7000");
            nodes[peers[1]] = Start(network, peers[1], "peer", "0.0.0.0:7000", "--advertise", peers[1]);
            nodes[peers[2]] = Start(network, peers[2], "peer", "7000");   // from where it reaches the seed nodes
            nodes[peers[3]] = Start(network, peers[3], "peer", "config.txt", "7000", network.AddressOf(peers[3]));
            await AssertFormedAsync(network, nodes);

            nodes[peers[3]].Kill();
            await UntilRemovedAsync(network, nodes, seeds, peers[3]);

            await network.UnplugAsync(peers[1]);
            await UntilRemovedAsync(network, nodes, seeds, peers[1]);
            Assert.That(nodes[peers[1]].HasExited, Is.False);
            await network.PlugInAsync(peers[1]);
            await UntilListedAsync(network, nodes, seeds, peers[1], epoch: @"([2-9]|\d\d)");
            var received = GossipFrom(network, peers[1]);
            await nodes[peers[0]].UntilPrintedAsync(received, times: nodes[peers[0]].Count(received) + 2);
        }
        finally
        {
            foreach (var node in nodes.Values) node.Dispose();
        }
    }

    [Test]
    public async Task A_seed_node_that_is_unplugged_misses_a_newcomer_and_learns_of_him_when_it_is_back()
    {
        using var network = await NamespaceNetwork.MakeAsync([.. seeds, .. peers[..2]]);
        var nodes = new Dictionary<string, NodeProgram>();
        try
        {
            MakeKeys(network, [.. seeds, .. peers[..2]]);
            string[] tls = ["--security", "mutualTls"];
            foreach (var seed in seeds) nodes[seed] = Start(network, seed, ["seed", $"{seed}:{SeedPort}", .. tls]);
            nodes[peers[0]] = Start(network, peers[0], ["peer", $"{peers[0]}:{PeerPort}", .. tls]);
            await UntilListedAsync(network, nodes, seeds, peers[0]);

            // Who still learns needs both others.
            foreach (var seed in seeds) await nodes[seed].UntilPrintedAsync("voting from now on");
            await network.UnplugAsync(seeds[0]);
            nodes[peers[1]] = Start(network, peers[1], ["peer", $"{peers[1]}:{PeerPort}", .. tls]);
            await UntilListedAsync(network, nodes, seeds[1..], peers[1]);
            Assert.That(nodes[seeds[0]].Text, Does.Not.Contain(network.AddressOf(peers[1])));

            await network.PlugInAsync(seeds[0]);
            await UntilListedAsync(network, nodes, seeds[..1], peers[1]);
        }
        finally
        {
            foreach (var node in nodes.Values) node.Dispose();
        }
    }

    /// <summary>Beyond one machine there is nothing without keys.</summary>
    private static void MakeKeys(NamespaceNetwork network, string[] names) => new KeyFolder(KeysOf(network)).Create(
        "lab",
        [
            .. names.Select(name => NodeAddress.Parse(
                $"{network.AddressOf(name)}:{(seeds.Contains(name) ? SeedPort : PeerPort)}")),
        ],
        TimeSpan.FromDays(1));

    private static string KeysOf(NamespaceNetwork network) => network.PathOf(seeds[0], "keys");

    private static NodeProgram Start(NamespaceNetwork network, string name, params string[] arguments)
    {
        File.WriteAllLines(
            network.PathOf(name, "config.txt"), ["# by name", .. seeds.Select(seed => $"{seed}:{SeedPort}")]);
        return network.Start(
            name,
            [
                .. arguments, "--keys", KeysOf(network), "--set", "gossip.intervalMs=1000", "--set",
                "gossip.maxMessagesPerPeer=1000",
            ]);
    }

    private static async Task AssertFormedAsync(NamespaceNetwork network, Dictionary<string, NodeProgram> nodes)
    {
        foreach (var peer in peers) await UntilListedAsync(network, nodes, seeds, peer);
        foreach (var origin in peers)
        {
            foreach (var peer in peers.Except([origin]))
                await nodes[peer].UntilPrintedAsync(GossipFrom(network, origin));
        }
    }

    private static string GossipFrom(NamespaceNetwork network, string origin) =>
        $@"Gossip received .*msg=[\d.]+:{network.AddressOf(origin)}:{PeerPort}:\d+,";

    private static Task UntilListedAsync(
        NamespaceNetwork network, Dictionary<string, NodeProgram> nodes, string[] at, string peer,
        string epoch = @"\d+") => Task.WhenAll(at.Select(seed => nodes[seed].UntilPrintedAsync(
            $@"Peer {network.AddressOf(peer)}:{PeerPort} is on the Peer List  \[epoch={epoch},")));

    private static Task UntilRemovedAsync(
        NamespaceNetwork network, Dictionary<string, NodeProgram> nodes, string[] at, string peer) =>
        Task.WhenAll(at.Select(seed => nodes[seed].UntilPrintedAsync(
            $"CONFIRMED REMOVAL: {network.AddressOf(peer)}:{PeerPort}")));
}
