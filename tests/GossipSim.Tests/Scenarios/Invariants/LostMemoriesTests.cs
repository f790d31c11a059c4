using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;
using GossipSim.Tests.Engine;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Invariants;

/// <summary>An epoch may be given twice where a quorum lost its disks at once, and nowhere else.</summary>
[TestFixture]
internal sealed class LostMemoriesTests
{
    private readonly BrokenAssumptions broken = new(new RunFacts
    {
        Scenario = "lost", Runtime = GossipSim.Scenarios.Files.RuntimeKind.Sim, RandomSeed = 1,
        SeedNodes = Cast.SeedNodes(3), Quorum = 2, PeersWanted = 1, MostPeers = 1,
        DetectionBound = TimeSpan.FromSeconds(8),
    });

    private string? Excuse => broken.ExcuseFor(new OneNodeIdPerEpoch().Assumes);

    [Test]
    public void The_disks_of_a_quorum_lost_at_once_are_an_excuse()
    {
        Lose(0);
        Assert.That(Excuse, Is.Null, "two of three remember");

        Lose(1);
        Assert.That(Excuse, Does.Contain("2 of 3 seed nodes were without their disks at once"));
    }

    [Test]
    public void Disks_lost_one_after_the_other_are_none()
    {
        foreach (var seedNode in new[] { 0, 1, 2 })
        {
            Lose(seedNode);
            broken.Observe(Cast.SeedNode(seedNode), new ProtocolEvent(EventKind.LearningFinished));
        }

        Assert.That(Excuse, Is.Null);
    }

    [Test]
    public void Disks_that_peers_lose_are_none()
    {
        broken.Observe(default, Strike(new FaultStrike(
            "restart", "empty", [[Cast.Peer(0), Cast.Peer(1), Cast.Peer(2)]], EmptiesDisks: true)));

        Assert.That(Excuse, Is.Null);
    }

    /// <summary>Nothing that is asked of one seed node can survive the loss of its disk.</summary>
    [Test]
    public void A_lone_seed_node_that_loses_its_disk_breaks_no_promise()
    {
        var trial = ScenarioTrial.Of(
            """
            { "name": "lone", "runtime": "sim", "randomSeed": 1,
              "phases": { "warmupSeconds": 1, "measureSeconds": 60, "drainSeconds": 5 },
              "seedNodes": { "count": 1 }, "peers": { "count": 8 }, "gossip": { "publishers": { "count": 2 } },
              "faults": [
                { "id": "c", "type": "crash", "atSeconds": 5, "target": { "role": "seed", "index": [0] } },
                { "id": "p", "type": "crash", "atSeconds": 5.5, "durationSeconds": 3, "target": { "index": [2] } },
                { "id": "r", "type": "restart", "disk": "empty", "atSeconds": 8,
                  "target": { "role": "seed", "fault": "c" } } ] }
            """);

        Assert.That(trial.Violations, Is.Empty);
        Assert.That(trial.Watch!.Expected(), Does.ContainKey("oneNodeIdPerEpoch"));
    }

    private void Lose(int seedNode) => broken.Observe(default, Strike(new FaultStrike(
        "restart", "empty", [[Cast.SeedNode(seedNode)]], EmptiesDisks: true)));

    private static ProtocolEvent Strike(FaultStrike strike) => new(EventKind.FaultStruck, Detail: strike);
}
