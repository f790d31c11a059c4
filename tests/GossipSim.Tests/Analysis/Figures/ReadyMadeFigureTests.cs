using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Figures;

public sealed class ReadyMadeFigureTests
{
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
}
