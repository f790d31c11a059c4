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
    private const double SourceSize = 12;
    private const double InPageMargin = 12;

    /// <summary>What a phone of 360 pixels leaves to a drawing, so that it is shown at its own size.</summary>
    private const double NarrowWidth = 328;

    private const double NarrowMargin = 10;

    /// <summary>Half of a label at the very end of the x axis.</summary>
    private const double NarrowEnd = 12;

    private const double WideEnough = 600;
    private const double NarrowHeight = 280;

    /// <summary>For the name of a row and, below it, its marks.</summary>
    private const double NarrowRow = 50;

    /// <summary>The same where fields have two lines of text.</summary>
    private const double NarrowFields = 84;

    private const double LeastNarrowRows = 110;
    private const string Fonts =
        "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

    public static string Write(Figure figure) => Write(figure, FigureDress.Whole);

    public static string Write(Figure figure, FigureDress dress)
    {
        if (dress == FigureDress.InNarrowPage)
            figure = figure with { Name = figure.Name + "-narrow", Width = NarrowWidth, PlotHeight = Narrow(figure) };
        bool isWhole = dress == FigureDress.Whole;
        double textWidth = figure.Width - 2 * Margin;
        IReadOnlyList<string> title = isWhole ? TextMeasure.Wrap(figure.Title, TitleSize, textWidth, bold: true) : [];
        IReadOnlyList<string> subtitle = isWhole ? TextMeasure.Wrap(figure.Subtitle, SubtitleSize, textWidth) : [];
        IReadOnlyList<string> caption = isWhole ? TextMeasure.Wrap(figure.Caption, CaptionSize, textWidth) : [];
        IReadOnlyList<string> source = isWhole && figure.Source is { } run
            ? TextMeasure.Wrap(run, SourceSize, textWidth) : [];
        bool isBelow = dress == FigureDress.InNarrowPage;
        var legend = new SvgLegend(figure.Panel, isBelow ? figure.Width - 2 * Edge(dress) : SvgLegend.ColumnWidth);

        double head = isWhole ? Margin + title.Count * 26 + subtitle.Count * 20 + 8 : InPageMargin;
        (PlotArea area, AxisRange x, AxisRange y, SvgMarkers markers) = Layout(figure, head, legend, dress);
        int labelLines = SvgAxes.LabelLines(figure.Panel.X, area.Width).Count;
        double axis = figure.Panel.X.Hidden ? 8 : AxisHeight + Math.Max(0, labelLines - 1) * SvgAxes.LineHeight;
        double legendTop = isBelow ? area.Bottom + axis : area.Top;
        double bottom = isBelow ? legendTop + legend.Height : area.Bottom + axis;
        double captionTop = bottom + (isWhole ? 16 : 0);
        double sourceTop = captionTop + caption.Count * 18 + (source.Count == 0 ? 0 : 4);
        double height = sourceTop + source.Count * 16 + (isWhole ? Margin - 6 : InPageMargin);

        var svg = new SvgMarkup();
        Open(svg, figure, height);
        double baseline = Lines(svg, title, Margin + TitleSize - 2, TitleSize, 26, Palette.Ink, bold: true);
        Lines(svg, subtitle, baseline - 4, SubtitleSize, 20, Palette.Soft, bold: false);
        DrawPanel(svg, figure, new SvgAxes(svg, figure.Panel, area, x, y, namesInside: isBelow), area, x, y, markers);
        legend.Draw(svg, isBelow ? Edge(dress) : area.Right + ColumnGap, legendTop);
        Lines(svg, caption, captionTop + CaptionSize, CaptionSize, 18, Palette.Soft, bold: false);
        Lines(svg, source, sourceTop + SourceSize, SourceSize, 16, Palette.Soft, bold: false);
        svg.Close("svg");
        return svg.ToString();
    }

    /// <summary>A phone's plot area is about as high as wide; rows have their names above them.</summary>
    private static double Narrow(Figure figure)
    {
        if (figure.Panel.Y.Rows is not { } rows) return Math.Min(figure.PlotHeight, NarrowHeight);
        double row = figure.Panel.Series.OfType<HeatSeries>().Any() ? NarrowFields : NarrowRow;
        return Math.Max(LeastNarrowRows, row * rows.Count);
    }

    private static double Edge(FigureDress dress) => dress == FigureDress.InNarrowPage ? NarrowMargin : Margin;

    /// <summary>The marker strip's height depends on the width, the width on the labels of the y axis.</summary>
    private static (PlotArea Area, AxisRange X, AxisRange Y, SvgMarkers Markers) Layout(
        Figure figure, double head, SvgLegend legend, FigureDress dress)
    {
        Panel panel = figure.Panel;
        bool isBelow = dress == FigureDress.InNarrowPage;
        double plotHeight = isBelow ? figure.PlotHeight : Math.Max(figure.PlotHeight, legend.Height);
        AxisRange provisional = AxisRange.Of(panel.Y, DataY(panel), plotHeight, 0);
        IReadOnlyList<AxisTick> yTicks = SvgAxes.YTicks(panel.Y, provisional, plotHeight);
        bool areInside = isBelow && panel.Y.Rows is not null;
        double tickWidth = yTicks.Count == 0 || areInside ? 0 : yTicks.Max(SvgAxes.LabelWidth);
        double labelWidth = panel.Y.Label.Length == 0 || panel.Y.Hidden ? 0 : 24;
        double edge = Edge(dress);
        double left = panel.Y.Hidden ? edge : edge + labelWidth + tickWidth + 12;
        double right = figure.Width - edge - (isBelow ? NarrowEnd : SvgLegend.ColumnWidth + ColumnGap);
        AxisRange x = AxisRange.Of(panel.X, DataX(panel), left, right);
        var markers = new SvgMarkers(panel.Markers, x, left, right);

        var area = new PlotArea(left, head + markers.Height + 6, right - left, plotHeight, edge + 12);
        // Rows count from the top, numbers from the bottom.
        bool rows = panel.Y.Rows != null;
        AxisRange y = AxisRange.Of(
            panel.Y, DataY(panel), rows ? area.Top : area.Bottom, rows ? area.Bottom : area.Top);
        return (area, x, y, markers);
    }

    private static void DrawPanel(
        SvgMarkup svg, Figure figure, SvgAxes axes, PlotArea area, AxisRange x, AxisRange y, SvgMarkers markers)
    {
        Panel panel = figure.Panel;
        var drawing = new SvgSeries(svg, x, y, sizeFactor: figure.Width < WideEnough ? 0.6 : 1);
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
            bool clipped = series is not (PointSeries or SizedPointSeries);
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
        svg.Style(SvgTheme.Css);
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
            RibbonSeries ribbon => ribbon.Points.Select(point => point.X),
            HeatSeries heat => heat.Fields.Select(field => field.X),
            BarSeries bars => bars.Points.SelectMany(
                point => new[] { point.X - bars.BarWidth / 2, point.X + bars.BarWidth / 2 }),
            SizedPointSeries sized => sized.Points.Select(point => point.X),
            SegmentSeries lines => lines.Segments.SelectMany(line => new[] { line.From.X, line.To.X }),
            SpanSeries spans => spans.Spans.SelectMany(span => new[] { span.From, span.To }),
            _ => Points(series).Select(point => point.X),
        }));

    private static IEnumerable<double> DataY(Panel panel) => panel.Series.SelectMany(series => series switch
    {
        BandSeries band => band.Points.SelectMany(point => new[] { point.Low, point.High }),
        RibbonSeries ribbon => ribbon.Points.SelectMany(point => new[] { point.Low, point.High }),
        HeatSeries heat => heat.Fields.Select(field => field.Y),
        SizedPointSeries sized => sized.Points.Select(point => point.Y),
        SegmentSeries lines => lines.Segments.SelectMany(line => new[] { line.From.Y, line.To.Y }),
        SpanSeries spans => spans.Spans.Select(span => span.Row),
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
