using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Promises;

/// <summary>Whole runs that once stayed broken for ever after their last fault.</summary>
[TestFixture]
internal sealed class HealingRunTests
{
    /// <summary>Two seed nodes stamped the registration of the same peer differently: it took itself for the oldest.
    /// </summary>
    [TestCase(169)]
    [TestCase(183)]
    public void Everybody_registers_and_links_with_all_seed_nodes_asked_at_once(int randomSeed)
    {
        var trial = ScenarioTrial.Of(
            """
            { "name": "all-seeds", "runtime": "sim", "randomSeed": 1,
              "phases": { "formationSeconds": 120, "warmupSeconds": 0, "measureSeconds": 1, "drainSeconds": 0 },
              "seedNodes": { "count": 3 }, "peers": { "count": 5, "registerWith": "allSeeds" },
              "gossip": { "publishers": { "count": 1 } },
              "network": { "latency": { "distribution": "uniform", "fromMs": 2, "toMs": 80 } } }
            """,
            $"randomSeed={randomSeed}");

        Assert.That(trial.Outcome, Is.EqualTo(RunOutcome.Completed));
        Assert.That(trial.Violations, Is.Empty);
    }

    /// <summary>
    /// Only the seed node that is cut off still knows memberships that two others voted for and forgot: they must not
    /// vote before it taught them.
    /// </summary>
    [Test]
    public void Two_seed_nodes_that_lose_their_disks_while_a_third_is_cut_off_give_no_epoch_twice()
    {
        var trial = ScenarioTrial.Of(
            """
            { "name": "two-empty-disks", "runtime": "sim", "randomSeed": 1,
              "phases": { "warmupSeconds": 2, "measureSeconds": 90, "drainSeconds": 5 },
              "seedNodes": { "count": 5 }, "peers": { "count": 20 },
              "gossip": { "intervalMs": 4000, "publishers": { "count": 4 } },
              "faults": [
                { "id": "p1", "type": "partition", "atSeconds": 5, "healAfterSeconds": 31,
                  "groups": [[{ "role": "seed", "index": [0, 1] }], "rest"] },
                { "id": "x1", "type": "crash", "atSeconds": 6, "durationSeconds": 1, "target": { "index": [5] } },
                { "id": "x2", "type": "crash", "atSeconds": 16, "durationSeconds": 1, "target": { "index": [5] } },
                { "id": "x3", "type": "crash", "atSeconds": 26, "durationSeconds": 1, "target": { "index": [5] } },
                { "id": "c", "type": "crash", "atSeconds": 35, "target": { "role": "seed", "index": [2, 3] } },
                { "id": "p2", "type": "partition", "atSeconds": 35, "healAfterSeconds": 25,
                  "groups": [[{ "role": "seed", "index": [4] }], "rest"] },
                { "id": "x4", "type": "crash", "atSeconds": 35.5, "durationSeconds": 4, "target": { "index": [5] } },
                { "id": "r", "type": "restart", "disk": "empty", "atSeconds": 36.5,
                  "target": { "role": "seed", "fault": "c" } } ] }
            """);

        Assert.That(trial.Violations, Is.Empty);
        var learned = trial.Since(36, EventKind.LearningFinished).Select(e => e.Node).ToList();
        Assert.That(learned, Is.EquivalentTo(trial.World.Facts.SeedNodes.Skip(2).Take(2)), "both vote again");
    }

    [TestCase(1)]
    [TestCase(2)]
    public void A_seed_node_that_comes_and_goes_keeps_nobody_dead_in_the_list(int randomSeed)
    {
        var trial = ScenarioTrial.Of(
            """
            { "name": "flapping-seed", "runtime": "sim", "randomSeed": 1,
              "phases": { "warmupSeconds": 2, "measureSeconds": 250, "drainSeconds": 5 },
              "seedNodes": { "count": 5 }, "peers": { "count": 60 },
              "overlay": { "rule": "preferentialAttachment", "linksPerJoin": 1 },
              "gossip": { "intervalMs": 4000, "publishers": { "count": 4 } },
              "faults": [
                { "id": "half", "type": "crash", "atSeconds": 20, "target": { "pick": "random", "fraction": 0.6 } },
                { "id": "flap", "type": "pause", "atSeconds": 3, "everySeconds": 18, "durationSeconds": 9,
                  "target": { "role": "seed", "index": [4] } } ] }
            """,
            $"randomSeed={randomSeed}");

        Assert.That(trial.Violations, Is.Empty);
        var detection = trial.Measure().Detection;
        Assert.That((detection.Crashes, detection.Removed, detection.FalseRemovals), Is.EqualTo((36, 36, 0)));
    }
}
