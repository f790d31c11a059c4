using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class DetectionStagesTests
{
    private static Instant At(double seconds) => Instant.FromSeconds(seconds);

    private static Instant?[] Moments(params double?[] seconds) =>
        [.. seconds.Select(second => second is { } moment ? At(moment) : (Instant?)null)];

    private static double?[] Spans(DetectionStages stages) =>
        [.. DetectionStages.InOrder.Select(stage => stages.Milliseconds(stage))];

    [Test]
    public void Each_stage_lasts_from_the_end_of_the_one_before_it()
    {
        var stages = DetectionStages.Of(At(10), Moments(10.5, 12, 12.25, 12.5, 12.75, 14, 14.5, 15));

        Assert.That(Spans(stages), Is.EqualTo(new double?[] { 500, 1500, 250, 250, 250, 1250, 500, 500 }));
        Assert.That((stages.TotalMs, stages.IsComplete), Is.EqualTo((5000.0, true)));
    }

    [Test]
    public void A_stage_that_never_was_leaves_its_time_to_the_next()
    {
        var stages = DetectionStages.Of(At(10), Moments(null, null, null, null, 13, 14, 15, 15));

        Assert.That(Spans(stages), Is.EqualTo(new double?[] { null, null, null, null, 3000, 1000, 1000, 0 }));
    }

    [Test]
    public void What_came_after_the_step_that_follows_it_led_to_nothing()
    {
        // A seed node opened the vote by itself at 12, and the report came at 13.
        var stages = DetectionStages.Of(At(10), Moments(11, 11.5, null, 13, 12, 14, 15, 16));

        Assert.That(stages.Milliseconds(DetectionStage.Report), Is.Null);
        Assert.That(stages.Milliseconds(DetectionStage.Proposal), Is.EqualTo(500));
        Assert.That(stages.TotalMs, Is.EqualTo(6000));
    }

    [Test]
    public void A_miss_from_before_the_crash_is_no_part_of_it()
    {
        var stages = DetectionStages.Of(At(10), Moments(9, 11, null, null, null, null, null, null));

        Assert.That(Spans(stages)[..2], Is.EqualTo(new double?[] { null, 1000 }));
        Assert.That((stages.TotalMs, stages.IsComplete), Is.EqualTo((1000.0, false)));
    }

    [Test]
    public void The_stages_of_any_crash_sum_to_its_total()
    {
        for (var story = 0; story < 2000; story++)
        {
            var moments = new Instant?[DetectionStages.InOrder.Length];
            for (var stage = 0; stage < moments.Length; stage++)
            {
                var bits = Mix64.Of((ulong)story, (ulong)stage);
                if (bits % 5 != 0) moments[stage] = new Instant((long)(bits >> 8) % 40_000_001);
            }

            var stages = DetectionStages.Of(new Instant(7_000_000), moments);

            var sum = Spans(stages).Sum(span => (long)Math.Round((span ?? 0) * 1000));
            Assert.That(sum, Is.EqualTo((long)Math.Round(stages.TotalMs * 1000)));
            Assert.That(Spans(stages).OfType<double>(), Is.All.GreaterThanOrEqualTo(0));
        }
    }

    [Test]
    public void A_crash_is_followed_from_the_first_missed_answer_to_the_last_neighbor()
    {
        var run = RecordedRun.WithLineOf(4);
        var report = new DeadNode(RunStory.Address(7001), 1, new NodeId(5), ReportFlag.Confirmed, "");
        var ballot = run.Story.BallotOn(7001, 1, alive: false, []);
        run.Story.At(10).Crash(7001)
            .At(12).Tell(7000, EventKind.Suspected, 7001, 1, new Silence(1_500_000))
            .At(12.5).Tell(7000, EventKind.DeathReported, 7001, 1, report)
            .At(12.75).Tell(6000, EventKind.ReportHeard, 7001, 1, new HeardReport(report, RunStory.Address(7000)))
            .At(13).Tell(6000, EventKind.ProposalOpened, 7001, detail: ballot)
            .At(14).Commit(6000, 7001, 1, alive: false)
            .At(14.5).Commit(6001, 7001, 1, alive: false).Commit(6002, 7001, 1, alive: false)
            .At(15).Tell(7000, EventKind.NeighborRemoved, 7001, 1)
            .At(16).Tell(7002, EventKind.NeighborRemoved, 7001, 1);

        var measurements = run.MeasureAt(30);
        var stages = measurements.Crashes.Single().Stages;

        Assert.That(Spans(stages), Is.EqualTo(new double?[] { 500, 1500, 500, 250, 250, 1000, 500, 1500 }));
        Assert.That(measurements.Detection.Stages.Total.MeanMs, Is.EqualTo(6000));
        Assert.That(measurements.Detection.Stages.Quorum.MaxMs, Is.EqualTo(1000));
    }

    [Test]
    public void A_neighbor_that_still_lists_it_at_the_end_was_never_told()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(10).Crash(7001).At(14).CommitEverywhere(7001, 1, alive: false)
            .At(15).Tell(7000, EventKind.NeighborRemoved, 7001, 1);

        var stages = run.MeasureAt(30).Crashes.Single().Stages;

        Assert.That((stages.IsComplete, stages.TotalMs), Is.EqualTo((false, 4000.0)));
    }

    [Test]
    public void A_neighbor_that_dies_too_need_not_be_told()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(10).Crash(7001).At(14).CommitEverywhere(7001, 1, alive: false)
            .At(15).Tell(7000, EventKind.NeighborRemoved, 7001, 1).At(16).Crash(7002);

        var stages = run.MeasureAt(30).Crashes[0].Stages;

        Assert.That((stages.IsComplete, stages.TotalMs), Is.EqualTo((true, 5000.0)));
    }
}
