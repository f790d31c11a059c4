using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Figures;

/// <summary>The figures of what messages and crashes cost: what is drawn where.</summary>
public sealed class AccountingFigureTests
{
    [Test]
    public void Hop_bars_are_shares_of_receipts_and_of_messages()
    {
        HopReceipts[] hops = [new(1, 30), new(2, 70)];

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
    public void Of_many_crashes_each_stage_is_a_box_that_names_its_n()
    {
        CrashStages[] crashes =
        [
            .. Enumerable.Range(1, 100).Select(i => new CrashStages(
                $"p{i}", i, i > 60 ? [("voted", 10 * i)] : [("missed", 1000), ("voted", 10 * i)])),
        ];

        Panel panel = DetectionStagesFigure.Create(crashes, ["missed", "agreed", "voted"]).Panel;

        Assert.That(panel.Y.Rows, Is.EqualTo(new[]
        {
            "missed (n = 60)", "agreed (n = 0)", "voted (n = 100)", "from the crash to the end (n = 100)",
        }));
        RowBox[] boxes = [.. panel.Series.OfType<BoxSeries>().Single().Boxes];
        Assert.That(boxes.Select(box => box.Row), Is.EqualTo(new[] { 0.0, 2, 3 }));
        Assert.That(boxes[1], Is.EqualTo(new RowBox(2, 0.05, 0.25, 0.5, 0.75, 0.95)));
        Assert.That(panel.Series.OfType<PointSeries>().Single().Points[1], Is.EqualTo(new PlotPoint(1, 2)));
    }

    [Test]
    public void A_hop_names_its_receipts_and_its_box_holds_their_quartiles()
    {
        HopLatency[] hops = [new(1, 4, [1, 2, 3, 4], 4), new(2, 3000, [5, 6, 7, 80], 95)];

        Panel panel = LatencyByHopFigure.Create(hops).Panel;

        Assert.That(panel.Y.Rows, Is.EqualTo(new[] { "1 hop, n = 4", "2 hops, n = 3,000" }));
        Assert.That(
            panel.Series.OfType<BoxSeries>().Single().Boxes,
            Is.EqualTo(new RowBox[] { new(0, 1, 1, 2, 3, 4), new(1, 5, 5, 6, 7, 80) }));
        Assert.That(
            panel.Series.OfType<PointSeries>().Single().Points,
            Is.EqualTo(new PlotPoint[] { new(4, 0), new(95, 1) }), "the slowest of all, not of those that are kept");
    }

    [Test]
    public void Messages_and_bytes_have_axes_of_their_own_in_the_order_of_the_bytes()
    {
        Figure figure = OverheadFigure.Create(
            [new("PING", 2, 60), new("GOSSIP", 1, 300), new("LEAVE", 0, 0), new("PONG", 2, 150)]);

        Panel[] panels = [.. figure.Panels];
        Assert.That(panels.Select(panel => panel.Y.Rows), Is.All.EqualTo(new[] { "GOSSIP", "PONG", "PING" }));
        Assert.That(
            panels.Select(panel => panel.X.Label),
            Is.EqualTo(new[] { "messages per peer and second", "bytes per peer and second" }));
        Assert.That(Drawn(panels[0]), Is.EqualTo(new[] { 1.0, 2.0, 2.0 }));
        Assert.That(Drawn(panels[1]), Is.EqualTo(new[] { 300.0, 150.0, 60.0 }));

        static IEnumerable<double> Drawn(Panel panel) =>
            panel.Series.OfType<PointSeries>().Single().Points.Select(point => point.X);
    }

    [Test]
    public void Kinds_of_which_little_is_sent_share_a_row()
    {
        Panel panel = OverheadFigure.Create(
            [.. Enumerable.Range(1, 20).Select(i => new KindOverhead($"KIND_{i}", i, 10 * i))]).PanelsBelow[0];

        Assert.That(panel.Y.Rows![^1], Is.EqualTo("6 other kinds"));
        Assert.That(panel.Series.OfType<PointSeries>().Single().Points[^1].X, Is.EqualTo(210), "1 to 6, 10 bytes each");
    }

    [Test]
    public void Without_bytes_there_is_no_panel_for_them() =>
        Assert.That(OverheadFigure.Create([new("OWN", 1, null)]).PanelsBelow, Is.Empty);

    [Test]
    public void Hubs_are_larger_and_crashed_peers_are_marked()
    {
        DrawnPeer[] peers =
            [new("hub", false, 3), new("a", false, 1), new("b", false, 1), new("c", false, 1), new("dead", true, 2)];
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
            "most links", "hub: 3", "a: 1", "b: 1", "c: 1", "at its crash", "dead: 2",
        }), "links as the tables of the run count them");
        Assert.That(
            panel.Series.OfType<NameSeries>().Single().Names.Select(name => name.Text),
            Is.EqualTo(new[] { "hub", "a", "b", "c", "dead" }));
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
