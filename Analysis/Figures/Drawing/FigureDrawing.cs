using ScottPlot;
using SkiaSharp;

namespace GossipSim.Analysis;

/// <summary>Lays out one figure and draws it on a canvas. All lengths are in pixels at scale 1.</summary>
internal sealed class FigureDrawing
{
    private const float Margin = 24;
    private const float InPageMargin = 12;
    private const float ColumnWidth = 252;
    private const float ColumnGap = 26;
    private const float AxisHeight = 56;
    private const float HiddenAxisHeight = 8;

    /// <summary>What a phone 360 pixels wide leaves to a drawing, so that it is shown at its own size.</summary>
    private const float NarrowWidth = 328;
    private const float NarrowMargin = 10;
    private const float NarrowHeight = 280;
    private const float NarrowRow = 50;
    private const float NarrowFields = 84;
    private const float LeastNarrowRows = 110;
    private const double NarrowMarks = 0.6;

    private readonly Figure figure;
    private readonly FigureTheme theme;
    private readonly TextBlock title;
    private readonly TextBlock subtitle;
    private readonly TextBlock source;
    private readonly Plot plot;
    private readonly LegendColumn legend;
    private readonly MarkerStrip markers;
    private readonly PixelRect plotArea;
    private readonly float edge;
    private readonly bool isNarrow;

    public FigureDrawing(Figure figure, FigureDress dress, FigureTheme theme)
    {
        (this.figure, this.theme, isNarrow) = (figure, theme, dress == FigureDress.InNarrowPage);
        bool isWhole = dress == FigureDress.Whole;
        edge = isNarrow ? NarrowMargin : Margin;
        float width = isNarrow ? NarrowWidth : (float)figure.Width;
        title = TextBlock.Wrap(isWhole ? figure.Title : "", width - 2 * Margin, 20, 26, isBold: true);
        subtitle = TextBlock.Wrap(isWhole ? figure.Subtitle : "", width - 2 * Margin, 14, 20);
        source = TextBlock.Wrap(isWhole ? figure.Source ?? "" : "", width - 2 * Margin, 12, 16);
        float head = isWhole ? Margin + title.Height + subtitle.Height + 8 : InPageMargin;
        float right = width - edge - (isNarrow ? 0 : ColumnWidth + ColumnGap);

        Panel panel = figure.Panel;
        float height = isNarrow ? HeightOnPhone(figure) : (float)figure.PlotHeight;
        TextBlock label = AxisLabel(panel.X, right - edge - 60);
        panel = panel with
        {
            X = panel.X with { Label = string.Join('\n', label.Lines) },
            Y = panel.Y with { Label = string.Join('\n', AxisLabel(panel.Y, height).Lines) },
        };
        plot = new PanelPlot(
            panel, theme, new PixelSize(right - edge - 60, height), isNarrow ? NarrowMarks : 1, isNarrow).Plot;
        legend = new LegendColumn(plot, panel, isNarrow ? width - 2 * edge : ColumnWidth, theme);
        if (!isNarrow) height = Math.Max(height, legend.Height);
        float axis = panel.X.Hidden ? HiddenAxisHeight : AxisHeight + Math.Max(0, label.Height - label.LineHeight);

        // The strip of markers is as high as its labels need, which depends on the horizontal scale.
        plotArea = LayOut(head, right, height, axis, 0);
        markers = Strip();
        plotArea = LayOut(head, right, height, axis, markers.Height);
        markers = Strip();

        float bottom = isNarrow ? plotArea.Bottom + legend.Height : plotArea.Bottom;
        Size = new PixelSize(
            width, bottom + (source.Lines.Count == 0 ? 0 : source.Height + 8) + (isWhole ? Margin - 6 : InPageMargin));
    }

    public PixelSize Size { get; }

    public void Draw(SKCanvas canvas)
    {
        using var paper = new SKPaint { Color = theme.Paper.ToSKColor() };
        canvas.DrawRect(0, 0, Size.Width, Size.Height, paper);
        title.Draw(canvas, Margin, Margin, theme.Ink);
        subtitle.Draw(canvas, Margin, Margin + title.Height, theme.Soft);
        plot.Render(canvas, plotArea);
        PixelRect data = plot.LastRender.DataRect;
        markers.Draw(canvas, data.Top, data.Bottom);
        if (isNarrow) legend.Draw(canvas, edge, plotArea.Bottom);
        else legend.Draw(canvas, plotArea.Right + ColumnGap, data.Top);
        source.Draw(canvas, Margin, plotArea.Bottom + 8, theme.Soft);
    }

    private static TextBlock AxisLabel(Axis axis, float length) =>
        TextBlock.Wrap(axis.Label, length, PanelPlot.FontSize, 16);

    /// <summary>A phone's plot area is about as high as wide; each row has its name above it.</summary>
    private static float HeightOnPhone(Figure figure)
    {
        if (figure.Panel.Y.Rows is not { } rows) return Math.Min((float)figure.PlotHeight, NarrowHeight);
        float row = figure.Panel.Series.OfType<HeatSeries>().Any() ? NarrowFields : NarrowRow;
        return Math.Max(LeastNarrowRows, row * rows.Count);
    }

    /// <summary>Renders once without drawing, so that the pixels of the data area are known.</summary>
    private PixelRect LayOut(float head, float right, float height, float axis, float strip)
    {
        Fix(plot.Axes.Bottom, axis);
        Fix(plot.Axes.Top, strip);
        plot.Axes.Top.FrameLineStyle.Width = plot.Axes.Right.FrameLineStyle.Width = 0;
        if (figure.Panel.X.Hidden) Fix(plot.Axes.Left, 0);
        Fix(plot.Axes.Right, isNarrow ? 12 : 2);
        var area = new PixelRect(edge, right, head + strip + height + axis, head);
        using var nothing = new SKNoDrawCanvas((int)figure.Width, (int)area.Bottom);
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.Render(nothing, area);
        return area;

        static void Fix(IPanel panel, float size) => (panel.MinimumSize, panel.MaximumSize) = (size, size);
    }

    private MarkerStrip Strip()
    {
        PixelRect data = plot.LastRender.DataRect;
        return new MarkerStrip(
            figure.Panel.Markers, theme,
            x => plot.Axes.Bottom.GetPixel(PanelPlot.Position(figure.Panel.X, x), data), data.Left, data.Right);
    }
}
