using System.Globalization;
using System.Text.RegularExpressions;
using GossipSim.Analysis;
using NUnit.Framework;

namespace GossipSim.Tests.Analysis.Figures;

public sealed class AxisTests
{
    private static readonly Axis Logarithmic = new("x") { Scale = AxisScale.Logarithmic };

    [Test]
    public void A_logarithmic_axis_has_powers_of_ten_and_eight_minor_ticks_between()
    {
        IReadOnlyList<AxisTick> ticks = AxisTicks.Of(Logarithmic, 1e-4, 1, 5);

        Assert.That(
            ticks.Where(tick => tick.IsMajor).Select(tick => tick.PowerOfTen),
            Is.EqualTo(new int?[] { -4, -3, -2, -1, 0 }));
        Assert.That(ticks.Count(tick => tick.Value > 1.5e-3 && tick.Value < 9.5e-3), Is.EqualTo(8));
    }

    [Test]
    public void A_short_logarithmic_axis_writes_its_numbers_out()
    {
        IReadOnlyList<AxisTick> ticks = AxisTicks.Of(Logarithmic, 2.5, 60, 5);

        Assert.That(
            ticks.Select(tick => tick.Label).OfType<string>(),
            Is.EqualTo(new[] { "3", "5", "10", "20", "30", "50" }));
    }

    [TestCase(0, 1, 5, "0,0.2,0.4,0.6,0.8,1")]
    [TestCase(-0.3, 22.9, 5, "0,5,10,15,20")]
    [TestCase(0, 12_000, 4, "0,2,500,5,000,7,500,10,000")]
    public void A_linear_axis_has_round_steps(double minimum, double maximum, int wanted, string expected)
    {
        IReadOnlyList<AxisTick> ticks = AxisTicks.Of(new Axis("x"), minimum, maximum, wanted);

        Assert.That(string.Join(",", ticks.Select(tick => tick.Label)), Is.EqualTo(expected));
    }

    [Test]
    public void Equal_ratios_are_equal_lengths_on_a_logarithmic_axis()
    {
        AxisRange range = AxisRange.Of(Logarithmic, [1, 1000], 100, 400);

        Assert.That(range.Pixel(10) - range.Pixel(1), Is.EqualTo(range.Pixel(1000) - range.Pixel(100)).Within(1e-9));
        Assert.That(range.Pixel(1), Is.InRange(101, 120), "a little room on the left");
        Assert.That(range.Pixel(1000), Is.InRange(380, 399), "and on the right");
    }

    [Test]
    public void A_range_of_one_value_or_none_still_has_a_length()
    {
        Assert.That(AxisRange.Of(Logarithmic, [7], 0, 100).Pixel(7), Is.EqualTo(50).Within(1e-9));
        Assert.That(AxisRange.Of(new Axis("x"), [7], 0, 100).Pixel(7), Is.EqualTo(50).Within(1e-9));
        Assert.That(AxisRange.Of(new Axis("x"), [], 0, 100).Maximum, Is.GreaterThan(0));
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
        Figure wide = Samples.Figure("overhead"), narrow = wide with
        {
            Panel = wide.Panel with { X = wide.Panel.X with { Minimum = 1e-6, Maximum = 1e6 } },
        };
        string svg = SvgFigureWriter.Write(narrow, FigureDress.InNarrowPage);

        int[] powers =
        [
            .. Regex.Matches(svg, ">10<tspan[^>]*>([^<]*)<")
                .Select(power => int.Parse(power.Groups[1].Value.Replace('\u2212', '-'), CultureInfo.InvariantCulture)),
        ];
        Assert.That(powers, Has.Length.InRange(3, 7));
        Assert.That(powers.Zip(powers.Skip(1), (one, next) => next - one).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_line_ends_before_no_percent_sign_and_at_a_joint_of_a_long_word()
    {
        Assert.That(TextMeasure.Wrap("from 5 % to 95 % of all", 10, 60), Has.None.StartsWith("%"));
        IReadOnlyList<string> path = TextMeasure.Wrap("overlay.largestComponentFraction", 10, 150);
        Assert.That(path, Is.EqualTo(new[] { "overlay.", "largestComponentFraction" }));
        Assert.That(string.Concat(TextMeasure.Wrap(new string('m', 90), 10, 100)), Has.Length.EqualTo(90));
    }
}
