using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Promises;

/// <summary>
/// What exploring found, as shrinking left it: each broke a promise once, for a reason in the protocol that is mended.
/// </summary>
[TestFixture]
internal sealed class FoundByExploringTests
{
    [Test]
    public void A_seed_node_whose_clock_was_set_back_still_finds_silent_members()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "type": "partition", "atSeconds": 0, "healAfterSeconds": 7,
                  "groups": [[{ "role": "seed", "index": [0] }], "rest"] },
                { "type": "clockSkew", "atSeconds": 0, "durationSeconds": 1, "offsetMs": 59517.327,
                  "driftPpm": 8646.599, "target": { "role": "seed", "index": [0] } },
                { "type": "leave", "atSeconds": 0, "target": { "index": [0] } }
                """,
                measureSeconds: 8, peers: 1),
            "randomSeed=2", "seedNodes.count=1", "gossip.publishers.count=0");

        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_peer_whose_clock_was_set_back_still_compares_what_it_holds_with_its_neighbors()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "type": "leave", "atSeconds": 0, "target": { "index": [1] } },
                { "type": "clockSkew", "atSeconds": 7.288, "durationSeconds": 4.7, "offsetMs": 34971.238,
                  "driftPpm": -15524.374, "target": { "index": [2] } },
                { "type": "partition", "atSeconds": 5.777, "healAfterSeconds": 6.223,
                  "groups": [[{ "role": "seed", "index": [1] }, { "index": [0] }], "rest"] }
                """,
                measureSeconds: 12, peers: 7),
            "phases.warmupSeconds=0", "phases.drainSeconds=1", "gossip.publishers.count=7");

        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_seed_node_that_stood_still_through_its_probe_removes_nobody_for_it()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "type": "byzantine", "atSeconds": 0, "behavior": "falseDeadReport",
                  "victim": { "pick": "highestDegree" }, "target": { "index": [3] } },
                { "type": "linkFlap", "atSeconds": 9.8, "durationSeconds": 14, "upSeconds": 0.544,
                  "downSeconds": 1.786, "target": { "index": [4] } },
                { "type": "pause", "atSeconds": 22.6, "durationSeconds": 11,
                  "target": { "role": "seed", "index": [2] } }
                """,
                measureSeconds: 33, peers: 6),
            "randomSeed=2", "seedNodes.count=4", "gossip.publishers.count=0");

        Assert.That(trial.Violations, Is.Empty);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Newcomers_that_cannot_register_without_a_quorum_are_no_part_of_the_overlay(int randomSeed)
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "type": "crash", "atSeconds": 1, "target": { "role": "seed", "index": [0, 1] } },
                { "type": "join", "atSeconds": 2, "count": 2 }
                """,
                peers: 10),
            $"randomSeed={randomSeed}");

        Assert.That(trial.Violations, Is.Empty);
    }
}
