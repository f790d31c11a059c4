using System.Text.RegularExpressions;
using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Figures;

public sealed class ReadyMadeFigureTests
{
    [TestCaseSource(typeof(Samples), nameof(Samples.Names))]
    public void A_caption_has_three_sentences_at_most(string name) =>
        Assert.That(Regex.Count(Samples.Figure(name).Caption, @"\.(\s|$)"), Is.InRange(1, 3));

    [Test]
    public void The_fitted_law_starts_at_xmin_with_the_share_of_the_tail()
    {
        int[] degrees = OpenCase.Values("ba-m2-n8000.txt");
        PowerLawAnalysis analysis = PowerLaw.Analyze(degrees, new PowerLawOptions { Replicates = 0 });

        Panel panel = DegreeDistributionFigure.Create(degrees, analysis, "8,000 peers").Panel;

        LineSeries[] laws = [.. panel.Series.OfType<LineSeries>()];
        Assert.That(laws.Select(law => law.Label), Has.Some.Contains("power law").And.Some.Contains("exponential"));
        foreach (LineSeries law in laws)
        {
            Assert.That(law.Points[0].X, Is.EqualTo(4));
            Assert.That(law.Points[0].Y, Is.EqualTo(2432.0 / 8000).Within(1e-9), law.Label);
            Assert.That(law.Points[^1].X == degrees.Max() || law.Points[^1].Y < panel.Y.Minimum, law.Label);
        }
        Assert.That(laws[0].Points[^1].X, Is.EqualTo(degrees.Max()));
        Assert.That(panel.Markers.Single().X, Is.EqualTo(4));
        Assert.That(panel.Notes.Select(note => note.Text), Has.Some.Contains("alpha = 2.749"));
    }

    [Test]
    public void A_latency_curve_starts_at_zero_ends_at_one_and_stays_small()
    {
        double[] many = [.. Enumerable.Range(1, 100_000).Select(i => i / 1000.0)];

        Panel panel = PropagationLatencyFigure.Create([new LatencySample("simulated", many)]).Panel;

        IReadOnlyList<PlotPoint> curve = panel.Series.OfType<StepSeries>().Single().Points;
        Assert.That((curve[0].Y, curve[^1].Y, curve[^1].X), Is.EqualTo((0.0, 1.0, 100.0)));
        Assert.That(curve, Has.Count.LessThan(700));
        Assert.That(panel.Markers.Select(marker => marker.X), Is.EqualTo(new[] { 50.0, 90.0, 99.0 }));
    }

    [Test]
    public void Two_samples_show_their_distance_and_medians()
    {
        Panel panel = PropagationLatencyFigure.Create(
            [new LatencySample("measured", [4, 5, 6]), new LatencySample("simulated", [1, 2, 3])]).Panel;

        string notes = string.Join("\n", panel.Notes.Select(note => note.Text)).Replace('\u00a0', ' ');
        Assert.That(notes, Does.Contain("KS distance 1.000").And.Contain("median 3.00 ms earlier"));
    }

    [Test]
    public void Coverage_is_the_median_share_over_messages_with_its_band()
    {
        MessageSpread fast = new([10, 10], 2), slow = new([10, 90], 2), lost = new([10], 2);

        Panel panel = CoverageOverTimeFigure.Create([new CoverageGroup("all", [fast, slow, lost])]).Panel;

        BandPoint end = panel.Series.OfType<BandSeries>().Single().Points[^1];
        IReadOnlyList<PlotPoint> median = panel.Series.OfType<StepSeries>().Single().Points;
        Assert.That((end.Low, end.High, median[^1].Y), Is.EqualTo((0.5, 1.0, 1.0)));
        Assert.That(median.Last(point => point.X < 80).Y, Is.EqualTo(0.5));
        Assert.That(median[0].Y, Is.Zero);
    }

    [Test]
    public void A_timeline_counts_from_the_crash_and_leaves_out_what_never_happened()
    {
        CrashTimeline crash = new("127.0.0.1:9000", 20, 23.5, null, [new SeedNodeRemoval("127.0.0.1:7000", 26)]);

        Panel panel = DetectionTimelineFigure.Create([crash]).Panel;

        Dictionary<string, double[]> moments = panel.Series.OfType<PointSeries>()
            .ToDictionary(series => series.Label!, series => series.Points.Select(point => point.X).ToArray());
        Assert.That(moments["crash"], Is.EqualTo(new[] { 0.0 }));
        Assert.That(moments["first suspicion by a neighbor"], Is.EqualTo(new[] { 3.5 }));
        Assert.That(moments["first report to a seed node"], Is.Empty);
        Assert.That(moments["removed at 127.0.0.1:7000"], Is.EqualTo(new[] { 6.0 }));
    }

