using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Promises;

/// <summary>
/// Half of all peers die in one instant. Neighbors report most of them; who died with all its neighbors is missed by
/// the seed node that watches it. Survivors agree on exactly the live set, and go on as one overlay.
/// </summary>
[TestFixture]
internal sealed class MassFailurePromiseTests
{
    private const int SeedNodes = 5;

    [TestCase(300, 1)]
    [TestCase(300, 2)]
    [TestCase(300, 3)]
    [TestCase(1000, 1)]
    public void After_half_of_all_peers_died_at_once_exactly_the_live_ones_are_members(int peers, int run)
    {
        var network = new PromisedNetwork(SeedNodes, peers, laterPeers: 0, (ulong)run).Form();
        var random = NodeRandom.For(77, NodeAddress.None, run);
        NodeAddress[] all = [.. network.LivePeers];
        random.Shuffle<NodeAddress>(all);

        AssertSurvives(network, all[..(peers / 2)]);
    }

    /// <summary>Harder: what is left are the peers with the fewest links, and most of those are gone.</summary>
    [TestCase(300, 4)]
    [TestCase(1000, 2)]
    public void After_the_better_connected_half_died_at_once_exactly_the_live_ones_are_members(int peers, int run)
    {
        var network = new PromisedNetwork(SeedNodes, peers, laterPeers: 0, (ulong)run).Form();
        NodeAddress[] all = [.. network.LivePeers.OrderByDescending(network.World.DegreeOf)];

        AssertSurvives(network, all[..(peers / 2)]);
    }

    private static void AssertSurvives(PromisedNetwork network, NodeAddress[] victims)
    {
        Assert.That(network.IsInOrder, Is.True, network.Disorder);
        var bound = network.Settings.DetectionBound + (3 * network.Settings.Peer.RefreshInterval);
        var survivors = network.LivePeers.Except(victims).ToArray();

        foreach (var victim in victims) network.Crash(victim);

        Assert.That(network.RunUntil(() => network.IsInOrder, bound.TotalSeconds), Is.Not.Null, network.Disorder);
        Assert.That(network.LivePeers, Is.EquivalentTo(survivors));
        Assert.That(network.World.FalseRemovals + network.World.UnreachableRemovals, Is.Zero);
        Assert.That(network.MissesOfMessagesFrom(survivors[0], survivors[^1]), Is.EqualTo(new[] { 0, 0 }));
        Assert.That(network.RunUntilSettled(), Is.True);
        Assert.That(network.IsInOrder, Is.True, network.Disorder);
        Assert.That(network.Violations, Is.Empty);
    }
}
