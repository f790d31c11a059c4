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