    [Test]
    public void Of_many_crashes_the_timeline_is_the_distribution_of_each_moment()
    {
        CrashTimeline[] crashes =
        [
            .. Enumerable.Range(1, 20).Select(i => new CrashTimeline(
                $"p{i}", 10, 10 + i, i > 10 ? null : 12,
                i == 20 ? [] : [new SeedNodeRemoval("a", 20 + i), new SeedNodeRemoval("b", 30 + i)])),
        ];

        Panel panel = DetectionTimelineFigure.Create(crashes).Panel;

        Dictionary<string, IReadOnlyList<PlotPoint>> curves =
            panel.Series.Cast<StepSeries>().ToDictionary(curve => curve.Label!, curve => curve.Points);
        Assert.That(panel.Y.Rows, Is.Null);
        Assert.That(curves["first suspicion by a neighbor"][10], Is.EqualTo(new PlotPoint(10, 0.5)));
        Assert.That(curves["first report to a seed node"][^1], Is.EqualTo(new PlotPoint(39, 0.5)), "half never was");
        Assert.That(curves["removed at the first seed node"][1], Is.EqualTo(new PlotPoint(11, 0.05)));
        Assert.That(curves["removed at the last seed node"][^2], Is.EqualTo(new PlotPoint(39, 0.95)));
        Assert.That(panel.Notes.Select(note => note.Text), Has.Some.EqualTo("never removed: 1 peer"));
    }

    [Test]
    public void Curves_that_lie_close_are_told_apart_by_how_much_later_each_percentile_is()
    {
        double[] first = [.. Enumerable.Range(1, 100).Select(i => (double)i)];

        Figure figure = PropagationLatencyFigure.Create(
            [new LatencySample("before", first), new LatencySample("after", [.. first.Select(each => 1.5 * each)])]);

        LineSeries shift = figure.PanelsBelow.Single().Series.OfType<LineSeries>().Last();
        Assert.That(shift.Points[49], Is.EqualTo(new PlotPoint(0.5, 25)));
        Assert.That(
            PropagationLatencyFigure.Create([new LatencySample("alone", first)]).PanelsBelow, Is.Empty);
    }

    [Test]
    public void The_course_of_a_run_has_coverage_latency_and_members_with_the_faults_in_all_three()
    {
        CourseMessage[] messages =
        [
            new(10, 1, 1, 50, 80), new(10.1, 0.4, 1, 70, 90), new(10.2, 0.7, 1, 60, 85), new(40, 0.5, 0.9, null, null),
        ];

        Figure figure = ScenarioCourseFigure.Create(
            messages, [new(0, 100, 99, 100), new(20, 60, 60, 100)], [(15, "partition"), (30, "partition over")], 60);

        Panel[] panels = [.. figure.Panels];
        Assert.That(panels, Has.Length.EqualTo(3));
        foreach (Panel panel in panels)
        {
            Assert.That(panel.Markers.Select(marker => marker.X), Is.EqualTo(new[] { 15.0, 30.0 }));
            Assert.That((panel.X.Minimum, panel.X.Maximum), Is.EqualTo((0, 60)));
        }
        Assert.That(
            panels[0].Markers.Select(marker => marker.Label), Is.EqualTo(new[] { "partition", "partition over" }));
        BandPoint band = panels[0].Series.OfType<RibbonSeries>().Single().Points[0];
        Assert.That((band.Low, band.High), Is.EqualTo((0.4, 1.0)));
        Assert.That(Points(panels[0], "by flooding: mean message"), Is.EqualTo(new[] { 0.7, 0.5 }).Within(1e-9));
        Assert.That(Points(panels[0], "in the end: mean message"), Is.EqualTo(new[] { 1, 0.9 }));
        Assert.That(Points(panels[1], "half of receipts within, median message"), Is.EqualTo(new[] { 60.0 }));
        Assert.That(
            panels[2].Series.OfType<StepSeries>().First().Points,
            Is.EqualTo(new PlotPoint[] { new(0, 100), new(20, 60), new(60, 60) }));

        static IEnumerable<double> Points(Panel panel, string label) =>
            panel.Series.OfType<LineSeries>().Single(series => series.Label == label).Points.Select(point => point.Y);
    }

    [Test]
    public void Of_many_faults_the_first_are_labelled_and_the_others_told()
    {
        (double, string)[] marks = [.. Enumerable.Range(0, 50).Select(i => ((double)i, "crash"))];

        Panel panel = ScenarioCourseFigure.Create([], [], marks, 60).Panel;

        Assert.That(panel.Markers.Count(marker => marker.Label == "crash"), Is.EqualTo(6));
        Assert.That(panel.Markers, Has.Count.EqualTo(40));
        Assert.That(panel.Notes.Single().Text, Does.StartWith("44 later faults"));
    }
}
