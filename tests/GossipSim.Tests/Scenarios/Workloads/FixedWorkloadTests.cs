using GossipSim.Scenarios.Workloads;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Workloads;

/// <summary>The fixed workloads do what ANCHORS says, and the same for every number of threads.</summary>
[TestFixture]
internal sealed class FixedWorkloadTests
{
    /// <summary>B(2E - N + 1), where E = 6 + 3(N - 4): the origin tells all, everybody else all but one.</summary>
    [TestCase(10, 1, 39)]
    [TestCase(1_000, 20, 20 * 4_989)]
    [TestCase(3_000, 2, 2 * 14_989)]
    // Each origin says 200 in ten seconds: more than the window of its numbers is wide.
    [TestCase(10, 2_000, 2_000 * 39)]
    public void A_flood_crosses_each_link_as_often_as_flooding_must(int peers, int broadcasts, long deliveries)
    {
        var figures = new FloodWorkload(peers, broadcasts, randomSeed: 1, threads: 1).Run();

        Assert.That(figures.Counted, Is.EqualTo(deliveries));
        Assert.That(figures.CountedPerSecond, Is.EqualTo(deliveries / figures.WallSeconds).Within(0.5));
        Assert.That(figures.BytesPerPeer, Is.EqualTo((double)figures.PeakRssBytes / peers).Within(0.05));
    }

    /// <summary>
    /// In T seconds everybody has T rounds; a round pings each neighbor, and for each PING a PONG and a timeout count.
    /// What is under way at the end has not come: the pings of the last tenth of a second, at most.
    /// </summary>
    [TestCase(200, 5)]
    [TestCase(1_000, 10)]
    public void A_heartbeat_counts_rounds_pings_pongs_and_timeouts(int peers, int seconds)
    {
        var figures = new HeartbeatWorkload(peers, seconds, randomSeed: 1, threads: 1).Run();

        var ends = 2 * (6 + (3 * (peers - 4)));
        var due = (long)seconds * (peers + (3 * ends));
        Assert.That(figures.Counted, Is.InRange(due - (0.2 * 3 * ends) - peers, due));
    }

    [TestCase(1UL)]
    [TestCase(7UL)]
    public void Floods_have_one_fingerprint_for_every_number_of_threads(ulong randomSeed)
    {
        var alone = new FloodWorkload(3_000, 20, randomSeed, threads: 1).Run();

        foreach (var threads in new[] { 2, 4 })
        {
            var together = new FloodWorkload(3_000, 20, randomSeed, threads).Run();
            Assert.That(together.Fingerprint, Is.EqualTo(alone.Fingerprint), $"{threads} threads");
            Assert.That(together.Counted, Is.EqualTo(alone.Counted));
        }
    }

    [Test]
    public void Heartbeats_have_one_fingerprint_for_every_number_of_threads([Values(2, 4)] int threads)
    {
        var alone = new HeartbeatWorkload(1_000, 5, randomSeed: 1, threads: 1).Run();
        var together = new HeartbeatWorkload(1_000, 5, randomSeed: 1, threads).Run();

        Assert.That(together.Fingerprint, Is.EqualTo(alone.Fingerprint));
        Assert.That(together.Counted, Is.EqualTo(alone.Counted));
    }

    [Test]
    public void Another_random_seed_makes_another_run()
    {
        var one = new FloodWorkload(500, 3, randomSeed: 1, threads: 1).Run();
        var other = new FloodWorkload(500, 3, randomSeed: 2, threads: 1).Run();

        Assert.That(other.Fingerprint, Is.Not.EqualTo(one.Fingerprint));
    }
}
