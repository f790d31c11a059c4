using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// Small networks under random crashes, restarts and partitions. The number of a test case is all that is needed to
/// repeat it: everything in it is drawn from it.
/// </summary>
[TestFixture]
internal sealed class RandomFaultTests
{
    private const double FaultSeconds = 60;

    /// <summary>Three refresh intervals of watching, twice, and time for repairs in between.</summary>
    private const double SettlingSeconds = 150;

    [Test]
    public void Safety_holds_at_every_step_and_order_returns_when_faults_end([Range(1, 100)] int run)
    {
        var random = NodeRandom.For(977, Cast.Peer(0), run);
        var network = new SmallNetwork(
            seedNodes: 3 + random.Next(3), peers: 3 + random.Next(6), (ulong)run,
            new UniformLatency(1, 60) { JitterFraction = random.Next(2) }, lossProbability: 0.02 * random.Next(2));
        var judge = new SafetyJudge(network);
        network.StartsAll(secondsBetweenPeers: 0.5 * random.Next(3));

        var faultsEnd = network.Network.Now.TotalSeconds + FaultSeconds;
        while (network.Network.Now.TotalSeconds < faultsEnd)
        {
            network.RunsFor(random.NextUnit() * 6);
            Strike(network, ref random);
            judge.JudgesEveryStep();
        }

        EndFaults(network);
        network.RunsFor(SettlingSeconds);
        judge.JudgesTheEnd();
        Assert.That(judge.Commits, Is.GreaterThanOrEqualTo(network.Plan.Peers));
    }

    private static void Strike(SmallNetwork network, ref NodeRandom random)
    {
        var plan = network.Plan;
        var node = plan[random.Next(plan.Count)];
        switch (random.Next(6))
        {
            case 0 or 1:
                network.Network.Crash(node, "random");
                break;
            case 2 or 3:
                network.Network.Restart(node, random.Next(2) == 0 ? DiskState.Kept : DiskState.Torn);
                break;
            case 4:
                var (one, other) = (new List<NodeAddress>(), new List<NodeAddress>());
                for (var index = 0; index < plan.Count; index++) (random.Next(2) == 0 ? one : other).Add(plan[index]);
                network.Network.Impair("random", CutLinks.Between(one, other));
                break;
            default:
                network.Network.Mend("random");
                break;
        }
    }

    /// <summary>Seed nodes all come back, peers stay as they are.</summary>
    private static void EndFaults(SmallNetwork network)
    {
        network.Network.Mend("random");
        foreach (var seedNode in network.SeedNodes) network.Network.Restart(seedNode, DiskState.Kept);
    }

    [Test]
    public void One_seed_node_that_loses_its_disk_now_and_then_breaks_nothing([Range(1, 30)] int run)
    {
        var random = NodeRandom.For(978, Cast.Peer(0), run);
        var network = new SmallNetwork(seedNodes: 3, peers: 4, (ulong)run, new UniformLatency(1, 60));
        var judge = new SafetyJudge(network);
        network.StartsAll();

        for (var loss = 0; loss < 6; loss++)
        {
            network.RunsFor(2 + (random.NextUnit() * 5));
            var peer = network.Plan[3 + random.Next(4)];
            network.Network.Crash(peer, "random");
            network.Network.Restart(peer, DiskState.Kept);
            network.RunsFor(random.NextUnit());
            network.Network.Crash(Cast.SeedNode(1), "random");
            network.RunsFor(random.NextUnit() * 3);
            network.Network.Restart(Cast.SeedNode(1), DiskState.Empty);
            judge.JudgesEveryStep();
        }

        network.RunsFor(SettlingSeconds);
        judge.JudgesTheEnd();
    }

    /// <summary>Several seed nodes propose several processes of one address at once: why one vote per epoch.</summary>
    [Test]
    public void Processes_that_follow_each_other_quickly_at_an_address_never_share_an_epoch([Range(1, 60)] int run)
    {
        var random = NodeRandom.For(979, Cast.Peer(0), run);
        var impatient = new PeerOptions { SeedNodes = [], RegisterTimeout = TimeSpan.FromSeconds(0.25) };
        var network = new SmallNetwork(
            seedNodes: 3 + random.Next(2), peers: 1, (ulong)run, new UniformLatency(1, 120) { JitterFraction = 1 },
            peerOptions: impatient);
        var judge = new SafetyJudge(network);
        network.StartsAll();

        for (var process = 0; process < 40; process++)
        {
            network.RunsFor(random.NextUnit());
            network.Network.Crash(Cast.Peer(0), "next");
            network.Network.Restart(Cast.Peer(0), DiskState.Kept);
            // Each time others can hear of it, and sometimes all.
            network.Network.Mend("random");
            var cutOff = network.SeedNodes.Where(_ => random.Next(3) == 0).ToArray();
            network.Network.Impair("random", CutLinks.Between(cutOff));
            judge.JudgesEveryStep();
        }

        network.Network.Mend("random");
        network.RunsFor(SettlingSeconds);
        judge.JudgesTheEnd();
    }

    [Test]
    public void The_same_options_make_the_same_run_and_another_random_seed_another()
    {
        var fingerprints = new ulong[] { 5, 5, 6 }.Select(randomSeed =>
        {
            var network = new SmallNetwork(3, 8, randomSeed, new UniformLatency(1, 60) { JitterFraction = 0.5 }, 0.01);
            network.StartsAll();
            network.RunsFor(10);
            network.Network.Crash(Cast.Peer(1), "fault");
            network.RunsFor(30);
            return network.Network.Fingerprint;
        }).ToArray();

        Assert.That(fingerprints[1], Is.EqualTo(fingerprints[0]));
        Assert.That(fingerprints[2], Is.Not.EqualTo(fingerprints[0]));
    }

    [Test]
    public void A_run_is_the_same_however_it_is_cut_into_pieces()
    {
        var (whole, pieces) = (new SmallNetwork(3, 5, 9), new SmallNetwork(3, 5, 9));
        whole.StartsAll();
        pieces.StartsAll();
        whole.RunsFor(20);
        for (var piece = 0; piece < 2000; piece++) pieces.RunsFor(0.01);

        Assert.That(pieces.Network.Fingerprint, Is.EqualTo(whole.Network.Fingerprint));
        Assert.That(pieces.Network.Events, Is.EqualTo(whole.Network.Events));
    }
}
