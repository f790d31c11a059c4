using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Figures;

public sealed class DifferenceFigureTests
{
    [Test]
    public void A_row_is_the_difference_as_a_share_of_A_with_its_interval()
    {
        Panel panel = Samples.Differences(("slow", 40, 30, 4), ("same", 200, 202, 10)).Panel;

        LineSeries[] intervals = [.. panel.Series.OfType<LineSeries>()];
        Assert.That(panel.Y.Rows, Is.EqualTo(new[] { "slow", "same" }));
        Assert.That(intervals[0].Points.Select(point => point.X), Is.EqualTo(new[] { -0.35, -0.15 }).Within(1e-12));
        Assert.That(intervals[1].Points.Select(point => point.X), Is.EqualTo(new[] { -0.04, 0.06 }).Within(1e-12));
        Assert.That(Marks(panel, "a difference").Single(), Is.EqualTo(new PlotPoint(-0.25, 0)));
        Assert.That(Marks(panel, "no difference shown").Single(), Is.EqualTo(new PlotPoint(0.01, 1)));
        Assert.That(panel.Markers.Single().X, Is.Zero);
    }

    [Test]
    public void The_axis_holds_0_and_all_that_is_shown_and_cuts_what_says_nothing()
    {
        Panel panel = Samples.Differences(
            ("slow", 100, 700, 50), ("fair", 100, 101, 5), ("good", 100, 99, 5), ("noise", 1, 20, 500)).Panel;

        Assert.That(panel.X.Minimum, Is.InRange(-3, -0.15));
        Assert.That(panel.X.Maximum, Is.InRange(6.5, 7.5));
        Assert.That(Marks(panel, "beyond the axis").Single(), Is.EqualTo(new PlotPoint(panel.X.Maximum!.Value, 3)));
        Assert.That(Marks(panel, "no difference shown"), Has.Length.EqualTo(2));
    }

    [Test]
    public void What_is_identical_or_has_no_share_is_named()
    {
        Panel panel = Samples.Differences(("equal", 6, 6, 0), ("fromNothing", 0, 2, 3)).Panel;

        Assert.That(panel.Y.Rows, Is.Empty);
        Assert.That(panel.Notes.Select(note => note.Text), Has.Member("equal").And.Member("fromNothing: 2 in B"));
    }

    private static PlotPoint[] Marks(Panel panel, string label) =>
        [.. panel.Series.OfType<PointSeries>().Single(series => series.Label == label).Points];
}
