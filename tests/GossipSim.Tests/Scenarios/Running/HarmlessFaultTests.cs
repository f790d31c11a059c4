using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>A fault excuses a false removal only where what it does can keep a node from answering in time.</summary>
[TestFixture]
internal sealed class HarmlessFaultTests
{
    private const string EverySlow =
        """
        { "type": "slowNode", "atSeconds": 0, "target": { "pick": "random", "fraction": 1 },
          "processingDelayMs": { "distribution": "constant", "value": 0.001 } }
        """;

    [TestCase(EverySlow)]
    [TestCase("""{ "type": "linkBandwidth", "atSeconds": 0, "bytesPerSecond": 1000000000000 }""")]
    public void A_false_removal_is_told_beside_a_fault_that_does_next_to_nothing(string harmless)
    {
        var trial = ScenarioTrial.Of(
            $$"""
            { "name": "masked", "runtime": "sim", "randomSeed": 42,
              "phases": { "warmupSeconds": 3, "measureSeconds": 20, "drainSeconds": 5 },
              "seedNodes": { "count": 3, "removalEvidence": "trustReporter" }, "peers": { "count": 40 },
              "gossip": { "intervalMs": 2000, "publishers": { "count": 8 } },
              "faults": [{{harmless}},
                { "id": "liar", "type": "byzantine", "atSeconds": 5, "behavior": "falseDeadReport",
                  "target": { "pick": "random" }, "victim": { "pick": "highestDegree" } }] }
            """);

        Assert.That(trial.Violations, Has.Some.StartsWith("noFalseRemoval"));
    }

    [TestCase("\"distribution\": \"constant\", \"value\": 0.001", false)]
    [TestCase("\"distribution\": \"constant\", \"value\": 50", true, Description = "busy all the time")]
    [TestCase("\"distribution\": \"pareto\", \"shape\": 0.5, \"scale\": 0.001", true, Description = "long ones")]
    [TestCase("\"distribution\": \"normal\", \"mean\": 0, \"sigma\": 0.001", false, Description = "none below 0")]
    public void A_slow_node_may_be_out_of_reach_when_it_is_busy_or_takes_long(string delay, bool mayIsolate) =>
        AssertIsolation("\"type\": \"slowNode\", \"processingDelayMs\": { " + delay + " }", mayIsolate);

    [TestCase(1_000_000_000L, false)]
    [TestCase(100_000L, false)]
    [TestCase(2_000L, true)]
    public void A_narrow_link_may_be_out_of_reach_when_its_messages_fill_it(long bytesPerSecond, bool mayIsolate) =>
        AssertIsolation($"\"type\": \"linkBandwidth\", \"bytesPerSecond\": {bytesPerSecond}", mayIsolate);

    private static void AssertIsolation(string fault, bool mayIsolate)
    {
        var trial = ScenarioTrial.Of(
            $$"""
            { "name": "fault", "runtime": "sim", "randomSeed": 1,
              "phases": { "warmupSeconds": 1, "measureSeconds": 2, "drainSeconds": 0 },
              "seedNodes": { "count": 3 }, "peers": { "count": 10 }, "gossip": { "publishers": { "count": 2 } },
              "faults": [{ "id": "it", "atSeconds": 1, "durationSeconds": 0.5,
                "target": { "index": [3] }, {{fault}} }] }
            """);

        Assert.That(trial.Strikes("it").Single().Strike.MayIsolate, Is.EqualTo(mayIsolate));
    }
}
