using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Promises;

/// <summary>
/// A partition of n seed nodes with registrations, restarts and deaths on both sides, for every n from 1 to 9 and every
/// split: the side without a quorum changes nothing, and after the heal everything is as if it had never been.
/// </summary>
[TestFixture]
internal sealed class PartitionPromiseTests
{
    private const int Peers = 16;

    private const int LaterPeers = 4;

    /// <summary>Several detection bounds of 8 s: the other side's peers are removed where a quorum is.</summary>
    private const double CutSeconds = 26;

    /// <summary>All sets of up to four seed nodes; beyond that each count, and two random sets of each.</summary>
    private static IEnumerable<TestCaseData> Splits()
    {
        for (var seedNodes = 1; seedNodes <= 9; seedNodes++)
        {
            foreach (var side in SidesOf(seedNodes).Distinct())
            {
                var letters = Enumerable.Range(0, seedNodes).Select(index => IsOn(side, index) ? 'A' : 'B');
                yield return new TestCaseData(seedNodes, side).SetArgDisplayNames(string.Concat(letters));
            }
        }
    }

    private static IEnumerable<int> SidesOf(int seedNodes)
    {
        if (seedNodes <= 4) return Enumerable.Range(0, 1 << seedNodes);
        var random = NodeRandom.For(9, NodeAddress.None, seedNodes);
        var drawn = new[] { random.Next(1 << seedNodes), random.Next(1 << seedNodes) };
        return Enumerable.Range(0, seedNodes + 1).Select(count => (1 << count) - 1).Concat(drawn);
    }

    [TestCaseSource(nameof(Splits))]
    public void The_minority_side_changes_nothing_and_order_returns_after_the_heal(int seedNodes, int side)
    {
        var network = new PromisedNetwork(seedNodes, Peers, LaterPeers, (ulong)((seedNodes << 10) + side)).Form();
        var cut = new Cut(network, SideA(network, side));
        LiveApart(network);
        cut.Heal();

        cut.AssertFrozenWithoutQuorum();
        cut.AssertBusyWithQuorum();
        cut.AssertOrderReturns();
    }

    /// <summary>What the fixed story above does not think of: who is where, what happens when, for how long.</summary>
    [Test]
    public void Order_returns_after_any_cut_with_any_churn_behind_it([Range(1, 80)] int run)
    {
        var random = NodeRandom.For(5551, NodeAddress.None, run);
        // Two in three runs with few seed nodes: there the loss of one costs most.
        var seedNodes = 1 + random.Next(run % 3 == 0 ? 9 : 3);
        var side = random.Next(1 << seedNodes);
        var seconds = new[] { 2.0, 5, 7, 9, 12, 20, 26, 45, 70 }[random.Next(9)];
        var network = new PromisedNetwork(seedNodes, Peers, LaterPeers, (ulong)run).Form();
        NodeAddress[] peers = [.. Enumerable.Range(0, Peers + LaterPeers).Select(network.Peer)];
        random.Shuffle<NodeAddress>(peers);

        var cut = new Cut(network, [.. SeedNodesOf(network, side), .. peers[..random.Next(peers.Length + 1)]]);
        Churn(network, seconds, ref random);
        cut.Heal();

        cut.AssertFrozenWithoutQuorum();
        cut.AssertOrderReturns();
    }

    private static bool IsOn(int side, int index) => (side >> index & 1) == 1;

    private static IEnumerable<NodeAddress> SeedNodesOf(PromisedNetwork network, int side) =>
        network.SeedNodes.Where((_, index) => IsOn(side, index));

    /// <summary>The chosen seed nodes with every second peer; also of those that start later.</summary>
    private static NodeAddress[] SideA(PromisedNetwork network, int side)
    {
        var peers = Enumerable.Range(0, Peers + LaterPeers).Where(place => place % 2 == 0).Select(network.Peer);
        return [.. SeedNodesOf(network, side), .. peers];
    }

    /// <summary>On both sides one crashes, one restarts, one starts; later again one crashes and one starts.</summary>
    private static void LiveApart(PromisedNetwork network)
    {
        network.RunFor(1);
        foreach (var place in new[] { 2, 3 }) network.Crash(network.Peer(place));
        foreach (var place in new[] { 4, 5 }) network.CrashAndRestart(network.Peer(place), DiskState.Kept);
        foreach (var place in new[] { 16, 17 }) network.Network.Start(network.Peer(place));
        network.RunFor(CutSeconds / 2);
        foreach (var place in new[] { 6, 7 }) network.Crash(network.Peer(place));
        foreach (var place in new[] { 18, 19 }) network.Network.Start(network.Peer(place));
        network.RunFor(CutSeconds / 2);
    }

    private static void Churn(PromisedNetwork network, double seconds, ref NodeRandom random)
    {
        var started = Peers;
        for (var passed = 0.0; passed < seconds;)
        {
            var pause = Math.Min(random.NextUnit() * 6, seconds - passed);
            network.RunFor(pause);
            passed += pause;
            var peer = network.Peer(random.Next(Peers));
            var what = random.Next(4);
            if (what == 0 && network.LivePeers.Count() > Peers / 2) network.Crash(peer);
            else if (what == 1) network.CrashAndRestart(peer, DiskState.Kept);
            else if (what == 2 && started < Peers + LaterPeers) network.Network.Start(network.Peer(started++));
        }
    }
}
