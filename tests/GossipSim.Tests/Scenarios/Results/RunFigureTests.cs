using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>What the figures of a run show, held against its tables.</summary>
internal sealed class RunFigureTests
{
    [Test]
    public void The_drawing_of_the_overlay_gives_every_peer_the_links_of_the_tables()
    {
        var run = RecordedRun.WithLineOf(5);
        run.Story.At(5).Crash(7001).At(6).Crash(7002).At(7).Tell(7003, EventKind.NeighborRemoved, 7002, 1);
        var result = RunResult.Conclude(run.MeasureAt(30), RecordedRun.Ending);

        var notes = Compose(result, PlotKind.OverlayDrawing).Panel.Notes.Select(note => note.Text).ToList();

        foreach (var crash in result.Measurements.Crashes)
            Assert.That(notes, Does.Contain($"{crash.Crash.Address}: {crash.Crash.Degree}"));
        Assert.That(result.Measurements.Crashes.Select(crash => crash.Crash.Degree), Is.EqualTo(new[] { 2, 2 }));
        var overlay = result.Measurements.EndOverlay;
        for (var i = 0; i < overlay.Peers.Count; i++)
            Assert.That(notes, Does.Contain($"{overlay.Peers[i].Address}: {overlay.Degrees[i]}"));
    }

    [Test]
    public void A_message_that_repair_brought_counts_as_reached_in_the_end_only()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1)
            .At(9).Deliver(7002, 7001, 7000, 1, recovered: true).Deliver(7003, 7002, 7000, 1, recovered: true);
        var result = RunResult.Conclude(run.MeasureAt(30), RecordedRun.Ending);

        var series = Compose(result, PlotKind.ScenarioCourse).Panel.Series.OfType<GossipSim.Analysis.LineSeries>();

        Assert.That(series.Select(line => line.Points.Single().Y), Is.EqualTo(new[] { 0.5, 1 }));
    }

    [Test]
    public void The_report_tells_which_settings_each_stage_of_a_detection_follows_from()
    {
        using var folder = new GossipSim.Tests.Scenarios.Files.ScenarioFolder();
        var rules = DetectionRules.Of(folder.Load("""{ "name": "usual" }"""));
        var run = new RecordedRun(RunStory.Facts with { Detection = rules });
        CrashStory.TellFormation(run.Story, 4);
        run.Record.MarkScenarioStart(run.Story.Now);
        CrashStory.TellScenario(run.Story, 4);
        var result = RunResult.Conclude(run.MeasureAt(30), RecordedRun.Ending);

        var page = ReportPage.Write(result, [], card: null);

        Assert.That(page, Does.Contain("2 probes x 1000 ms: seedNodes.probeAttempts, probeTimeoutMs"));
        Assert.That(page, Does.Contain("<td>until enough were missed to suspect</td>"));
    }

    [Test]
    public void Of_very_many_receipts_each_number_of_hops_keeps_some_and_the_slowest()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(1).Publish(7000, 1);
        for (var i = 0; i < 30; i++) run.Story.At(1.01 + (i * 0.01)).Deliver(7001, 7000, 7000, 1);
        run.Story.At(2).Deliver(7002, 7001, 7000, 1, hops: 2).At(3).Deliver(7003, 7002, 7000, 1, hops: 3);

        var panel = LatencyFigures.ByHop(run.MeasureAt(30), most: 5)!.Panel;

        Assert.That(panel.Y.Rows, Is.EqualTo(new[] { "1 hop, n = 30", "2 hops, n = 1", "3 hops, n = 1" }));
        Assert.That(
            panel.Series.OfType<GossipSim.Analysis.BoxSeries>().Single().Boxes.Select(box => box.Median),
            Is.EqualTo(new[] { 150, 1000, 2000.0 }).Within(31));
        Assert.That(
            panel.Series.OfType<GossipSim.Analysis.PointSeries>().Single().Points.Select(point => point.X),
            Is.EqualTo(new[] { 300, 1000, 2000.0 }));
    }

    [Test]
    public void The_numbers_of_all_panels_are_in_the_file()
    {
        var run = RecordedRun.WithLineOf(4);
        run.Story.At(1).Publish(7000, 1).At(1.01).Deliver(7001, 7000, 7000, 1);
        var result = RunResult.Conclude(run.MeasureAt(30), RecordedRun.Ending);
        using var file = new StringWriter();

        FigureCsv.Write(file, Compose(result, PlotKind.ScenarioCourse));

        Assert.That(file.ToString(), Does.Contain("by flooding: mean message,1,0.5,")
            .And.Contain("\"half of receipts within, median message\",1,10,")
            .And.Contain("live peers,30,4,"));
    }

    private static GossipSim.Analysis.Figure Compose(RunResult result, PlotKind kind) =>
        FigureSet.Compose(result, [kind]).Single();
}
