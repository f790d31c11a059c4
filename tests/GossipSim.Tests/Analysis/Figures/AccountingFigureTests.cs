using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Figures;

/// <summary>The figures of what messages and crashes cost: what is drawn where.</summary>
public sealed class AccountingFigureTests
{
    [Test]
    public void Hop_bars_are_shares_of_receipts_and_of_messages()
    {
        HopLatency[] hops = [new(1, 30, 10, 12, 15), new(2, 70, 20, 25, 31)];

        Panel panel = HopFigure.Create(hops, [2, 2, 1, 2]).Panel;

        BarSeries[] bars = [.. panel.Series.OfType<BarSeries>()];
        Assert.That(bars[0].Points.Select(point => point.Y), Is.EqualTo(new[] { 0.3, 0.7 }));
        Assert.That(bars[1].Points.Select(point => point.Y), Is.EqualTo(new[] { 0.25, 0.75 }));
        Assert.That(bars[0].Label, Does.Contain("100"));
        Assert.That(panel.Notes.Select(note => note.Text), Has.Some.Contains("1.70 hops, at most 2"));
    }

    [Test]
    public void The_stages_of_a_crash_lie_end_to_end()
    {
        CrashStages crash = new("127.0.0.1:9000", 20, [("missed", 500), ("voted", 1500), ("told", 250)]);

        Panel panel = DetectionStagesFigure.Create([crash], ["missed", "agreed", "voted", "told"]).Panel;

        RowSpan[] spans = [.. panel.Series.OfType<SpanSeries>().SelectMany(series => series.Spans)];
        Assert.That(spans, Is.EqualTo(new RowSpan[] { new(0, 0, 0.5), new(0, 0.5, 2), new(0, 2, 2.25) }));
        Assert.That(
            panel.Series.Select(series => series.Label), Is.EqualTo(new[] { "missed", "agreed", "voted", "told" }));
    }

    [Test]
    public void The_slowest_crashes_have_rows_when_there_are_too_many()
    {
        CrashStages[] crashes =
            [.. Enumerable.Range(0, 50).Select(i => new CrashStages($"p{i}", i, [("voted", 1000 + i)]))];

        Figure figure = DetectionStagesFigure.Create(crashes, ["voted"]);

        Assert.That(figure.Panel.Y.Rows, Has.Count.EqualTo(30));
        Assert.That(figure.Panel.Y.Rows![0], Does.StartWith("p49"));
        Assert.That(figure.Subtitle, Does.Contain("30 slowest of 50"));
    }

    [Test]
    public void Kinds_of_messages_stand_in_the_order_of_their_bytes()
    {
        Panel panel = OverheadFigure.Create(
            [new("PING", 2, 60), new("GOSSIP", 1, 300), new("LEAVE", 0, 0), new("PONG", 2, 150)]).Panel;

        Assert.That(panel.Y.Rows, Is.EqualTo(new[] { "GOSSIP", "PONG", "PING" }));
        PointSeries[] series = [.. panel.Series.OfType<PointSeries>()];
        Assert.That(series[0].Points.Select(point => point.X), Is.EqualTo(new[] { 1.0, 2.0, 2.0 }));
        Assert.That(series[1].Points.Select(point => point.X), Is.EqualTo(new[] { 300.0, 150.0, 60.0 }));
    }

    [Test]
    public void Hubs_are_larger_and_crashed_peers_are_marked()
    {
        DrawnPeer[] peers = [new("hub", false), new("a", false), new("b", false), new("c", false), new("dead", true)];
        (int, int)[] links = [(0, 1), (0, 2), (0, 3), (4, 0)];

        Panel panel = OverlayFigure.Create(peers, links).Panel;

        Dictionary<string, SizedPointSeries> marks =
            panel.Series.OfType<SizedPointSeries>().ToDictionary(series => series.Label!);
        Assert.That(marks["peer"].Points, Has.Count.EqualTo(3));
        Assert.That(marks["peer with 2 links or more"].Points.Single().Radius,
            Is.EqualTo(Math.Sqrt(3) * marks["peer"].Points[0].Radius).Within(1e-9), "the area grows with the links");
        Assert.That(marks["crashed peer"].Points, Has.Count.EqualTo(1));
        SegmentSeries[] lines = [.. panel.Series.OfType<SegmentSeries>()];
        Assert.That(lines.Select(line => line.Segments.Count), Is.EqualTo(new[] { 3, 1 }));
        Assert.That(panel.Notes.Select(note => note.Text), Is.EqualTo(new[]
        {
            "most links", "hub: 3", "a: 1", "b: 1", "c: 1", "at its crash", "dead: 1",
        }), "a link to a crashed peer is no link of the other end any more");
    }

    [Test]
    public void A_copy_leads_from_where_its_sender_got_it_to_where_its_receiver_did()
    {
        DrawnReceipt[] receipts = [new(8, 7, 20, 2), new(7, 3, 5, 1)];

        Panel panel = SpaceTimeFigure.Create("m", "chosen", origin: 3, receipts, crashMs: 6).Panel;

        Assert.That(panel.Series.OfType<SegmentSeries>().Single().Segments, Is.EqualTo(new[]
        {
            new Segment(new PlotPoint(0, 0), new PlotPoint(5, 1)),
            new Segment(new PlotPoint(5, 1), new PlotPoint(20, 2)),
        }));
        Assert.That(panel.Markers.Single().X, Is.EqualTo(6));
    }
}
