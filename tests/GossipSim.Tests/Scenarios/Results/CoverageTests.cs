using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>What "coverage" means (DESIGN section 5), case by case.</summary>
internal sealed class CoverageTests
{
    private static MessageMeasure OnlyMessage(RecordedRun run) => run.MeasureAt(30).Messages.Single();

    [Test]
    public void A_message_that_every_peer_got_covers_all_of_them()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1).At(1.02).Deliver(7002, 7001, 7000, 1, 2);

        var message = OnlyMessage(run);

        Assert.That(message.EligiblePeers, Is.EqualTo(3));
        Assert.That(message.Coverage, Is.EqualTo(1.0));
    }

    [Test]
    public void A_peer_that_missed_it_lowers_the_coverage()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1).Deliver(7002, 7001, 7000, 1, 2);

        var measurements = run.MeasureAt(30);

        Assert.That(measurements.Gossip.CoverageOfLivePeersMin, Is.EqualTo(0.75));
    }

    [Test]
    public void A_liar_that_missed_it_does_not_count()
    {
        var run = RecordedRun.WithLineOf(4);
        var lie = new FaultStrike("sybil", "sybils", [[RunStory.Address(7003)]]);
        run.Story.At(0.5).Tell(0, EventKind.FaultStruck, detail: lie)
            .At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1).Deliver(7002, 7001, 7000, 1, 2);

        var message = OnlyMessage(run);

        Assert.That((message.EligiblePeers, message.Coverage), Is.EqualTo((3, 1.0)));
    }

    [Test]
    public void A_peer_that_joined_after_the_publication_does_not_count()
    {
        var run = RecordedRun.WithLineOf(2);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1).At(2).Join(7002).Link(7001, 7002);

        var message = OnlyMessage(run);

        Assert.That((message.EligiblePeers, message.Coverage), Is.EqualTo((2, 1.0)));
    }

    [Test]
    public void A_peer_that_crashed_later_does_not_count()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1).At(5).Crash(7002);

        var message = OnlyMessage(run);

        Assert.That((message.EligiblePeers, message.Coverage), Is.EqualTo((2, 1.0)));
    }

    [Test]
    public void A_peer_that_was_without_links_for_a_while_does_not_count()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1)
            .At(2).Unlink(7001, 7002).At(3).Link(7001, 7002);

        Assert.That(OnlyMessage(run).EligiblePeers, Is.EqualTo(2));
    }

    [Test]
    public void A_message_that_died_with_its_origin_is_lost_and_covers_nothing()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(1).Publish(7000, 1).At(1.001).Crash(7000);

        var measurements = run.MeasureAt(30);

        Assert.That(measurements.Gossip.LostWithOrigin, Is.EqualTo(1));
        Assert.That(measurements.Gossip.CoverageOfLivePeersMin, Is.Null);
        Assert.That(measurements.Messages.Single().Coverage, Is.Null);
    }

    [Test]
    public void Peers_in_another_piece_of_the_overlay_at_the_end_do_not_count()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1).At(2).Unlink(7001, 7002);

        var message = OnlyMessage(run);

        Assert.That((message.EligiblePeers, message.Coverage), Is.EqualTo((2, 1.0)));
    }

    [Test]
    public void Links_across_a_partition_that_still_holds_connect_nobody()
    {
        var run = RecordedRun.WithLineOf(4);
        var halves = new NodeAddress[][]
        {
            [RunStory.Address(7000), RunStory.Address(7001)], [RunStory.Address(7002), RunStory.Address(7003)],
        };
        run.Story.At(0.5).Tell(0, EventKind.FaultStruck, detail: RunStory.Partition("split", halves))
            .At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1);

        var message = OnlyMessage(run);

        Assert.That((message.EligiblePeers, message.Coverage), Is.EqualTo((2, 1.0)));
    }

    [Test]
    public void After_the_heal_they_connect_again()
    {
        var run = RecordedRun.WithLineOf(4);
        var halves = new NodeAddress[][]
        {
            [RunStory.Address(7000), RunStory.Address(7001)], [RunStory.Address(7002), RunStory.Address(7003)],
        };
        run.Story.At(0.5).Tell(0, EventKind.FaultStruck, detail: RunStory.Partition("split", halves))
            .At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1)
            .At(2).Tell(0, EventKind.FaultEnded, detail: new FaultStrike("partition", "split", []));

        Assert.That(OnlyMessage(run).Coverage, Is.EqualTo(0.5));
    }

    [Test]
    public void What_a_process_held_before_it_crashed_is_gone()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1).At(2).Crash(7000).Crash(7001)
            .At(3).Join(7001, epoch: 2).Link(7001, 7002);

        Assert.That(OnlyMessage(run).LostWithOrigin, Is.True);
    }

    [Test]
    public void What_was_published_before_the_measured_part_is_left_out()
    {
        var run = RecordedRun.WithLineOf(2, RunStory.Facts with { MeasureFromSeconds = 5 });
        run.Story.At(1).Publish(7000, 1).At(6).Publish(7000, 2).At(6.1).Deliver(7001, 7000, 7000, 2);

        Assert.That(run.MeasureAt(30).Gossip.Messages, Is.EqualTo(1));
    }
}
