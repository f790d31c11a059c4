using GossipSim.Analysis;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class PropagationMeasureTests
{
    [Test]
    public void Receipts_are_told_apart_by_hops()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1, 1)
            .At(1.03).Deliver(7002, 7001, 7000, 1, 2).At(1.05).Deliver(7003, 7002, 7000, 1, 2);

        var propagation = run.MeasureAt(30).Propagation;

        Assert.That(propagation.ByHop.Select(row => (row.Hops, row.Receipts)), Is.EqualTo(new[] { (1, 1L), (2, 2L) }));
        Assert.That(propagation.ByHop[1].LatencyMs.P50, Is.EqualTo(30).Within(1e-9));
        Assert.That(propagation.ByHop[1].LatencyMs.Max, Is.EqualTo(50).Within(1e-9));
    }

    [Test]
    public void The_last_delivery_hop_is_that_of_the_receipt_that_came_last()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1, 1)
            .At(1.02).Deliver(7002, 7001, 7000, 1, 3).At(1.05).Deliver(7003, 7000, 7000, 1, 1)
            .At(9).Deliver(7003, 7002, 7000, 1, 7, recovered: true);

        var measurements = run.MeasureAt(30);

        Assert.That(measurements.Messages.Single().LastDeliveryHop, Is.EqualTo(1));
        Assert.That(measurements.Messages.Single().HopsMax, Is.EqualTo(3));
        Assert.That(measurements.Propagation.LastDeliveryHop.Mean, Is.EqualTo(1));
    }

    [Test]
    public void Redundancy_beyond_the_needed_copy_is_held_against_that_of_flooding()
    {
        // A ring of four: 2E/(N-1) - 2 = 8/3 - 2.
        var run = RecordedRun.WithLineOf(4);
        run.Story.Link(7003, 7000).At(1).Publish(7000, 1)
            .Deliver(7001, 7000, 7000, 1).Deliver(7003, 7000, 7000, 1).Deliver(7002, 7001, 7000, 1, 2)
            .Tell(7002, EventKind.GossipDuplicate, 7003, detail: RunStory.Message(7000, 1))
            .Tell(7003, EventKind.GossipDuplicate, 7002, detail: RunStory.Message(7000, 1));

        var propagation = run.MeasureAt(30).Propagation;

        Assert.That(propagation.RelativeRedundancy, Is.EqualTo(2.0 / 3).Within(1e-12));
        Assert.That(propagation.RelativeRedundancyOfFlooding, Is.EqualTo(2.0 / 3).Within(1e-12));
    }

    [Test]
    public void Each_message_counts_the_links_of_its_own_time()
    {
        var run = RecordedRun.WithLineOf(5);
        run.Story.At(1).Publish(7000, 1)
            .At(2).Unlink(7000, 7001).Link(7000, 7002).Link(7000, 7004).At(3).Publish(7000, 2)
            .At(4).Crash(7002).Tell(7001, EventKind.NeighborRemoved, 7002, 1).At(5).Publish(7000, 3)
            .At(6).Tell(7003, EventKind.Left, number: 1).At(7).Publish(7000, 4);

        var messages = run.MeasureAt(30).Messages.Select(m => m.Message).ToList();

        Assert.That(messages.Select(m => m.LinksThen), Is.EqualTo(new[] { 4, 5, 2, 1 }));
        Assert.That(messages.Select(m => m.PeersThen), Is.EqualTo(new[] { 5, 5, 3, 2 }), "7001 is alone from 4 s on");
    }

    [Test]
    public void The_links_of_any_moment_are_those_of_which_both_ends_live()
    {
        var run = RecordedRun.WithLineOf(6);
        run.Story.At(1).Crash(7003).At(2).Join(7003, epoch: 2).Link(7003, 7005).At(3).Link(7003, 7000)
            .At(4).Unlink(7000, 7001).Crash(7005);
        run.Record.MarkEnd(Instant.FromSeconds(9));

        var overlay = EndOverlay.Of(run.Record);

        Assert.That(run.Record.Live.Links, Is.EqualTo(overlay.Edges.Count));
        Assert.That(run.Record.Live.Peers, Is.EqualTo(overlay.Peers.Count));
    }

    [Test]
    public void What_was_sent_is_shared_out_among_peers_and_seconds()
    {
        var measurements = RecordedRun.WithLineOf(5).MeasureAt(10);
        var traffic = new RunTraffic(
            [new("GOSSIP", 100, 100, 10_000)], [new("GOSSIP", 600, 600, 60_000), new("PING", 50, 50, 1_000)]);

        var overhead = OverheadMeasure.Of(traffic, measurements)!;

        Assert.That((overhead.Messages, overhead.Bytes), Is.EqualTo((650, 61_000.0)));
        Assert.That(overhead.Kinds[0].PerPeerSecond, Is.EqualTo(10), "500 in 10 s of 5 peers");
        Assert.That(overhead.Kinds[1].BytesPerPeerSecond, Is.EqualTo(20));
        Assert.That(overhead.MessagesPerPeerSecond, Is.EqualTo(11));
    }

    [Test]
    public void A_kind_that_nobody_weighed_has_no_bytes_and_neither_has_the_sum()
    {
        var measurements = RecordedRun.WithLineOf(5).MeasureAt(10);
        var traffic = new RunTraffic([], [new("GOSSIP", 600, 10, 1_000), new("LEAVE", 1, 0, 0)], WeighedOneIn: 64);

        var overhead = OverheadMeasure.Of(traffic, measurements)!;

        Assert.That((overhead.Kinds[1].Bytes, overhead.Bytes), Is.EqualTo(((double?)null, (double?)null)));
        Assert.That(overhead.WeighedOneIn, Is.EqualTo(64));
    }

    [Test]
    public void A_rare_kind_has_the_size_of_the_one_message_that_was_kept()
    {
        var measurements = RecordedRun.WithLineOf(5).MeasureAt(10);
        var traffic = new RunTraffic(
            [new("PING", 10, 0, 0, SpareBytes: 40)],
            [new("LEAVE", 3, 0, 0, SpareBytes: 50), new("PING", 110, 4, 240)], WeighedOneIn: 16);

        var overhead = OverheadMeasure.Of(traffic, measurements)!;

        Assert.That(overhead.Kinds[0].Bytes, Is.EqualTo(150));
        Assert.That(overhead.Kinds[1].BytesPerPeerSecond, Is.EqualTo(100 * 60 / 50.0), "what was weighed after 0 s");
        Assert.That(overhead.Bytes, Is.EqualTo(150 + (110 * 60)));
    }

    [TestCase(0.0, false)]
    [TestCase(40.0, true)]
    public void A_comparison_says_in_words_whether_a_difference_was_shown(double shift, bool isShown)
    {
        double[] real = [.. Enumerable.Range(0, 60).Select(i => 50.0 + (i % 17))];
        double[] simulated = [.. Enumerable.Range(0, 60).Select(i => 50.0 + shift + ((i + 5) % 17))];

        var compared = ComparisonWithSimulation.Of(SampleDistance.Between(real, simulated), real, simulated)!;

        Assert.That(compared.PValue < 0.05, Is.EqualTo(isShown));
        Assert.That(compared.Reading, Does.Contain(isShown ? "differ by more than chance" : "No difference shown"));
        Assert.That(compared.PValueIs, Is.EqualTo("exact"));
    }
}
