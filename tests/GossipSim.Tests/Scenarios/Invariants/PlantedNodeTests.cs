using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Invariants;

/// <summary>Nodes with a bug among right ones: the promise that the bug breaks is told, with the node.</summary>
[TestFixture]
internal sealed class PlantedNodeTests
{
    [Test]
    public void Right_nodes_break_nothing()
    {
        var network = new PlantedNetwork((_, right, _) => right).RunUntilQuiet(crash: 4);

        Assert.That(network.Watch.WasQuiet, Is.True);
        Assert.That(Broken(network), Is.Empty);
    }

    [Test]
    public void A_seed_node_that_is_content_with_its_own_vote_breaks_quorumForEveryChange()
    {
        var network = new PlantedNetwork((index, right, planted) => index == 0
            ? start => new SeedNode(planted.Settings.SeedNode with { SeedNodes = [start.Address] }, start)
            : right).RunUntilQuiet();

        Assert.That(First(network, "quorumForEveryChange").Nodes, Is.EqualTo(new[] { $"{network.Settings.Plan[0]}" }));
    }

    [Test]
    public void A_lie_that_seed_nodes_believe_breaks_noFalseRemoval()
    {
        var network = new PlantedNetwork(
            (index, right, planted) => index == 5
                ? start => new LyingPeer(
                    right(start), planted.Settings.SeedNode.SeedNodes, planted.Peer(8),
                    planted.FirstProcessOf(planted.Peer(8)))
                : right,
            "seedNodes.removalEvidence=trustReporter").RunUntilQuiet();

        Assert.That(First(network, "noFalseRemoval").Nodes, Does.Contain($"{network.Peer(8)}"));
    }

    [Test]
    public void The_same_lie_does_nothing_where_seed_nodes_probe_for_themselves()
    {
        var network = new PlantedNetwork((index, right, planted) => index == 5
            ? start => new LyingPeer(
                right(start), planted.Settings.SeedNode.SeedNodes, planted.Peer(8),
                planted.FirstProcessOf(planted.Peer(8)))
            : right).RunUntilQuiet();

        Assert.That(Broken(network), Is.Empty);
    }

    [Test]
    public void A_seed_node_that_forgets_its_list_breaks_membershipNeverGoesBack()
    {
        var network = new PlantedNetwork((index, right, planted) => index == 2
            ? start => new AmnesiacSeedNode(
                () => right(start with { Disk = [new StoreRecord(1)] }), Instant.FromSeconds(30))
            : right).RunUntilQuiet();

        Assert.That(First(network, "membershipNeverGoesBack").Nodes, Does.Contain($"{network.Settings.Plan[2]}"));
    }

    [Test]
    public void A_seed_node_that_hears_no_votes_and_no_sync_breaks_seedsAgreeWhenQuiet()
    {
        var network = new PlantedNetwork((index, right, _) => index == 2
            ? start => new PartlyDeafNode(right(start), (_, now) => now < Instant.FromSeconds(4), _ => true)
            : right).RunUntilQuiet();

        Assert.That(Broken(network), Does.Contain("seedsAgreeWhenQuiet"));
    }

    [Test]
    public void Peers_and_seed_nodes_that_watch_over_nobody_break_crashedEventuallyRemoved()
    {
        var network = new PlantedNetwork((_, right, _) => start => new PartlyDeafNode(
            right(start), (_, _) => true, timer => timer.Kind is not (TimerKind.PingTimeout or TimerKind.Watch)))
            .RunUntilQuiet(crash: 4);

        Assert.That(First(network, "crashedEventuallyRemoved").Nodes, Does.Contain($"{network.Peer(4)}"));
    }

    [Test]
    public void A_peer_that_makes_no_links_breaks_overlayConnectedWhenQuiet()
    {
        var network = new PlantedNetwork((index, right, _) => index == 9
            ? start => new PartlyDeafNode(
                right(start), (message, _) => message is not (PeerList or Connect or Accept), _ => true)
            : right).RunUntilQuiet();

        Assert.That(First(network, "overlayConnectedWhenQuiet").Nodes, Is.EqualTo(new[] { $"{network.Peer(6)}" }));
    }

    [Test]
    public void A_peer_that_takes_every_copy_for_the_first_breaks_messageHandledOncePerIncarnation()
    {
        var network = new PlantedNetwork((index, right, _) => index == 7
            ? start => new ForgetfulPeer(right(start))
            : right).RunUntilQuiet();

        Assert.That(Broken(network), Is.EqualTo(new[] { "messageHandledOncePerIncarnation" }));
        var breach = First(network, "messageHandledOncePerIncarnation");
        Assert.That(breach.Nodes, Is.EqualTo(new[] { $"{network.Peer(4)}" }));
        Assert.That(breach.AtSeconds, Is.Positive);
    }

    [Test]
    public void A_peer_that_is_deaf_to_gossip_breaks_gossipReachesLiveComponent()
    {
        var network = new PlantedNetwork((index, right, _) => index == 7
            ? start => new PartlyDeafNode(right(start), (message, _) => message is not (Gossip or IHave), _ => true)
            : right).RunUntilQuiet();

        Assert.That(Broken(network), Is.EqualTo(new[] { "gossipReachesLiveComponent" }));
        Assert.That(First(network, "gossipReachesLiveComponent").Nodes, Does.Contain($"{network.Peer(4)}"));
    }

    private static string[] Broken(PlantedNetwork network) =>
        [.. network.Watch.Outcomes().Where(row => row.Violated).Select(row => row.Name).Distinct()];

    private static InvariantOutcome First(PlantedNetwork network, string invariant)
    {
        Assert.That(Broken(network), Does.Contain(invariant));
        return network.Watch.Outcomes().First(row => row.Violated && row.Name == invariant);
    }
}
