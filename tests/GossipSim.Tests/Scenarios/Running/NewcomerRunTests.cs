using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Faults that bring in peers, honest ones and liars, and those that make members lie.</summary>
[TestFixture]
internal sealed class NewcomerRunTests
{
    [Test]
    public void Those_who_join_come_one_after_another_register_and_link_and_get_what_is_published()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """{ "id": "crowd", "type": "join", "atSeconds": 3, "count": 10, "ratePerSecond": 4 }"""));

        var newcomers = Enumerable.Range(40, 10).Select(trial.Peer).ToList();
        Assert.That(trial.Strikes("crowd").Single().Strike.Groups.Single(), Is.EqualTo(newcomers));
        var started = trial.Since(0, EventKind.ProcessStarted);
        Assert.That(started.Select(e => e.Node), Is.EqualTo(newcomers));
        Assert.That(
            started.Select(trial.SecondsOf), Is.EqualTo(Enumerable.Range(0, 10).Select(place => 3 + (place / 4.0))));
        Assert.That(trial.Since(3, EventKind.Registered).Select(e => e.Node), Is.EquivalentTo(newcomers));
        Assert.That(trial.Since(3, EventKind.Joined).Select(e => e.Node), Is.EquivalentTo(newcomers));
        var measured = trial.Measure();
        Assert.That((measured.Peers.Started, measured.Peers.Live), Is.EqualTo((50, 50)));
        Assert.That(measured.Gossip.CoverageOfLivePeersMin, Is.EqualTo(1));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_flash_crowd_as_large_as_the_network_joins_at_once()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """{ "id": "crowd", "type": "join", "atSeconds": 3, "count": 40 }"""));

        Assert.That(trial.Since(3, EventKind.ProcessStarted).Select(trial.SecondsOf), Is.All.EqualTo(3));
        Assert.That(trial.Since(3, EventKind.Joined).Select(e => e.Node).Distinct().Count(), Is.EqualTo(40));
        Assert.That(trial.Measure().Overlay.LargestComponentFraction, Is.EqualTo(1));
        Assert.That(trial.World.FalseRemovals, Is.Zero);
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void Sybils_join_take_what_they_get_and_pass_nothing_on()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """{ "id": "many", "type": "sybil", "atSeconds": 3, "count": 6, "ratePerSecond": 3 }"""));

        var sybils = trial.Strikes("many").Single().Strike.Groups.Single();
        Assert.That(sybils, Is.EqualTo(Enumerable.Range(40, 6).Select(trial.Peer)));
        Assert.That(trial.Since(3, EventKind.Joined).Select(e => e.Node), Is.EquivalentTo(sybils));
        Assert.That(trial.All(EventKind.GossipDelivered).Where(e => sybils.Contains(e.Node)), Is.Not.Empty);
        Assert.That(trial.All(EventKind.GossipDelivered).Where(e => sybils.Contains(e.Event.About)), Is.Empty);
        Assert.That(sybils.Select(sybil => trial.World.Nodes.Find(sybil)!.IsLiar), Is.All.True);
        Assert.That(trial.World.FalseRemovals, Is.Zero);
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_false_report_is_heard_and_removes_nobody()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "liar", "type": "byzantine", "atSeconds": 3, "behavior": "falseDeadReport",
              "target": { "index": [4] }, "victim": { "index": [20] } }
            """));

        var strike = trial.Strikes("liar").Single().Strike;
        Assert.That((strike.Behavior, strike.Groups.Single().Single()), Is.EqualTo(("falseDeadReport", trial.Peer(4))));
        var heard = trial.All(EventKind.ReportHeard);
        Assert.That(heard.Select(e => e.Event.About), Is.Not.Empty.And.All.EqualTo(trial.Peer(20)));
        Assert.That(heard.Select(trial.SecondsOf), Is.All.GreaterThan(3));
        Assert.That(trial.World.FalseRemovals, Is.Zero);
        Assert.That(trial.World.IsRegistered(trial.Peer(20)), Is.True);
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_liar_without_a_victim_of_its_own_chooses_and_one_that_drops_passes_nothing_on()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "drop", "type": "byzantine", "atSeconds": 8, "behavior": "dropGossip",
              "target": { "pick": "highestDegree" } },
            { "id": "forge", "type": "byzantine", "atSeconds": 3, "behavior": "forgeOrigin",
              "target": { "index": [30] }, "victim": { "index": [21] } },
            { "id": "accuse", "type": "byzantine", "atSeconds": 3, "behavior": "falseDeadReport",
              "target": { "index": [31] } }
            """));

        var dropper = trial.Strikes("drop").Single().Strike.Groups.Single().Single();
        var passedOn = trial.All(EventKind.GossipDelivered)
            .Where(e => e.Event.About == dropper && e.Event.Number > 1).ToList();
        Assert.That(passedOn.Select(trial.SecondsOf), Is.Not.Empty.And.All.LessThan(8.25));
        var forged = trial.All(EventKind.GossipDelivered).Select(e => (Gossip)e.Event.Detail!)
            .Where(gossip => gossip.Origin == trial.Peer(21)).Select(gossip => gossip.Key).ToHashSet();
        forged.ExceptWith(trial.All(EventKind.GossipPublished).Select(e => ((Gossip)e.Event.Detail!).Key));
        Assert.That(forged, Is.Not.Empty);
        Assert.That(trial.All(EventKind.ReportHeard), Is.Not.Empty);
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_lying_witness_finds_the_living_dead_and_is_outvoted()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "liar", "type": "byzantine", "atSeconds": 1, "behavior": "lyingWitness",
              "target": { "pick": "highestDegree", "count": 2 } },
            { "id": "stop", "type": "pause", "atSeconds": 3, "everySeconds": 6, "durationSeconds": 3.6,
              "target": { "index": [10, 20, 30] } }
            """));

        Assert.That(trial.All(EventKind.WitnessHeard).Where(e => ((Witness)e.Event.Detail!).Verdict == Verdict.Dead),
            Is.Not.Empty);
        Assert.That(trial.World.FalseRemovals, Is.Zero);
        Assert.That(trial.Violations, Is.Empty);
    }

    [TestCase("voteAlwaysYes")]
    [TestCase("doubleVote")]
    [TestCase("equivocate")]
    [TestCase("replayOldMessages")]
    public void One_lying_seed_node_of_five_breaks_no_promise(string behavior)
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                $$"""
                { "id": "liar", "type": "byzantine", "atSeconds": 2, "behavior": "{{behavior}}",
                  "target": { "role": "seed", "index": [1] } },
                { "id": "new", "type": "join", "atSeconds": 4, "count": 4, "ratePerSecond": 1 },
                { "id": "kill", "type": "crash", "atSeconds": 6, "target": { "index": [8, 9] } }
                """),
            "seedNodes.count=5", "seedNodes.quorumRule=byzantine", "seedNodes.byzantineFaults=1");

        Assert.That(trial.Violations, Is.Empty);
        Assert.That(trial.Strikes("liar").Single().Strike.Behavior, Is.EqualTo(behavior));
        Assert.That(trial.World.Nodes.Find(trial.Plan[1])!.IsLiar, Is.True);
        Assert.That(trial.Since(4, EventKind.Joined).Select(e => e.Node).Distinct().Count(), Is.EqualTo(4));
        Assert.That(trial.Measure().Detection.Removed, Is.EqualTo(2));
        Assert.That(trial.World.FalseRemovals, Is.Zero);
        Assert.That(trial.Violations, Is.Empty);
    }
}
