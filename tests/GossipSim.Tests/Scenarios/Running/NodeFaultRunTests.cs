using System.Globalization;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>What faults of single nodes do to whole runs, and that all is well afterwards.</summary>
[TestFixture]
internal sealed class NodeFaultRunTests
{
    [Test]
    public void A_crash_with_a_duration_is_detected_and_the_peer_comes_back_at_the_next_epoch()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "out", "type": "crash", "atSeconds": 2, "durationSeconds": 10, "target": { "index": [7, 8] } }
            """));

        Assert.That(trial.Endings("out").Single().At, Is.EqualTo(12));
        var again = trial.Since(12, EventKind.Registered);
        Assert.That(again.Select(e => (e.Node, e.Event.Number)), Is.EquivalentTo(
            new[] { (trial.Peer(7), 2L), (trial.Peer(8), 2L) }));
        var detection = trial.Measure().Detection;
        Assert.That((detection.Crashes, detection.Removed, detection.FalseRemovals), Is.EqualTo((2, 2, 0)));
        AssertWell(trial);
    }

    [Test]
    public void A_seed_node_that_is_down_for_a_while_has_the_same_list_afterwards()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "out", "type": "crash", "atSeconds": 2, "durationSeconds": 8,
              "target": { "role": "seed", "index": [2] } },
            { "id": "kill", "type": "crash", "atSeconds": 3, "target": { "index": [5] } }
            """));

        Assert.That(trial.Since(10, EventKind.EntryCommitted).Select(e => e.Node), Does.Contain(trial.Plan[2]));
        Assert.That(trial.World.Membership.SeedsAgree, Is.True);
        Assert.That(trial.Violations, Is.Empty);
    }

    [TestCase("kept")]
    [TestCase("torn")]
    [TestCase("empty")]
    public void A_peer_that_starts_again_is_a_member_again_whatever_is_left_of_its_disk(string disk)
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            $$"""
            { "id": "kill", "type": "crash", "atSeconds": 2, "target": { "index": [7] } },
            { "id": "up", "type": "restart", "atSeconds": 4, "disk": "{{disk}}", "target": { "fault": "kill" } }
            """));

        Assert.That(trial.Strikes("up").Single().Strike.Groups.Single(), Is.EqualTo(new[] { trial.Peer(7) }));
        Assert.That(trial.Since(4, EventKind.Registered).Single().Event.Number, Is.EqualTo(2));
        Assert.That(trial.Since(4, EventKind.Joined).Single().Node, Is.EqualTo(trial.Peer(7)));
        AssertWell(trial);
    }

    [Test]
    public void A_slow_node_takes_its_time_with_everything_and_nobody_else_does()
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(
                """
                { "id": "slow", "type": "slowNode", "atSeconds": 4, "durationSeconds": 6, "target": { "index": [12] },
                  "processingDelayMs": { "distribution": "constant", "value": 150 } }
                """),
            "network.latency={ \"distribution\": \"uniform\", \"fromMs\": 10, \"toMs\": 40 }");

        var slow = trial.Peer(12);
        var during = trial.Crossings(4, 9).Where(hop => hop.Hops == 1 || hop.To == slow).ToList();
        Assert.That(during.Where(hop => hop.To == slow).Select(hop => hop.Seconds),
            Is.Not.Empty.And.All.GreaterThanOrEqualTo(0.16));
        Assert.That(during.Where(hop => hop.To != slow).Select(hop => hop.Seconds),
            Is.Not.Empty.And.All.LessThan(0.15));
        Assert.That(trial.Crossings(11, 20).Where(hop => hop.Hops == 1).Select(hop => hop.Seconds),
            Is.All.LessThan(0.15));
        Assert.That(trial.Endings("slow").Single().At, Is.EqualTo(10));
        AssertWell(trial);
    }

    [TestCase(3_600_000, 0)]
    [TestCase(-7_200_000, 0)]
    [TestCase(60_000, 200_000)]
    [TestCase(0, -300_000)]
    public void A_wrong_clock_shifts_the_times_in_ids_and_breaks_nothing_else(double offsetMs, double driftPpm)
    {
        var trial = ScenarioTrial.Of(
            SmallScenarios.With(string.Create(CultureInfo.InvariantCulture,
                $$"""
                { "id": "skew", "type": "clockSkew", "atSeconds": 3, "durationSeconds": 10, "offsetMs": {{offsetMs}},
                  "driftPpm": {{driftPpm}}, "target": { "index": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] } }
                """)),
            "gossip.publishers.count=40");

        var skewed = trial.Strikes("skew").Single().Strike.Groups.Single().ToHashSet();
        var zero = TimeInId(trial.Since(0, EventKind.GossipPublished)[0])
            - trial.Since(0, EventKind.GossipPublished)[0].Now.TotalSeconds;
        var shifted = 0;
        foreach (var e in trial.Since(0, EventKind.GossipPublished))
        {
            var seconds = trial.SecondsOf(e);
            var isWrong = skewed.Contains(e.Node) && seconds is >= 3 and < 13;
            var wrong = isWrong ? (offsetMs / 1000) + ((seconds - 3) * driftPpm / 1e6) : 0;
            Assert.That(TimeInId(e) - zero - e.Now.TotalSeconds, Is.EqualTo(wrong).Within(0.002), $"{seconds}");
            if (isWrong) shifted++;
        }

        Assert.That(shifted, Is.GreaterThan(20));
        Assert.That(trial.Measure().Gossip.CoverageOfLivePeersMin, Is.EqualTo(1));
        AssertNobodyRemoved(trial);
        AssertWell(trial);
    }

    [Test]
    public void A_pause_longer_than_the_detection_bound_is_no_false_removal_and_the_peer_comes_back()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "stop", "type": "pause", "atSeconds": 2, "durationSeconds": 10, "target": { "index": [7] } }
            """));

        var detection = trial.Measure().Detection;
        Assert.That((detection.FalseRemovals, detection.UnreachableRemovals), Is.EqualTo((0, 1)));
        Assert.That(trial.Since(12, EventKind.Registered).Single().Node, Is.EqualTo(trial.Peer(7)));
        AssertWell(trial);
    }

    [Test]
    public void Peers_that_leave_together_are_gone_and_are_no_crashes()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "bye", "type": "leave", "atSeconds": 4, "everySeconds": 4,
              "target": { "pick": "highestDegree", "count": 3 } }
            """));

        var left = trial.All(EventKind.Left);
        Assert.That(trial.Strikes("bye").Select(each => each.At), Is.EqualTo(new[] { 4.0, 8, 12, 16, 20 }));
        Assert.That(left.Select(e => e.Node), Is.SubsetOf(trial.Strikes("bye").SelectMany(e => e.Strike.Groups[0])));
        Assert.That(left.Select(e => e.Node).Distinct().Count(), Is.EqualTo(15));
        Assert.That(trial.Measure().Detection.Crashes, Is.Zero);
        Assert.That(trial.World.FalseRemovals, Is.Zero);
        Assert.That(trial.Measure().Overlay.LargestComponentFraction, Is.EqualTo(1));
        Assert.That(trial.Violations, Is.Empty);
    }

    /// <summary>A fault that names a node does not start it before its own time, which still comes.</summary>
    [Test]
    public void Faults_that_name_a_newcomer_before_it_came_do_no_harm()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "early", "type": "restart", "atSeconds": 1, "target": { "index": [40] } },
            { "id": "blip", "type": "crash", "atSeconds": 1, "durationSeconds": 1, "target": { "index": [41] } },
            { "id": "new", "type": "join", "atSeconds": 5, "count": 2 }
            """));

        var started = trial.Since(0, EventKind.ProcessStarted);
        Assert.That(started.Select(e => (e.Node, trial.SecondsOf(e))), Is.EquivalentTo(
            new[] { (trial.Peer(40), 5.0), (trial.Peer(41), 5.0) }));
        Assert.That(trial.Violations, Is.Empty);
    }

    private static double TimeInId(ScenarioTrial.Reported published) =>
        double.Parse(((Gossip)published.Event.Detail!).Id.Split(':')[0], CultureInfo.InvariantCulture);

    private static void AssertNobodyRemoved(ScenarioTrial trial)
    {
        var detection = trial.Measure().Detection;
        Assert.That((detection.FalseRemovals, detection.UnreachableRemovals), Is.EqualTo((0, 0)));
    }

    private static void AssertWell(ScenarioTrial trial)
    {
        Assert.That(trial.Violations, Is.Empty);
        Assert.That(trial.World.FalseRemovals, Is.Zero);
        Assert.That(trial.World.Membership.SeedsAgree, Is.True);
        Assert.That(trial.Measure().Overlay.LargestComponentFraction, Is.EqualTo(1));
        Assert.That(trial.World.Nodes.All.Count(node => node is { IsSeedNode: false, IsRegistered: true }),
            Is.EqualTo(40));
    }
}
