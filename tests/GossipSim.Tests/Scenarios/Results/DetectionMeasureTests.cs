using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class DetectionMeasureTests
{
    private static readonly DeadNode Report = new(
        RunStory.Address(7001), 1, new NodeId(5), ReportFlag.Confirmed,
        "Dead Node:127.0.0.1:7001:1767225605:127.0.0.1");

    private static RecordedRun WithCrash()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(10).Crash(7001, "kill-hub").At(12).Tell(7000, EventKind.Suspected, 7001, 1)
            .At(12.5).Tell(7002, EventKind.Suspected, 7001, 1)
            .At(13).Tell(7000, EventKind.DeathReported, 7001, 1, Report);
        return run;
    }

    [Test]
    public void A_crash_is_removed_when_the_last_live_seed_node_committed_it()
    {
        var run = WithCrash();
        run.Story.At(15).Commit(6000, 7001, 1, alive: false).At(15.5).Commit(6001, 7001, 1, alive: false)
            .At(16).Commit(6002, 7001, 1, alive: false);

        var measurements = run.MeasureAt(30);
        var crash = measurements.Crashes.Single();

        Assert.That(crash.Crash.Degree, Is.EqualTo(2));
        Assert.That((crash.ToSuspicionMs, crash.ToReportMs, crash.ToRemovalMs), Is.EqualTo((2000.0, 3000.0, 6000.0)));
        Assert.That(crash.Removals.Select(r => r.AfterMs), Is.EqualTo(new[] { 5000.0, 5500.0, 6000.0 }));
        Assert.That((measurements.Detection.Crashes, measurements.Detection.Removed), Is.EqualTo((1, 1)));
        Assert.That(measurements.Detection.FalseRemovals, Is.Zero);
    }

    [Test]
    public void A_seed_node_that_is_down_is_not_waited_for()
    {
        var run = WithCrash();
        run.Story.At(15).Commit(6000, 7001, 1, alive: false).Commit(6001, 7001, 1, alive: false).At(17).Crash(6002);

        Assert.That(run.MeasureAt(30).Crashes.Single().ToRemovalMs, Is.EqualTo(7000));
    }

    [Test]
    public void A_removal_that_one_live_seed_node_lacks_is_pending()
    {
        var run = WithCrash();
        run.Story.At(15).Commit(6000, 7001, 1, alive: false).Commit(6001, 7001, 1, alive: false);

        var measurements = run.MeasureAt(30);

        Assert.That(measurements.Detection.Removed, Is.Zero);
        Assert.That(measurements.Crashes.Single().Crash.Outcome, Is.EqualTo(CrashOutcome.Pending));
    }

    [Test]
    public void A_restarted_peer_that_registers_first_replaces_the_crashed_one()
    {
        var run = WithCrash();
        run.Story.At(14).Join(7001, epoch: 2);

        var measurements = run.MeasureAt(30);

        Assert.That(measurements.Crashes.Single().Crash.Outcome, Is.EqualTo(CrashOutcome.Replaced));
        Assert.That(measurements.Detection.TimeToRemovalMs.Max, Is.Null);
    }

    [Test]
    public void Removing_a_peer_that_ran_and_was_reachable_is_false()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(15).CommitEverywhere(7001, 1, alive: false);

        var detection = run.MeasureAt(30).Detection;

        Assert.That((detection.FalseRemovals, detection.UnreachableRemovals), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Removing_a_paused_peer_is_not_false_but_unreachable()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(10).Tell(7001, EventKind.ProcessPaused).At(14).Tell(7001, EventKind.ProcessResumed)
            .At(15).CommitEverywhere(7001, 1, alive: false);

        var detection = run.MeasureAt(30).Detection;

        Assert.That((detection.FalseRemovals, detection.UnreachableRemovals), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_pause_that_ended_longer_ago_than_the_bound_excuses_nobody()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(2).Tell(7001, EventKind.ProcessPaused).At(4).Tell(7001, EventKind.ProcessResumed)
            .At(15).CommitEverywhere(7001, 1, alive: false);

        Assert.That(run.MeasureAt(30).Detection.FalseRemovals, Is.EqualTo(1));
    }

    [TestCase(1, 0, TestName = "A_peer_cut_off_from_one_of_three_seed_nodes_still_reaches_a_quorum")]
    [TestCase(2, 1, TestName = "A_peer_cut_off_from_two_of_three_seed_nodes_is_unreachable")]
    public void Cut_off(int seedNodesBeyond, int unreachable)
    {
        var run = RecordedRun.WithLineOf(3);
        var groups = new NodeAddress[][] { [RunStory.Address(7001)], RunStory.SeedNodes[..seedNodesBeyond] };
        run.Story.At(9).Tell(0, EventKind.FaultStruck, detail: RunStory.Partition("cut", groups))
            .At(12).Tell(0, EventKind.FaultEnded, detail: new FaultStrike("partition", "cut", []))
            .At(15).CommitEverywhere(7001, 1, alive: false);

        var detection = run.MeasureAt(30).Detection;

        Assert.That(detection.FalseRemovals, Is.EqualTo(1 - unreachable));
        Assert.That(detection.UnreachableRemovals, Is.EqualTo(unreachable));
    }

    [Test]
    public void Removing_the_process_before_a_restart_is_right()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(10).Crash(7001).At(12).Tell(7001, EventKind.ProcessStarted, number: 1, detail: new NodeId(99))
            .At(15).CommitEverywhere(7001, 1, alive: false);

        var detection = run.MeasureAt(30).Detection;

        Assert.That((detection.FalseRemovals, detection.UnreachableRemovals), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Who_left_is_not_removed_falsely()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(10).Tell(7001, EventKind.Left, number: 1).At(11).CommitEverywhere(7001, 1, alive: false);

        var measurements = run.MeasureAt(30);

        Assert.That(measurements.Detection.FalseRemovals, Is.Zero);
        Assert.That(measurements.Peers.Live, Is.EqualTo(2));
    }
}
