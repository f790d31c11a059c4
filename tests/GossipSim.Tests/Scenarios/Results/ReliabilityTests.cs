using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>Reliability counts every honest peer alive at the end, whether it could get the message or not.</summary>
[TestFixture]
internal sealed class ReliabilityTests
{
    [Test]
    public void Peers_that_joined_later_or_are_cut_off_count_for_reliability_and_not_for_coverage()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(0.5).Unlink(7001, 7002)
            .At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1).At(2).Join(7003).Link(7001, 7003);

        var gossip = run.MeasureAt(30).Gossip;

        Assert.That(gossip.CoverageOfLivePeersMin, Is.EqualTo(1));
        Assert.That(gossip.Reliability, Is.EqualTo(new ReliabilitySummary { Mean = 0.5, Min = 0.5 }));
    }

    [Test]
    public void The_mean_and_the_least_are_over_the_messages()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(1).Publish(7000, 1).Publish(7003, 1).At(1.1).Deliver(7001, 7000, 7000, 1)
            .Deliver(7000, 7001, 7003, 1).Deliver(7001, 7002, 7003, 1).Deliver(7002, 7003, 7003, 1);

        var gossip = run.MeasureAt(30).Gossip;

        Assert.That(gossip.Reliability, Is.EqualTo(new ReliabilitySummary { Mean = 0.75, Min = 0.5 }));
    }

    [Test]
    public void The_dead_and_liars_do_not_count_and_one_that_restarted_had_it()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(0.5).Tell(0, EventKind.FaultStruck, detail: new FaultStrike(
                "byzantine", "liar", [[RunStory.Address(7003)]]))
            .At(1).Publish(7000, 1).At(1.1).Deliver(7001, 7000, 7000, 1)
            .At(2).Crash(7002).At(3).Crash(7001).At(4).Join(7001, epoch: 2).Link(7000, 7001);

        Assert.That(run.MeasureAt(30).Gossip.Reliability.Min, Is.EqualTo(1));
    }

    [Test]
    public void A_message_lost_with_its_origin_has_none_and_no_coverage()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(1).Publish(7000, 1).At(1.001).Crash(7000);

        var gossip = run.MeasureAt(30).Gossip;

        Assert.That(gossip.CoverageOfLivePeersMin, Is.Null);
        Assert.That(gossip.Reliability.Min, Is.Zero);
    }

    [Test]
    public void Without_a_message_there_is_no_reliability()
    {
        var gossip = RecordedRun.WithLineOf(3).MeasureAt(30).Gossip;

        Assert.That(gossip.Reliability, Is.EqualTo(new ReliabilitySummary()));
        Assert.That(gossip.Reliability.Mean, Is.Null);
    }
}
