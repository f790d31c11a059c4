using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Promises;

/// <summary>
/// A minute or so of everything at once: cuts, losses, crashes of peers and seed nodes, and torn disks.
/// The number of a case repeats it.
/// </summary>
[TestFixture]
internal sealed class MixedFaultPromiseTests
{
    private const int Peers = 12;

    [Test]
    public void All_promises_hold_under_everything_at_once_and_order_returns([Range(501, 540)] int run)
    {
        var random = NodeRandom.For(5559, NodeAddress.None, run);
        var seedNodes = 1 + random.Next(7);
        var network = new PromisedNetwork(seedNodes, Peers, laterPeers: 0, (ulong)run).Form();
        if (random.Next(2) == 0)
            network.Network.Impair("loss", new Impairment(new AllLinks()) { LossProbability = 0.05 });
        for (var strike = 0; strike < 24; strike++)
        {
            network.RunFor(random.NextUnit() * 5);
            Strike(network, ref random);
        }

        network.Heal();
        network.Network.Mend("loss");
        foreach (var seedNode in network.SeedNodes) network.Network.Restart(seedNode, DiskState.Kept);

        var bound = 10 + network.Settings.QuietTimings.RemovalPatience.TotalSeconds;
        Assert.That(network.RunUntil(() => network.IsInOrder, bound), Is.Not.Null, network.Disorder);
        Assert.That(network.RunUntilSettled(), Is.True);
        Assert.That(network.Violations, Is.Empty);
    }

    private static void Strike(PromisedNetwork network, ref NodeRandom random)
    {
        var peer = network.Peer(random.Next(Peers));
        var seedNode = network.SeedNodes[random.Next(network.SeedNodes.Length)];
        switch (random.Next(8))
        {
            case 0 when network.LivePeers.Count() > Peers / 2: network.Crash(peer); break;
            case 1: network.CrashAndRestart(peer, DiskState.Kept); break;
            case 2: network.Crash(seedNode); break;
            case 3 or 4:
                network.Network.Restart(seedNode, random.Next(2) == 0 ? DiskState.Kept : DiskState.Torn);
                break;
            case 5: network.Heal(); break;
            case 6:
                var nodes = Enumerable.Range(0, network.Plan.Count).Select(index => network.Plan[index]).ToArray();
                random.Shuffle<NodeAddress>(nodes);
                network.Heal();
                network.CutOff(nodes[..random.Next(nodes.Length)]);
                break;
        }
    }
}
