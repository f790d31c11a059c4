using static GossipSim.Analysis.SvgMarkup;

namespace GossipSim.Analysis;

/// <summary>Grid, frame, ticks and labels of a plot area.</summary>
/// <param name="namesInside">Whether names of rows stand in the plot area, above what they name.</param>
internal sealed class SvgAxes(
    SvgMarkup svg, Panel panel, PlotArea area, AxisRange x, AxisRange y, bool namesInside = false)
{
    public const double FontSize = 13;

    private const double TickLength = 6;
    private const double MinorTickLength = 3.5;
    private const double PixelsPerTickX = 85;
    private const double PixelsPerTickY = 52;
    private const double LabelGap = 8;

    /// <summary>A phone's ticks stand closer, as far as their labels let them.</summary>
    private const double PixelsPerTickInNarrow = 50;
    private const double Narrow = 400;

    /// <summary>From one line of a wrapped label to the next.</summary>
    public const double LineHeight = 16;

    private readonly IReadOnlyList<AxisTick> xTicks = XTicks(panel.X, x, area.Width);
    private readonly IReadOnlyList<AxisTick> yTicks = YTicks(panel.Y, y, area.Height);

    public static IReadOnlyList<AxisTick> YTicks(Axis axis, AxisRange range, double height) =>
        AxisTicks.Of(axis, range.Minimum, range.Maximum, Math.Max(2, (int)(height / PixelsPerTickY)));

    /// <summary>A label that is wider than its axis goes on in another line.</summary>
    public static IReadOnlyList<string> LabelLines(Axis axis, double width) =>
        TextMeasure.Wrap(axis.Label, FontSize, width);

    private static IReadOnlyList<AxisTick> XTicks(Axis axis, AxisRange range, double width)
    {
        for (int wanted = (int)(width / (width < Narrow ? PixelsPerTickInNarrow : PixelsPerTickX)); ; wanted--)
        {
            IReadOnlyList<AxisTick> ticks =
                AxisTicks.Of(axis, range.Minimum, range.Maximum, Math.Max(2, wanted));
            if (axis.Scale == AxisScale.Logarithmic || axis.Rows is not null) return WithoutCrowding(ticks, range);
            if (wanted <= 2 || !IsCrowded(ticks, range)) return ticks;
        }
    }

    private static bool IsCrowded(IEnumerable<AxisTick> ticks, AxisRange range)
    {
        double end = double.NegativeInfinity;
        foreach (AxisTick tick in ticks.Where(tick => tick.IsMajor))
        {
            double at = range.Pixel(tick.Value), half = LabelWidth(tick) / 2 + LabelGap / 2;
            if (at - half < end) return true;
            end = at + half;
        }
        return false;
    }

    /// <summary>
    /// Where there is little room, every second, third, ... power of ten has a label, and of other ticks those that
    /// leave the powers theirs; so have words.
    /// </summary>
    private static List<AxisTick> WithoutCrowding(IReadOnlyList<AxisTick> ticks, AxisRange range)
    {
        int stride = 1;
        while (IsCrowded(ticks.Where(tick => tick.PowerOfTen % stride == 0), range)) stride++;
        var taken = new List<(double Left, double Right)>();
        var bare = new HashSet<double>();
        foreach (AxisTick tick in ticks.Where(tick => tick.IsMajor).OrderBy(tick => !IsPowerOfTen(tick.Value)))
        {
            double at = range.Pixel(tick.Value), half = LabelWidth(tick) / 2 + LabelGap / 2;
            bool isLeftOut = tick.PowerOfTen is { } power && power % stride != 0;
            if (isLeftOut || taken.Exists(other => at - half < other.Right && at + half > other.Left))
                bare.Add(tick.Value);
            else
                taken.Add((at - half, at + half));
        }
        return [.. ticks.Select(tick => bare.Contains(tick.Value) ? new AxisTick(tick.Value, null) : tick)];
    }

    private static bool IsPowerOfTen(double value)
    {
        double power = Math.Log10(value);
        return Math.Abs(power - Math.Round(power)) < 1e-9;
    }

    public static double LabelWidth(AxisTick tick) => tick switch
    {
        { PowerOfTen: { } power } => TextMeasure.Width("10", FontSize) + (power < 0 ? 1.3 : 0.6) * FontSize,
        { Label: { } label } => TextMeasure.Width(label, FontSize),
        _ => 0,
    };

    public void DrawGrid()
    {
        svg.Element(
            "rect", "class", "plot-area", "x", Number(area.Left), "y", Number(area.Top),
            "width", Number(area.Width), "height", Number(area.Height), "fill", Palette.Paper);
        if (panel.X.Hidden) return;
        foreach (AxisTick tick in xTicks.OrderBy(tick => tick.IsMajor))
            svg.Line(
                x.Pixel(tick.Value), area.Top, x.Pixel(tick.Value), area.Bottom,
                tick.IsMajor ? Palette.Grid : Palette.FineGrid, 1);
        foreach (AxisTick tick in yTicks.OrderBy(tick => tick.IsMajor))
            svg.Line(
                area.Left, y.Pixel(tick.Value), area.Right, y.Pixel(tick.Value),
                tick.IsMajor ? Palette.Grid : Palette.FineGrid, 1);
    }

    public void DrawFrame()
    {
        if (panel.X.Hidden) return;
        svg.Line(area.Left, area.Top, area.Left, area.Bottom, Palette.Frame, 1.2);
        svg.Line(area.Left, area.Bottom, area.Right, area.Bottom, Palette.Frame, 1.2);
        foreach (AxisTick tick in xTicks) DrawXTick(tick);
        foreach (AxisTick tick in yTicks) DrawYTick(tick);

        double baseline = area.Bottom + 44;
        foreach (string line in LabelLines(panel.X, area.Width))
        {
            svg.Text(line, area.Left + area.Width / 2, baseline, FontSize, anchor: "middle");
            baseline += LineHeight;
        }
        if (panel.Y.Label.Length == 0) return;

        double middle = area.Top + area.Height / 2;
        svg.Text(
            panel.Y.Label, area.LabelX, middle, FontSize, anchor: "middle",
            transform: $"rotate(-90 {Number(area.LabelX)} {Number(middle)})");
    }

    private void DrawXTick(AxisTick tick)
    {
        double at = x.Pixel(tick.Value);
        double end = area.Bottom + (tick.IsMajor ? TickLength : MinorTickLength);
        svg.Line(at, area.Bottom, at, end, Palette.Frame, 1);
        if (tick.PowerOfTen is { } power) svg.PowerOfTen(power, at, area.Bottom + 22, FontSize, "middle");
        else if (tick.Label is { } label) svg.Text(label, at, area.Bottom + 22, FontSize, anchor: "middle");
    }

    private void DrawYTick(AxisTick tick)
    {
        double at = y.Pixel(tick.Value);
        if (namesInside && panel.Y.Rows is not null)
        {
            svg.Text(tick.Label ?? "", area.Left + 6, y.Pixel(tick.Value - 0.5) + FontSize, FontSize, Palette.Soft);
            return;
        }
        svg.Line(
            area.Left - (tick.IsMajor ? TickLength : MinorTickLength), at, area.Left, at, Palette.Frame, 1);
        double labelX = area.Left - TickLength - 4, baseline = at + 0.36 * FontSize;
        if (tick.PowerOfTen is { } power) svg.PowerOfTen(power, labelX, baseline, FontSize, "end");
        else if (tick.Label is { } label) svg.Text(label, labelX, baseline, FontSize, anchor: "end");
    }
}
