using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class GossipMeasureTests
{
    [Test]
    public void Latency_percentiles_are_of_first_receipts_by_flooding_alone()
    {
        var run = RecordedRun.WithLineOf(102);
        run.Story.At(1).Publish(7000, 1);
        for (var i = 1; i <= 100; i++) run.Story.At(1 + (i / 1000.0)).Deliver(7000 + i, 6999 + i, 7000, 1, i);
        run.Story.At(9).Deliver(7101, 7100, 7000, 1, 101, recovered: true);

        var measurements = run.MeasureAt(30);
        var gossip = measurements.Gossip;

        Assert.That((gossip.Deliveries, gossip.Recovered), Is.EqualTo((101, 1)));
        Assert.That(gossip.LatencyMs.P50, Is.EqualTo(50).Within(1e-6));
        Assert.That(gossip.LatencyMs.P90, Is.EqualTo(90).Within(1e-6));
        Assert.That(gossip.LatencyMs.P99, Is.EqualTo(99).Within(1e-6));
        Assert.That(gossip.LatencyMs.Max, Is.EqualTo(100).Within(1e-6));
        Assert.That(gossip.Hops.Mean, Is.EqualTo(50.5));
        Assert.That(gossip.Hops.Max, Is.EqualTo(100));
        Assert.That(measurements.LatenciesMs, Has.Length.EqualTo(100));
    }

    [Test]
    public void Redundancy_counts_all_copies_for_each_one_that_was_new()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Story.At(1).Publish(7000, 1).Deliver(7001, 7000, 7000, 1).Deliver(7002, 7001, 7000, 1)
            .Tell(7001, EventKind.GossipDuplicate, 7002, detail: RunStory.Message(7000, 1));

        var gossip = run.MeasureAt(30).Gossip;

        Assert.That(gossip.Duplicates, Is.EqualTo(1));
        Assert.That(gossip.Redundancy, Is.EqualTo(1.5));
    }

    [Test]
    public void A_run_without_messages_has_no_figures_of_messages()
    {
        var gossip = RecordedRun.WithLineOf(2).MeasureAt(30).Gossip;

        Assert.That(gossip.LatencyMs, Is.EqualTo(new DurationSummary()));
        Assert.That(gossip.CoverageOfLivePeersMin, Is.Null);
        Assert.That(gossip.Redundancy, Is.Null);
    }

    [Test]
    public void The_overlay_at_the_end_is_of_live_peers_and_links_that_both_ends_list()
    {
        var run = RecordedRun.WithLineOf(5);
        run.Story.At(2).Crash(7000).Tell(7002, EventKind.NeighborRemoved, 7001, 1);

        var measurements = run.MeasureAt(30);

        Assert.That(measurements.Peers, Is.EqualTo(new PeerSummary { Started = 5, Registered = 5, Live = 4 }));
        Assert.That(measurements.Overlay.Edges, Is.EqualTo(2), "7002-7003-7004");
        Assert.That(measurements.Overlay.IsolatedPeers, Is.EqualTo(1), "7001 lists a dead and an unwilling one");
        Assert.That(measurements.Overlay.LargestComponentFraction, Is.EqualTo(0.75));
        Assert.That(measurements.EndOverlay.AsymmetricLinks, Is.EqualTo(1));
    }

    [Test]
    public void What_is_reported_after_the_end_is_no_part_of_the_run()
    {
        var run = RecordedRun.WithLineOf(3);
        run.Record.MarkEnd(Instant.FromSeconds(30));
        run.Story.At(31).Crash(7000).Crash(7001);

        var measurements = RunMeasurements.Of(run.Record, MeasurementOptions.Least);

        Assert.That(measurements.Peers.Live, Is.EqualTo(3));
        Assert.That(measurements.Crashes, Is.Empty);
    }
}
