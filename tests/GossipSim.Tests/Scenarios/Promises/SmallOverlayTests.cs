using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Promises;

/// <summary>Overlays of a few peers, and rings that lost who held them together, are whole again when all is quiet.
/// </summary>
[TestFixture]
internal sealed class SmallOverlayTests
{
    /// <summary>The only older member came back as the younger one, and no plan names the other.</summary>
    [TestCase(1, "ring")]
    [TestCase(2, "ring")]
    [TestCase(2, "smallWorld")]
    [TestCase(2, "uniform")]
    public void A_peer_that_was_removed_in_a_pause_is_linked_to_a_newcomer_when_it_comes_back(int peers, string rule) =>
        AssertWhole(peers, rule,
            """
            { "id": "join", "type": "join", "atSeconds": 0, "count": 1 },
            { "id": "pause", "type": "pause", "atSeconds": 1, "durationSeconds": 9, "target": { "index": [0] } }
            """);

    /// <summary>Who leaves is reported by nobody: its planned neighbors must not wait for it.</summary>
    [TestCase(4, "[0, 2]")]
    [TestCase(6, "[0, 3]")]
    [TestCase(3, "[1]")]
    public void A_ring_closes_around_peers_that_left(int peers, string leaving) => AssertWhole(
        peers, "ring", $$"""{ "id": "leave", "type": "leave", "atSeconds": 3, "target": { "index": {{leaving}} } }""");

    /// <summary>Links that were planned in two parts are kept so, and no promise is broken by that.</summary>
    [TestCase("[[0, 1], [1, 2], [3, 4]]", 5, 2)]
    [TestCase("[[0, 1], [1, 2], [2, 3], [3, 4]]", 5, 1)]
    [TestCase("[[0, 1], [2, 3], [4, 5]]", 6, 3)]
    public void A_plan_in_parts_is_known_before_the_run(string links, int peers, int parts)
    {
        var trial = ScenarioTrial.Of(
            $$"""
            { "name": "parts", "runtime": "sim", "randomSeed": 1,
              "phases": { "warmupSeconds": 1, "measureSeconds": 10, "drainSeconds": 30 },
              "peers": { "count": {{peers}} }, "gossip": { "publishers": { "count": 1 } },
              "overlay": { "rule": "fromFile", "links": {{links}} } }
            """);

        Assert.That(trial.World.Facts.PlannedParts, Is.EqualTo(parts));
        Assert.That(trial.Watch!.WasQuiet, Is.True);
        Assert.That(trial.Violations, Is.Empty);
    }

    private static void AssertWhole(int peers, string rule, string faults)
    {
        var trial = ScenarioTrial.Of(
            $$"""
            { "name": "small", "runtime": "sim", "randomSeed": 1,
              "phases": { "warmupSeconds": 1, "measureSeconds": 30, "drainSeconds": 30 },
              "seedNodes": { "count": 3 }, "peers": { "count": {{peers}} }, "overlay": { "rule": "{{rule}}" },
              "gossip": { "publishers": { "count": 1 } }, "faults": [{{faults}}] }
            """);

        Assert.That(trial.Watch!.WasQuiet, Is.True);
        Assert.That(trial.Violations, Is.Empty);
    }
}
