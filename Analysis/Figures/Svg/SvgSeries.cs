using System.Text;
using static GossipSim.Analysis.SvgMarkup;

namespace GossipSim.Analysis;

/// <summary>Draws the series of a panel, and the samples of them that the legend shows.</summary>
/// <param name="sizeFactor">For marks whose size has a meaning: smaller in a small drawing.</param>
internal sealed class SvgSeries(SvgMarkup svg, AxisRange x, AxisRange y, double sizeFactor = 1)
{
    private const double MarkSize = 3.6;
    private const double LineWidth = 2;
    private const double SegmentWidth = 0.9;

    /// <summary>Of a row, what a bar in it takes.</summary>
    private const double SpanHeight = 0.56;

    /// <summary>And no more pixels than these, however few rows there are.</summary>
    private const double WidestSpan = 40;

    public void Draw(Series series)
    {
        string color = Palette.Hex(series.Style.Color);
        switch (series)
        {
            case LineSeries line:
                Path(LinePath(line.Points), color, line.Style.Dash);
                break;
            case StepSeries step:
                Path(StepPath(step.Points), color, step.Style.Dash);
                break;
            case BandSeries band:
                svg.Element("path", "d", BandPath(band.Points), "fill", color, "fill-opacity", "0.18");
                break;
            case RibbonSeries ribbon:
                svg.Element("path", "d", RibbonPath(ribbon.Points), "fill", color, "fill-opacity", "0.18");
                break;
            case HeatSeries heat:
                new SvgHeat(svg, x, y).Draw(heat, color);
                break;
            case BarSeries bars:
                Bars(bars, color);
                break;
            case PointSeries points:
                foreach (PlotPoint point in points.Points)
                    Mark(svg, points.Style, x.Pixel(point.X), y.Pixel(point.Y), MarkSize);
                break;
            case SizedPointSeries points:
                foreach (SizedPoint point in points.Points)
                    Mark(svg, points.Style, x.Pixel(point.X), y.Pixel(point.Y), sizeFactor * point.Radius);
                break;
            case SegmentSeries lines:
                Segments(lines, color);
                break;
            case SpanSeries spans:
                Spans(spans, color);
                break;
        }
    }

    public static void DrawSample(SvgMarkup svg, Series series, double left, double middle, double width)
    {
        string color = Palette.Hex(series.Style.Color);
        switch (series)
        {
            case PointSeries points:
                Mark(svg, points.Style, left + width / 2, middle, MarkSize);
                break;
            case SizedPointSeries points:
                Mark(svg, points.Style, left + width / 2, middle, 1.4 * MarkSize);
                break;
            case BandSeries or RibbonSeries or BarSeries or SpanSeries or HeatSeries:
                svg.Element(
                    "rect", "x", Number(left), "y", Number(middle - 5), "width", Number(width), "height", "10",
                    "fill", color, "fill-opacity", series is BandSeries or RibbonSeries ? "0.22" : "0.8");
                break;
            case SegmentSeries lines:
                svg.Line(
                    left, middle, left + width, middle, color, SegmentWidth, Palette.Pattern(lines.Style.Dash),
                    lines.Opacity);
                break;
            default:
                svg.Line(left, middle, left + width, middle, color, LineWidth, Palette.Pattern(series.Style.Dash));
                break;
        }
    }

    private static void Mark(SvgMarkup svg, SeriesStyle style, double cx, double cy, double r)
    {
        string color = Palette.Hex(style.Color);
        if (style.Mark == MarkShape.Circle)
        {
            svg.Element(
                "circle", "cx", Number(cx), "cy", Number(cy), "r", Number(r), "fill", color,
                "stroke", Palette.Paper, "stroke-width", "0.6");
            return;
        }
        if (style.Mark == MarkShape.Cross)
        {
            double a = r * 1.15;
            svg.Element(
                "path", "d", $"M{P(cx - a, cy - a)}L{P(cx + a, cy + a)}M{P(cx - a, cy + a)}L{P(cx + a, cy - a)}",
                "stroke", color, "stroke-width", "2.2", "stroke-linecap", "round", "fill", "none");
            return;
        }
        string outline = style.Mark switch
        {
            MarkShape.Square =>
                $"M{P(cx - r, cy - r)}L{P(cx + r, cy - r)}L{P(cx + r, cy + r)}L{P(cx - r, cy + r)}Z",
            MarkShape.Triangle =>
                $"M{P(cx, cy - r * 1.35)}L{P(cx + r * 1.2, cy + r * 0.9)}L{P(cx - r * 1.2, cy + r * 0.9)}Z",
            MarkShape.Diamond =>
                $"M{P(cx, cy - r * 1.4)}L{P(cx + r * 1.4, cy)}L{P(cx, cy + r * 1.4)}L{P(cx - r * 1.4, cy)}Z",
            _ => throw new ArgumentOutOfRangeException(nameof(style), style.Mark, "No such mark."),
        };
        svg.Element("path", "d", outline, "fill", color, "stroke", Palette.Paper, "stroke-width", "0.6");
    }

