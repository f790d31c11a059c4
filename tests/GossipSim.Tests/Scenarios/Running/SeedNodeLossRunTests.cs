using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>
/// Two of three seed nodes crash, hundreds of peers with long addresses ask to join, and one seed node comes back with
/// an empty disk: what it is taught comes in lines, as on TCP.
/// </summary>
[TestFixture]
internal sealed class SeedNodeLossRunTests
{
    [Test]
    public void Who_asked_while_there_was_no_quorum_gets_in_when_a_seed_node_returns_with_an_empty_disk()
    {
        var trial = ScenarioTrial.Of(
            """
            { "name": "delta", "runtime": "sim", "randomSeed": 1,
              "phases": { "warmupSeconds": 1, "measureSeconds": 60, "drainSeconds": 2 },
              "seedNodes": { "count": 3, "host": "127.100.100.100", "basePort": 60000 },
              "peers": { "count": 210, "host": "127.100.100.101", "basePort": 20000 },
              "gossip": { "publishers": { "count": 1 } },
              "faults": [
                { "id": "gone", "type": "crash", "atSeconds": 2, "target": { "role": "seed", "index": [1, 2] } },
                { "id": "crowd", "type": "join", "atSeconds": 3, "count": 260 },
                { "id": "back", "type": "restart", "disk": "empty", "atSeconds": 18,
                  "target": { "role": "seed", "index": [2] } },
                { "id": "whole", "type": "restart", "atSeconds": 25, "target": { "role": "seed", "index": [1] } } ] }
            """);

        Assert.That(trial.Outcome, Is.EqualTo(RunOutcome.Completed));
        // It needs two teachers, as a vote that it forgot may be known to the one that is still gone; and it waits
        // 17 s, until no tally counts such a vote any more.
        var learned = trial.Since(18, EventKind.LearningFinished).Single();
        Assert.That(learned.Node, Is.EqualTo(trial.Plan[2]));
        Assert.That(trial.SecondsOf(learned), Is.InRange(35, 40));
        var newcomers = Enumerable.Range(210, 260).Select(trial.Peer).ToList();
        Assert.That(trial.Since(3, EventKind.Registered).Select(e => e.Node).Distinct(), Is.EquivalentTo(newcomers));
        Assert.That(trial.World.FalseRemovals, Is.Zero);
        Assert.That(trial.Violations, Is.Empty);
    }
}
