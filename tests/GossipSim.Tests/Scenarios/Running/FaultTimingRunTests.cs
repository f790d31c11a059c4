using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>When faults strike in whole runs: at a time, repeated, after events, and when they are over.</summary>
[TestFixture]
internal sealed class FaultTimingRunTests
{
    /// <summary>
    /// What nodes report is told at the end of a window, and a window is no wider than this: so late may a fault be
    /// that waits for an event.
    /// </summary>
    private const double SmallestLatencySeconds = 0.001;

    [Test]
    public void A_fault_with_a_duration_strikes_and_ends_on_time_and_the_log_says_so()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "nap", "type": "pause", "atSeconds": 3.25, "durationSeconds": 1.5, "target": { "index": [4, 9] } }
            """));

        var (at, strike) = trial.Strikes("nap").Single();
        var (end, ended) = trial.Endings("nap").Single();
        Assert.That((at, end), Is.EqualTo((3.25, 4.75)));
        Assert.That(strike.Word, Is.EqualTo("pause"));
        Assert.That(strike.Groups, Is.EqualTo(new[] { new[] { trial.Peer(4), trial.Peer(9) } }));
        Assert.That(ended, Is.SameAs(strike));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_repeated_fault_strikes_until_the_measurement_ends_and_finds_its_targets_anew()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "rain", "type": "linkLoss", "atSeconds": 2, "everySeconds": 4, "durationSeconds": 1,
              "lossProbability": 0.2, "target": { "pick": "random", "count": 3 } }
            """));

        var strikes = trial.Strikes("rain");
        Assert.That(strikes.Select(each => each.At), Is.EqualTo(new[] { 2.0, 6, 10, 14, 18 }));
        Assert.That(trial.Endings("rain").Select(each => each.At), Is.EqualTo(new[] { 3.0, 7, 11, 15, 19 }));
        var groups = strikes.Select(each => string.Join(',', each.Strike.Groups.Single())).ToList();
        Assert.That(groups.Distinct().Count(), Is.GreaterThan(1));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_repeated_crash_with_a_duration_brings_down_and_up_another_peer_each_time()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "roll", "type": "crash", "atSeconds": 2, "everySeconds": 6, "durationSeconds": 3,
              "target": { "pick": "highestDegree" } }
            """));

        var down = trial.All(EventKind.ProcessCrashed);
        var up = trial.Since(0, EventKind.ProcessStarted);
        Assert.That(down.Select(trial.SecondsOf), Is.EqualTo(new[] { 2.0, 8, 14, 20 }));
        Assert.That(up.Select(trial.SecondsOf), Is.EqualTo(new[] { 5.0, 11, 17, 23 }));
        Assert.That(up.Select(e => e.Node), Is.EqualTo(down.Select(e => e.Node)));
        Assert.That(down.Select(e => e.Node), Is.EqualTo(trial.Strikes("roll").Select(e => e.Strike.Groups[0][0])));
        Assert.That(down.Select(e => e.Node).Distinct().Count(), Is.GreaterThan(1));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_fault_after_an_event_strikes_when_it_has_happened_often_enough_and_the_delay_is_over()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "kill", "type": "crash", "atSeconds": 2, "target": { "index": [7] } },
            { "id": "third", "type": "pause", "atSeconds": 1, "durationSeconds": 1, "target": { "index": [20] },
              "afterEvent": { "event": "suspected", "occurrence": 3, "delaySeconds": 0.5 } }
            """));

        var suspected = trial.Since(1, EventKind.Suspected);
        Assert.That(suspected, Has.Count.GreaterThanOrEqualTo(3));
        var struck = trial.Strikes("third").Single().At;
        Assert.That(struck, Is.EqualTo(trial.SecondsOf(suspected[2]) + 0.5).Within(1e-6));
        Assert.That(trial.Endings("third").Single().At, Is.EqualTo(struck + 1).Within(1e-6));
        Assert.That(trial.All(EventKind.ProcessPaused).Single().Node, Is.EqualTo(trial.Peer(20)));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void Events_count_from_the_faults_time_on_and_what_never_happens_starts_nothing()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "late", "type": "pause", "atSeconds": 5, "durationSeconds": 1, "target": { "index": [3] },
              "afterEvent": { "event": "gossipPublished" } },
            { "id": "never", "type": "crash", "target": { "index": [4] },
              "afterEvent": { "event": "gossipPublished", "occurrence": 1000000 } }
            """));

        var first = trial.Since(5, EventKind.GossipPublished)[0];
        Assert.That(trial.Since(0, EventKind.GossipPublished)[0].Now, Is.LessThan(first.Now));
        var struck = trial.Strikes("late").Single().At;
        Assert.That(struck - trial.SecondsOf(first), Is.InRange(0, SmallestLatencySeconds));
        Assert.That(trial.Strikes("never"), Is.Empty);
        Assert.That(trial.All(EventKind.ProcessCrashed), Is.Empty);
    }

    [Test]
    public void A_fault_after_an_event_that_is_repeated_goes_on_by_the_clock()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "again", "type": "pause", "everySeconds": 5, "durationSeconds": 0.5, "target": { "index": [3] },
              "afterEvent": { "event": "gossipPublished" } }
            """));

        var published = trial.SecondsOf(trial.Since(0, EventKind.GossipPublished)[0]);
        var first = trial.Strikes("again")[0].At;
        Assert.That(first - published, Is.InRange(0, SmallestLatencySeconds));
        Assert.That(
            trial.Strikes("again").Select(each => each.At - first), Is.EqualTo(new[] { 0.0, 5, 10, 15 }).Within(1e-6));
    }

    [Test]
    public void Faults_that_wait_for_the_same_event_strike_in_the_order_of_the_file()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "kill", "type": "crash", "atSeconds": 4, "target": { "index": [7] } },
            { "id": "down", "type": "crash", "target": { "index": [11] }, "afterEvent": { "event": "deathReported" } },
            { "id": "up", "type": "restart", "target": { "fault": "down" }, "afterEvent": { "event": "deathReported" } }
            """));

        Assert.That(trial.Strikes("up").Single().At, Is.EqualTo(trial.Strikes("down").Single().At));
        Assert.That(trial.Strikes("up").Single().Strike.Groups.Single(), Is.EqualTo(new[] { trial.Peer(11) }));
        Assert.That(trial.Since(0, EventKind.ProcessStarted).Single().Node, Is.EqualTo(trial.Peer(11)));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_fault_may_wait_for_another_fault()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "second", "type": "pause", "durationSeconds": 1, "target": { "index": [3] },
              "afterEvent": { "event": "faultEnded", "delaySeconds": 1 } },
            { "id": "first", "type": "linkDelay", "atSeconds": 3, "durationSeconds": 2, "addLatencyMs": 20 }
            """));

        Assert.That(trial.Endings("first").Single().At, Is.EqualTo(5));
        Assert.That(trial.Strikes("second").Single().At, Is.EqualTo(6));
    }

    [Test]
    public void Crashes_restarts_leaves_and_joins_have_no_end_of_their_own_in_the_log()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "a", "type": "crash", "atSeconds": 2, "target": { "index": [3] } },
            { "id": "b", "type": "restart", "atSeconds": 4, "target": { "fault": "a" } },
            { "id": "c", "type": "leave", "atSeconds": 5, "target": { "index": [8] } },
            { "id": "d", "type": "join", "atSeconds": 6, "count": 2 }
            """));

        Assert.That(trial.All(EventKind.FaultStruck).Select(trial.SecondsOf), Is.EqualTo(new[] { 2.0, 4, 5, 6 }));
        Assert.That(trial.All(EventKind.FaultEnded), Is.Empty);
        Assert.That(trial.Violations, Is.Empty);
    }
}