    private void Path(string data, string color, LineDash dash)
    {
        if (data.Length == 0) return;
        svg.Element(
            "path", "d", data, "fill", "none", "stroke", color, "stroke-width", Number(LineWidth),
            "stroke-linejoin", "round", "stroke-dasharray", Palette.Pattern(dash));
    }

    private void Segments(SegmentSeries lines, string color)
    {
        var path = new StringBuilder();
        foreach ((PlotPoint from, PlotPoint to) in lines.Segments)
            path.Append('M').Append(P(x.Pixel(from.X), y.Pixel(from.Y)))
                .Append('L').Append(P(x.Pixel(to.X), y.Pixel(to.Y)));
        if (path.Length == 0) return;
        svg.Element(
            "path", "d", path.ToString(), "fill", "none", "stroke", color, "stroke-width", Number(SegmentWidth),
            "stroke-opacity", Number(lines.Opacity), "stroke-dasharray", Palette.Pattern(lines.Style.Dash));
    }

    private void Spans(SpanSeries spans, string color)
    {
        foreach (RowSpan span in spans.Spans)
        {
            double left = x.Pixel(span.From), right = x.Pixel(span.To);
            double half = Math.Min(WidestSpan, y.Pixel(span.Row + SpanHeight) - y.Pixel(span.Row)) / 2;
            double top = y.Pixel(span.Row) - half, bottom = y.Pixel(span.Row) + half;
            svg.Element(
                "rect", "x", Number(left), "y", Number(top), "width", Number(right - left),
                "height", Number(bottom - top), "fill", color, "fill-opacity", "0.9",
                "stroke", Palette.Paper, "stroke-width", "0.8");
        }
    }

    private void Bars(BarSeries bars, string color)
    {
        double floor = y.Pixel(y.Minimum);
        foreach (PlotPoint point in bars.Points)
        {
            double left = x.Pixel(point.X - bars.BarWidth / 2), right = x.Pixel(point.X + bars.BarWidth / 2);
            double top = y.Pixel(point.Y);
            svg.Element(
                "rect", "x", Number(left), "y", Number(top), "width", Number(right - left),
                "height", Number(floor - top), "fill", color, "fill-opacity", "0.8");
        }
    }

    private string LinePath(IReadOnlyList<PlotPoint> points)
    {
        var path = new StringBuilder();
        foreach (PlotPoint point in points)
            path.Append(path.Length == 0 ? 'M' : 'L').Append(P(x.Pixel(point.X), y.Pixel(point.Y)));
        return path.ToString();
    }

    private string StepPath(IReadOnlyList<PlotPoint> points)
    {
        var path = new StringBuilder();
        foreach (PlotPoint point in points)
        {
            if (path.Length == 0) path.Append('M').Append(P(x.Pixel(point.X), y.Pixel(point.Y)));
            else path.Append('H').Append(Number(x.Pixel(point.X))).Append('V').Append(Number(y.Pixel(point.Y)));
        }
        return path.ToString();
    }

    private string BandPath(IReadOnlyList<BandPoint> points)
    {
        if (points.Count == 0) return "";
        string upper = StepPath([.. points.Select(point => new PlotPoint(point.X, point.High))]);
        var path = new StringBuilder(upper);
        // Back along the lower staircase: its vertical edges come before its horizontal ones.
        path.Append('V').Append(Number(y.Pixel(points[^1].Low)));
        for (int i = points.Count - 2; i >= 0; i--)
        {
            path.Append('V').Append(Number(y.Pixel(points[i].Low)));
            path.Append('H').Append(Number(x.Pixel(points[i].X)));
        }
        return path.Append('Z').ToString();
    }

    private string RibbonPath(IReadOnlyList<BandPoint> points)
    {
        if (points.Count == 0) return "";
        string upper = LinePath([.. points.Select(point => new PlotPoint(point.X, point.High))]);
        string lower = LinePath([.. points.Reverse().Select(point => new PlotPoint(point.X, point.Low))]);
        return $"{upper}L{lower[1..]}Z";
    }

    private static string P(double x, double y) => Number(x) + " " + Number(y);
}
