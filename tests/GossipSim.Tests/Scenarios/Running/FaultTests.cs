using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>What each fault of a scenario does to a simulated run.</summary>
[TestFixture]
internal sealed class FaultTests
{
    private const string CrashSeedNode =
        """{ "id": "down", "type": "crash", "atSeconds": 4, "target": { "role": "seed", "index": [1] } }""";

    [Test]
    public void A_crashed_hub_is_the_peer_with_the_most_links_and_is_removed_within_the_bound()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.CrashHub);

        var crash = trial.All(EventKind.ProcessCrashed).Single();
        Assert.That(trial.SecondsOf(crash), Is.EqualTo(6).Within(1e-9));
        Assert.That(crash.Event.Detail, Is.EqualTo("kill-hub"));
        var detection = trial.Measure().Detection;
        Assert.That((detection.Crashes, detection.Removed, detection.FalseRemovals), Is.EqualTo((1, 1, 0)));
        Assert.That(detection.TimeToRemovalMs.Max, Is.InRange(500, 8000));
        Assert.That(trial.Violations, Is.Empty);
        Assert.That(trial.Outcome, Is.EqualTo(RunOutcome.Completed));
    }

    [TestCase("kept")]
    [TestCase("torn")]
    public void A_seed_node_that_starts_again_reads_its_list_from_its_disk(string disk)
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With($"{CrashSeedNode}, {RestartSeedNode(disk)}"));

        var recalled = trial.Since(8, EventKind.EntryRecalled).Where(e => e.Node == trial.Plan[1]).ToList();
        Assert.That(recalled, Has.Count.EqualTo(40));
        Assert.That(trial.Since(8, EventKind.LearningFinished), Is.Empty);
        Assert.That(trial.World.Membership.SeedsAgree, Is.True);
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_seed_node_with_an_empty_disk_learns_before_it_votes()
    {
        // It votes when no tally counts a vote any more that it may have lost: after five rounds and an interval, 17 s.
        var trial = ScenarioTrial.Of(
            SmallScenarios.With($"{CrashSeedNode}, {RestartSeedNode("empty")}", measureSeconds: 40));

        Assert.That(trial.Since(8, EventKind.EntryRecalled), Is.Empty);
        var learned = trial.Since(8, EventKind.LearningFinished).Single();
        Assert.That(learned.Node, Is.EqualTo(trial.Plan[1]));
        var votes = trial.Since(8, EventKind.VoteCast).Where(e => e.Node == trial.Plan[1]);
        Assert.That(votes.All(vote => vote.Now >= learned.Now), Is.True);
        Assert.That(trial.World.Membership.SeedsAgree, Is.True);
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_crashed_peer_that_starts_again_registers_at_the_next_epoch()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "down", "type": "crash", "atSeconds": 3, "target": { "pick": "random", "count": 2 } },
            { "id": "up", "type": "restart", "atSeconds": 5, "target": { "fault": "down" } }
            """));

        var crashed = trial.All(EventKind.ProcessCrashed).Select(e => e.Node).ToList();
        var started = trial.Since(5, EventKind.ProcessStarted).Select(e => e.Node).ToList();
        Assert.That(crashed, Has.Count.EqualTo(2));
        Assert.That(started, Is.EqualTo(crashed));
        var again = trial.Since(5, EventKind.Registered);
        Assert.That(again.Select(e => e.Node), Is.EquivalentTo(crashed));
        Assert.That(again.Select(e => e.Event.Number), Is.All.EqualTo(2));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_restart_at_random_starts_those_that_are_down()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "down", "type": "crash", "atSeconds": 3, "target": { "index": [4, 9, 30] } },
            { "id": "up", "type": "restart", "atSeconds": 5, "target": { "pick": "random", "count": 2 } }
            """));

        var started = trial.Since(0, EventKind.ProcessStarted).Select(e => e.Node).ToList();
        Assert.That(started, Has.Count.EqualTo(2));
        Assert.That(started, Is.SubsetOf(new[] { trial.Peer(4), trial.Peer(9), trial.Peer(30) }));
    }

    [Test]
    public void A_peer_that_leaves_ends_its_membership_and_is_no_false_removal()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """{ "id": "bye", "type": "leave", "atSeconds": 4, "target": { "address": "127.0.0.1:7011" } }"""));

        Assert.That(trial.All(EventKind.Left).Single().Node, Is.EqualTo(trial.Peer(11)));
        Assert.That(trial.Measure().Peers.Live, Is.EqualTo(39));
        Assert.That(trial.World.FalseRemovals, Is.Zero);
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_paused_peer_reports_nothing_until_it_goes_on()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """{ "id": "stop", "type": "pause", "atSeconds": 3, "durationSeconds": 2, "target": { "index": [7] } }"""));

        var paused = trial.All(EventKind.ProcessPaused).Single();
        var resumed = trial.All(EventKind.ProcessResumed).Single();
        Assert.That(paused.Node, Is.EqualTo(trial.Peer(7)));
        Assert.That((resumed.Now - paused.Now).TotalSeconds, Is.EqualTo(2).Within(1e-9));
        var between = trial.All(EventKind.GossipDelivered)
            .Where(e => e.Node == paused.Node && e.Now > paused.Now && e.Now < resumed.Now);
        Assert.That(between, Is.Empty);
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void A_partition_names_everybody_ends_and_leaves_one_overlay_and_one_list()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.Partition);

        var changes = trial.All(EventKind.FaultStruck).Select(e => (FaultStrike)e.Event.Detail!).ToList();
        Assert.That(changes.Select(change => change.Word), Is.EqualTo(new[] { "partition" }));
        Assert.That(trial.All(EventKind.FaultEnded).Select(e => ((FaultStrike)e.Event.Detail!).Word), Has.One.Items);
        Assert.That(changes[0].Groups.Select(group => group.Length), Is.EqualTo(new[] { 26, 17 }));
        var measured = trial.Measure();
        Assert.That(measured.Overlay.LargestComponentFraction, Is.EqualTo(1));
        Assert.That(measured.Membership.SeedsAgree, Is.True);
        Assert.That(measured.Membership.ReconvergenceMs, Is.Not.Null);
        Assert.That(measured.Detection.FalseRemovals, Is.Zero);
        Assert.That(measured.Gossip.CoverageOfLivePeersMin, Is.EqualTo(1));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void Groups_of_a_partition_are_drawn_from_who_is_in_none_and_the_others_are_a_group_too()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "three", "type": "partition", "atSeconds": 5, "healAfterSeconds": 1, "groups": [
                [{ "pick": "random", "count": 15 }], [{ "pick": "random", "count": 20 }]] }
            """));

        var change = (FaultStrike)trial.All(EventKind.FaultStruck)[0].Event.Detail!;
        Assert.That(change.Groups.Select(group => group.Length), Is.EqualTo(new[] { 15, 20, 8 }));
        Assert.That(change.Groups.SelectMany(group => group).Distinct().Count(), Is.EqualTo(43));
        Assert.That(trial.World.FalseRemovals, Is.Zero);
    }

    [Test]
    public void Lossy_links_delay_and_end_as_the_scenario_says_and_other_faults_may_refer_to_their_nodes()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "rain", "type": "linkLoss", "atSeconds": 3, "durationSeconds": 4, "lossProbability": 0.08,
              "target": { "pick": "random", "count": 3 } },
            { "id": "flood", "type": "crash", "atSeconds": 8, "target": { "fault": "rain" } }
            """));

        var begun = trial.All(EventKind.FaultStruck)[0];
        var ended = trial.All(EventKind.FaultEnded).Single();
        var rain = (FaultStrike)begun.Event.Detail!;
        Assert.That((trial.SecondsOf(begun), trial.SecondsOf(ended)), Is.EqualTo((3.0, 7.0)));
        Assert.That((rain.Word, rain.MayIsolate), Is.EqualTo(("linkLoss", false)));
        Assert.That(
            trial.All(EventKind.ProcessCrashed).Select(e => e.Node), Is.EquivalentTo(rain.Groups.Single()));
        Assert.That(trial.Violations, Is.Empty);
    }

    [Test]
    public void Faults_that_meet_nodes_in_odd_states_do_no_harm()
    {
        var trial = ScenarioTrial.Of(SmallScenarios.With(
            """
            { "id": "alive", "type": "restart", "atSeconds": 1, "target": { "index": [3] } },
            { "id": "once", "type": "crash", "atSeconds": 2, "target": { "index": [3, 4] } },
            { "id": "twice", "type": "crash", "atSeconds": 2, "target": { "fault": "once" } },
            { "id": "late", "type": "leave", "atSeconds": 2.5, "target": { "index": [4] } },
            { "id": "frozen", "type": "pause", "atSeconds": 3, "durationSeconds": 3, "target": { "index": [5, 4] } },
            { "id": "frozen-dies", "type": "crash", "atSeconds": 4, "target": { "index": [5] } },
            { "id": "back", "type": "restart", "atSeconds": 5, "target": { "index": [3, 4, 5] }, "disk": "torn" },
            { "id": "nobody", "type": "crash", "atSeconds": 6, "target": { "pick": "random", "fraction": 0 } },
            { "id": "nobody-back", "type": "restart", "atSeconds": 7, "target": { "fault": "nobody" } }
            """));

        Assert.That(
            trial.All(EventKind.ProcessCrashed).Select(e => e.Node),
            Is.EqualTo(new[] { trial.Peer(3), trial.Peer(4), trial.Peer(5) }));
        Assert.That(trial.Since(0, EventKind.ProcessStarted), Has.Count.EqualTo(3));
        Assert.That(trial.Measure().Peers.Live, Is.EqualTo(40));
        Assert.That(trial.Violations, Is.Empty);
    }

    private static string RestartSeedNode(string disk) =>
        $$"""{ "id": "up", "type": "restart", "atSeconds": 8, "disk": "{{disk}}", "target": { "fault": "down" } }""";
}
