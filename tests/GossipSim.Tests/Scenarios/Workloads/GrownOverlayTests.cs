using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Workloads;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Workloads;

/// <summary>Preferential attachment as Barabasi and Albert describe it: a clique of m + 1, and m links each.</summary>
[TestFixture]
internal sealed class GrownOverlayTests
{
    private const int M = 3;

    [TestCase(10)]
    [TestCase(11)]
    [TestCase(2_000)]
    public void Each_newcomer_links_to_three_others_and_to_nobody_twice(int peers)
    {
        var overlay = Grow(peers);

        var links = Enumerable.Range(0, peers)
            .SelectMany(peer => overlay.NeighborsOf(peer).ToArray().Select(end => (peer, end))).ToList();
        Assert.That(links, Has.Count.EqualTo(2 * (6 + (M * (peers - 4)))), "both halves of every link");
        Assert.That(links, Is.Unique);
        Assert.That(links.Select(link => (link.end, link.peer)), Is.EquivalentTo(links), "links have two ends");
        for (var peer = M + 1; peer < peers; peer++)
            Assert.That(overlay.NeighborsOf(peer).ToArray().Count(end => end < peer), Is.EqualTo(M), $"peer {peer}");
    }

    [Test]
    public void Everybody_is_connected()
    {
        var overlay = Grow(2_000);

        var reached = new HashSet<int> { 1_999 };
        var waiting = new Queue<int>(reached);
        while (waiting.TryDequeue(out var peer))
            foreach (var neighbor in overlay.NeighborsOf(peer))
                if (reached.Add(neighbor)) waiting.Enqueue(neighbor);

        Assert.That(reached, Has.Count.EqualTo(2_000));
    }

    /// <summary>
    /// The largest degree grows as m times the root of the peers (Barabasi and Albert 1999: the exponent is 3); links
    /// to peers chosen evenly would leave it near m (1 + ln N) = 31 for these.
    /// </summary>
    [Test]
    public void A_few_peers_are_hubs()
    {
        const int Peers = 10_000;
        var overlay = Grow(Peers);

        var degrees = Enumerable.Range(0, Peers).Select(overlay.Degree).ToList();

        Assert.That(degrees.Min(), Is.EqualTo(M));
        Assert.That(degrees.Max(), Is.GreaterThan(20 * degrees.Average()).And.LessThan(Peers / 2));
        Assert.That(degrees.Count(degree => degree == M), Is.InRange(0.38 * Peers, 0.42 * Peers), "2 / (m + 2)");
    }

    [Test]
    public void The_same_random_seed_grows_the_same_and_another_one_another()
    {
        var (first, again, other) = (Grow(500, randomSeed: 7), Grow(500, randomSeed: 7), Grow(500, randomSeed: 8));

        Assert.That(Ends(again), Is.EqualTo(Ends(first)));
        Assert.That(Ends(other), Is.Not.EqualTo(Ends(first)));
    }

    private static StandingOverlay Grow(int peers, ulong randomSeed = 1) =>
        GrownOverlay.Grow(new AddressPlan(Cast.SeedNode(0), 0, Cast.Peer(0), peers), M, randomSeed);

    private static List<int> Ends(StandingOverlay overlay) =>
        [.. Enumerable.Range(0, overlay.Plan.Count).SelectMany(peer => overlay.NeighborsOf(peer).ToArray())];
}
