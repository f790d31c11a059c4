using GossipSim.Analysis;
using NUnit.Framework;
using ScottPlot;

namespace GossipSim.Tests.Analysis.Figures;

public sealed class AxisTests
{
    private static readonly Axis Logarithmic = new("x") { Scale = AxisScale.Logarithmic };

    [Test]
    public void A_short_logarithmic_axis_writes_its_numbers_out() =>
        Assert.That(
            LabelsOf(Logarithmic with { Minimum = 2.5, Maximum = 60 }),
            Is.EqualTo(new[] { "3", "5", "10", "20", "30", "50" }));

    [TestCase(0, 1, "0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1")]
    [TestCase(0, 50_000, "0,5,000,10,000,15,000,20,000,25,000,30,000,35,000,40,000,45,000,50,000")]
    public void A_linear_axis_has_round_steps(double minimum, double maximum, string expected) =>
        Assert.That(
            string.Join(",", LabelsOf(new Axis("x") { Minimum = minimum, Maximum = maximum })), Is.EqualTo(expected));

    [TestCase(1e16, 1e16 + 4, false)]
    [TestCase(1e300, 1.0000000000000002e300, false)]
    [TestCase(-9e15, -9e15 + 1, true)]
    public void An_axis_far_from_zero_has_few_ticks(double minimum, double maximum, bool wholeNumbers) =>
        Assert.That(
            LabelsOf(new Axis("x") { Minimum = minimum, Maximum = maximum, WholeNumbers = wholeNumbers }),
            Has.Length.LessThanOrEqualTo(25));

    [Test]
    public void An_axis_of_counts_has_no_tick_between_whole_numbers() =>
        Assert.That(
            LabelsOf(new Axis("x") { Minimum = 0.4, Maximum = 3.6, WholeNumbers = true }),
            Is.EqualTo(new[] { "1", "2", "3" }));

    [Test]
    public void Rows_without_room_for_every_name_have_names_in_equal_steps()
    {
        string[] labels = LabelsOf(new Axis("x") { Rows = [.. Enumerable.Range(1000, 60).Select(i => $"{i}")] });

        Assert.That(labels, Has.Length.InRange(5, 20));
        Assert.That(
            labels.Zip(labels.Skip(1), (one, next) => int.Parse(next, null) - int.Parse(one, null)).Distinct().Count(),
            Is.EqualTo(1));
    }

    [Test]
    public void A_range_of_one_value_or_none_still_has_a_length()
    {
        AxisRange logarithmic = AxisRange.Of(Logarithmic, [7]), linear = AxisRange.Of(new Axis("x"), [7]);

        Assert.That(logarithmic.Minimum * logarithmic.Maximum, Is.EqualTo(49).Within(1e-9));
        Assert.That(linear.Minimum + linear.Maximum, Is.EqualTo(14).Within(1e-9));
        Assert.That(AxisRange.Of(new Axis("x"), []).Maximum, Is.GreaterThan(0));
    }

    [Test]
    public void Latencies_with_a_long_tail_get_a_logarithmic_axis()
    {
        Assert.That(LatencyAxis.For("ms", [10, 11, 12, 13]).Scale, Is.EqualTo(AxisScale.Linear));
        Assert.That(LatencyAxis.For("ms", [1, 2, 3, 900]).Scale, Is.EqualTo(AxisScale.Logarithmic));
    }

    [Test]
    public void Powers_of_ten_without_room_for_all_are_written_in_equal_steps()
    {
        string[] labels = LabelsOf(Logarithmic with { Minimum = 1e-30, Maximum = 1e30 });

        Assert.That(labels, Has.Length.InRange(3, 20));
        Assert.That(labels, Has.All.StartsWith("10"));
    }

    [Test]
    public void A_line_ends_before_no_percent_sign_and_at_a_joint_of_a_long_word()
    {
        Assert.That(Lines("from 5 % to 95 % of all", 60), Has.None.StartsWith("%"));
        Assert.That(
            Lines("overlay.largestComponentFraction", 140),
            Is.EqualTo(new[] { "overlay.", "largestComponentFraction" }));
        Assert.That(string.Concat(Lines(new string('m', 90), 100)), Has.Length.EqualTo(90));

        static IReadOnlyList<string> Lines(string text, float width) => TextBlock.Wrap(text, width, 10, 12).Lines;
    }

    /// <summary>The labels of a horizontal axis of some 600 pixels.</summary>
    private static string[] LabelsOf(Axis axis)
    {
        var panel = new Panel { X = axis, Y = new Axis("y"), Series = [] };
        var plot = new PanelPlot(panel, FigureTheme.Light, new PixelSize(600, 360), 1, namesInside: false).Plot;
        plot.RenderInMemory(650, 400);
        return [.. plot.Axes.Bottom.TickGenerator.Ticks.Select(tick => tick.Label).Where(label => label.Length > 0)];
    }
}
