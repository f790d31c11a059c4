using static GossipSim.Analysis.SvgMarkup;

namespace GossipSim.Analysis;

/// <summary>
/// Writes a figure as stand-alone SVG that may also be inlined beside others: its ids begin with the figure's name.
/// Equal figures give equal bytes.
/// </summary>
public static class SvgFigureWriter
{
    private const double Margin = 24;
    private const double TitleSize = 20;
    private const double SubtitleSize = 14;
    private const double CaptionSize = 13;
    private const double ColumnGap = 26;
    private const double AxisHeight = 58;
    private const string Fonts =
        "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

    public static string Write(Figure figure)
    {
        double textWidth = figure.Width - 2 * Margin;
        IReadOnlyList<string> title = TextMeasure.Wrap(figure.Title, TitleSize, textWidth, bold: true);
        IReadOnlyList<string> subtitle = TextMeasure.Wrap(figure.Subtitle, SubtitleSize, textWidth);
        IReadOnlyList<string> caption = TextMeasure.Wrap(figure.Caption, CaptionSize, textWidth);
        var legend = new SvgLegend(figure.Panel);

        double head = Margin + title.Count * 26 + subtitle.Count * 20 + 8;
        (PlotArea area, AxisRange x, AxisRange y, SvgMarkers markers) = Layout(figure, head, legend.Height);
        double captionTop = area.Bottom + AxisHeight + 16;
        double height = captionTop + caption.Count * 18 + Margin - 6;

        var svg = new SvgMarkup();
        Open(svg, figure, height);
        double baseline = Lines(svg, title, Margin + TitleSize - 2, TitleSize, 26, Palette.Ink, bold: true);
        Lines(svg, subtitle, baseline - 4, SubtitleSize, 20, Palette.Soft, bold: false);
        DrawPanel(svg, figure, area, x, y, markers);
        legend.Draw(svg, area.Right + ColumnGap, area.Top);
        Lines(svg, caption, captionTop + CaptionSize, CaptionSize, 18, Palette.Soft, bold: false);
        svg.Close("svg");
        return svg.ToString();
    }

    /// <summary>The marker strip's height depends on the width, the width on the labels of the y axis.</summary>
    private static (PlotArea Area, AxisRange X, AxisRange Y, SvgMarkers Markers) Layout(
        Figure figure, double head, double legendHeight)
    {
        Panel panel = figure.Panel;
        double plotHeight = Math.Max(figure.PlotHeight, legendHeight);
        AxisRange provisional = AxisRange.Of(panel.Y, DataY(panel), plotHeight, 0);
        IReadOnlyList<AxisTick> yTicks = SvgAxes.YTicks(panel.Y, provisional, plotHeight);
        double tickWidth = yTicks.Count == 0 ? 0 : yTicks.Max(SvgAxes.LabelWidth);
        double labelWidth = panel.Y.Label.Length == 0 ? 0 : 24;
        double left = Margin + labelWidth + tickWidth + 12;
        double right = figure.Width - Margin - SvgLegend.Width - ColumnGap;
        AxisRange x = AxisRange.Of(panel.X, DataX(panel), left, right);
        var markers = new SvgMarkers(panel.Markers, x, left, right);

        var area = new PlotArea(left, head + markers.Height + 6, right - left, plotHeight, Margin + 12);
        // Rows count from the top, numbers from the bottom.
        bool rows = panel.Y.Rows != null;
        AxisRange y = AxisRange.Of(
            panel.Y, DataY(panel), rows ? area.Top : area.Bottom, rows ? area.Bottom : area.Top);
        return (area, x, y, markers);
    }

    private static void DrawPanel(
        SvgMarkup svg, Figure figure, PlotArea area, AxisRange x, AxisRange y, SvgMarkers markers)
    {
        Panel panel = figure.Panel;
        var axes = new SvgAxes(svg, panel, area, x, y);
        var drawing = new SvgSeries(svg, x, y);
        string clip = figure.Name + "-clip";
        axes.DrawGrid();
        markers.Draw(svg, area.Top, area.Bottom);
        svg.Open("clipPath", "id", clip);
        svg.Element(
            "rect", "x", Number(area.Left), "y", Number(area.Top - 1), "width", Number(area.Width),
            "height", Number(area.Height + 2));
        svg.Close("clipPath");
        axes.DrawFrame();
        foreach (Series series in panel.Series)
        {
            // Marks stay whole even on the very edge; everything else ends there.
            bool clipped = series is not PointSeries;
            svg.Open("g", "class", "series", "clip-path", clipped ? $"url(#{clip})" : null);
            drawing.Draw(series);
            svg.Close("g");
        }
    }

    private static void Open(SvgMarkup svg, Figure figure, double height)
    {
        string width = Number(figure.Width), tall = Number(height);
        svg.Open(
            "svg", "xmlns", "http://www.w3.org/2000/svg", "width", width, "height", tall,
            "viewBox", $"0 0 {width} {tall}", "font-family", Fonts, "role", "img",
            "aria-labelledby", $"{figure.Name}-title {figure.Name}-desc");
        svg.TextElement("title", figure.Title, "id", figure.Name + "-title");
        svg.TextElement("desc", figure.Subtitle + " " + figure.Caption, "id", figure.Name + "-desc");
        svg.Element("rect", "width", width, "height", tall, "fill", Palette.Paper);
    }

    /// <summary>Draws lines of text from the left margin and returns the baseline of the next one.</summary>
    private static double Lines(
        SvgMarkup svg, IReadOnlyList<string> lines, double baseline, double size, double step, string color, bool bold)
    {
        foreach (string line in lines)
        {
            svg.Text(line, Margin, baseline, size, color, bold: bold);
            baseline += step;
        }
        return baseline;
    }

    private static IEnumerable<double> DataX(Panel panel) =>
        panel.Markers.Select(marker => marker.X).Concat(panel.Series.SelectMany(series => series switch
        {
            BandSeries band => band.Points.Select(point => point.X),
            BarSeries bars => bars.Points.SelectMany(
                point => new[] { point.X - bars.BarWidth / 2, point.X + bars.BarWidth / 2 }),
            _ => Points(series).Select(point => point.X),
        }));

    private static IEnumerable<double> DataY(Panel panel) => panel.Series.SelectMany(series => series switch
    {
        BandSeries band => band.Points.SelectMany(point => new[] { point.Low, point.High }),
        _ => Points(series).Select(point => point.Y),
    });

    private static IReadOnlyList<PlotPoint> Points(Series series) => series switch
    {
        LineSeries line => line.Points,
        StepSeries step => step.Points,
        PointSeries points => points.Points,
        BarSeries bars => bars.Points,
        _ => [],
    };
}
