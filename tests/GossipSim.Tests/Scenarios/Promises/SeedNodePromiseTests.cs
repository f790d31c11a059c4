using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Promises;

/// <summary>
/// What befalls the seed nodes themselves: lost all at once, lost with a disk, cut off from all peers.
/// </summary>
[TestFixture]
internal sealed class SeedNodePromiseTests
{
    private const int Peers = 16;

    [Test]
    public void All_seed_nodes_crash_and_come_back_while_peers_die([Range(1, 16)] int run)
    {
        var random = NodeRandom.For(5552, NodeAddress.None, run);
        var network = new PromisedNetwork(1 + (run % 5), Peers, laterPeers: 0, (ulong)run).Form();
        foreach (var seedNode in network.SeedNodes) network.Crash(seedNode);
        for (var death = 0; death < 5; death++)
        {
            network.Crash(network.Peer(random.Next(Peers)));
            network.RunFor(random.NextUnit() * 4);
        }

        foreach (var seedNode in network.SeedNodes)
        {
            network.Network.Restart(seedNode, DiskState.Kept);
            network.RunFor(random.NextUnit() * 3);
        }

        AssertOrderReturns(network);
        Assert.That(network.World.UnreachableRemovals, Is.Zero, "no peer was ever out of reach");
    }

    /// <summary>
    /// With two seed nodes the entries of the one that kept its disk are all that is left, and no quorum knows them.
    /// </summary>
    [Test]
    public void A_seed_node_cut_off_for_a_minute_comes_back_with_an_empty_disk([Range(1, 24)] int run)
    {
        var random = NodeRandom.For(5553, NodeAddress.None, run);
        var network = new PromisedNetwork(2 + (run % 4), Peers, laterPeers: 0, (ulong)run).Form();
        var alone = network.SeedNodes[random.Next(network.SeedNodes.Length)];
        network.CutOff([alone]);
        network.RunFor(20);
        network.CrashAndRestart(alone, DiskState.Empty);
        for (var change = 0; change < 6; change++)
        {
            var peer = network.Peer(random.Next(Peers));
            network.Crash(peer);
            if (random.Next(2) == 0) network.Network.Restart(peer, DiskState.Kept);
            network.RunFor(random.NextUnit() * 6);
        }

        network.RunFor(20);
        network.Heal();

        AssertOrderReturns(network);
    }

    /// <summary>Silence of up to three refresh intervals says nothing: nobody is removed.</summary>
    [Test]
    public void Seed_nodes_cut_off_from_all_peers_for_a_while_remove_nobody([Values(1, 2, 3, 5)] int seedNodes)
    {
        var network = new PromisedNetwork(seedNodes, Peers, laterPeers: 0, (ulong)seedNodes).Form();
        network.CutOff(network.SeedNodes);
        network.RunFor(2 * network.Settings.Peer.RefreshInterval.TotalSeconds);
        network.Heal();

        AssertOrderReturns(network);
        Assert.That(network.Commits.Where(commit => !commit.Entry.IsAlive), Is.Empty);
    }

    /// <summary>
    /// Longer silence is what death looks like. Peers removed in it were out of reach, and all come back.
    /// </summary>
    [Test]
    public void Peers_that_no_seed_node_reaches_for_long_are_removed_as_unreachable_and_return(
        [Values(1, 2, 3, 5)] int seedNodes)
    {
        var network = new PromisedNetwork(seedNodes, Peers, laterPeers: 0, (ulong)(100 + seedNodes)).Form();
        network.CutOff(network.SeedNodes);
        network.RunFor(60);
        network.Heal();

        AssertOrderReturns(network);
        Assert.That(network.World.UnreachableRemovals, Is.EqualTo(Peers));
        Assert.That(network.LivePeers.Count(), Is.EqualTo(Peers));
    }

    /// <summary>
    /// Who waits for an answer must not ask so often that nobody is answered in time any more: a pause of some seconds
    /// is over soon after its end, also for seed nodes that have little time to spare.
    /// </summary>
    [Test]
    public void Slow_seed_nodes_catch_up_after_a_pause([Range(1, 4)] int run)
    {
        const int peers = 100;
        var network = new PromisedNetwork(seedNodes: 7, peers, laterPeers: 1, (ulong)run).Form();
        foreach (var seedNode in network.SeedNodes) network.Network.SlowDown(seedNode, new ConstantLatency(150));
        network.RunFor(20);
        foreach (var seedNode in network.SeedNodes) network.Network.Pause(seedNode);
        network.RunFor(8);
        foreach (var seedNode in network.SeedNodes) network.Network.Resume(seedNode);
        network.RunFor(40);

        var newcomer = network.Peer(peers);
        network.Network.Start(newcomer);
        var isIn = network.RunUntil(() => network.World.Nodes.Find(newcomer) is { IsRegistered: true }, 10);

        Assert.That(isIn, Is.Not.Null, "a newcomer is registered in time");
        Assert.That(network.Commits.Where(commit => !commit.Entry.IsAlive), Is.Empty);
    }

    [Test]
    public void Newcomers_that_come_all_at_once_to_slow_seed_nodes_get_in(
        [Range(1, 4)] int run, [Values(30, 60)] int newcomers)
    {
        const int peers = 40;
        var network = new PromisedNetwork(seedNodes: 7, peers, newcomers, (ulong)run).Form();
        foreach (var seedNode in network.SeedNodes) network.Network.SlowDown(seedNode, new ConstantLatency(60));
        for (var place = 0; place < newcomers; place++) network.Network.Start(network.Peer(peers + place));

        var inOrder = network.RunUntil(
            () => network.LivePeers.Count() == peers + newcomers && network.IsInOrder, limitSeconds: 5 * newcomers);

        Assert.That(inOrder, Is.Not.Null, network.Disorder);
        Assert.That(network.Commits.Where(commit => !commit.Entry.IsAlive), Is.Empty);
    }

    /// <summary>Links flap for a minute, each time along another line.</summary>
    [Test]
    public void Order_returns_after_a_minute_of_a_new_partition_every_five_seconds([Range(1, 20)] int run)
    {
        var random = NodeRandom.For(5554, NodeAddress.None, run);
        var network = new PromisedNetwork(1 + (run % 6), Peers, laterPeers: 0, (ulong)run).Form();
        for (var flap = 0; flap < 6; flap++)
        {
            var nodes = Enumerable.Range(0, network.Plan.Count).Select(index => network.Plan[index]).ToArray();
            random.Shuffle<NodeAddress>(nodes);
            network.CutOff(nodes[..(1 + random.Next(nodes.Length - 1))]);
            network.RunFor(5);
            network.Heal();
            if (random.Next(3) == 0) network.Crash(network.Peer(random.Next(Peers)));
            network.RunFor(5);
        }

        AssertOrderReturns(network);
    }

    private static void AssertOrderReturns(PromisedNetwork network)
    {
        var bound = network.Settings.QuietTimings.RemovalPatience;
        Assert.That(network.RunUntil(() => network.IsInOrder, bound.TotalSeconds), Is.Not.Null, network.Disorder);
        Assert.That(network.RunUntilSettled(), Is.True);
        Assert.That(network.IsInOrder, Is.True, network.Disorder);
        Assert.That(network.World.FalseRemovals, Is.Zero);
        Assert.That(network.MissesOfMessagesFrom(network.LivePeers.First()), Is.EqualTo(new[] { 0 }));
        Assert.That(network.Violations, Is.Empty);
    }
}
