using ScottPlot;
using SkiaSharp;

namespace GossipSim.Analysis;

/// <summary>One panel of a figure with its legend and its markers' labels. Lengths are pixels at scale 1.</summary>
internal sealed class PanelDrawing
{
    private const float ColumnWidth = 252;
    private const float ColumnGap = 26;
    private const float AxisHeight = 40;
    private const float LabelLine = 16;
    private const float HiddenAxisHeight = 8;

    private const float NarrowHeight = 280;
    private const float NarrowRow = 54;
    private const float NarrowRowsEdge = 4;
    private const float NarrowFields = 84;
    private const float LeastNarrowRows = 110;
    private const double NarrowMarks = 0.6;

    private readonly Panel panel;
    private readonly FigureTheme theme;
    private readonly Plot plot;
    private readonly LegendColumn legend;
    private readonly float left;
    private readonly float right;
    private readonly float height;
    private readonly float axisHeight;
    private readonly bool isNarrow;
    private PixelRect area;
    private MarkerStrip markers;

    /// <param name="left">Left edge of the panel with its axis.</param>
    /// <param name="width">Of the panel with its axis and, on a wide drawing, its legend.</param>
    public PanelDrawing(Panel panel, FigureTheme theme, float left, float width, bool isNarrow)
    {
        (this.theme, this.left, this.isNarrow) = (theme, left, isNarrow);
        right = left + width - (isNarrow ? 0 : ColumnWidth + ColumnGap);
        height = isNarrow ? HeightOnPhone(panel) : (float)panel.Height;
        TextBlock label = AxisLabel(panel.X, right - left - 60);
        axisHeight = panel.X.Hidden ? HiddenAxisHeight : AxisHeight + label.Height;
        this.panel = panel with
        {
            X = panel.X with { Label = string.Join('\n', label.Lines) },
            Y = panel.Y with { Label = string.Join('\n', AxisLabel(panel.Y, height).Lines) },
        };
        var size = new PixelSize(right - left - 60, height);
        plot = new PanelPlot(this.panel, theme, size, isNarrow ? NarrowMarks : 1, isNarrow).Plot;
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        legend = new LegendColumn(plot, panel, isNarrow ? width : ColumnWidth, theme);
        if (!isNarrow) height = Math.Max(height, legend.Height);
        markers = LayOut(0, 0);
    }

    /// <summary>The width of the vertical axis with its labels.</summary>
    public float AxisWidth => plot.LastRender.DataRect.Left - left;

    /// <summary>Puts the panel under <paramref name="top"/> and returns its lower edge.</summary>
    /// <param name="axisWidth">Of the vertical axis, at least.</param>
    public float Place(float top, float axisWidth)
    {
        plot.Axes.Left.MinimumSize = axisWidth;
        // The strip of markers is as high as its labels need, which depends on the horizontal scale.
        markers = LayOut(top, markers.Height);
        markers = LayOut(top, markers.Height);
        return isNarrow ? area.Bottom + legend.Height : area.Bottom;
    }

    public void Draw(SKCanvas canvas)
    {
        plot.Render(canvas, area);
        PixelRect data = plot.LastRender.DataRect;
        markers.Draw(canvas, data.Top, data.Bottom);
        if (isNarrow) legend.Draw(canvas, left, area.Bottom);
        else legend.Draw(canvas, right + ColumnGap, data.Top);
    }

    private static TextBlock AxisLabel(Axis axis, float length) =>
        TextBlock.Wrap(axis.Label, length, PanelPlot.FontSize, LabelLine);

    /// <summary>A phone's plot area is about as high as wide; each row has its name above it.</summary>
    private static float HeightOnPhone(Panel panel)
    {
        if (panel.Y.Rows is not { } rows) return Math.Min((float)panel.Height, NarrowHeight);
        float row = panel.Series.OfType<HeatSeries>().Any() ? NarrowFields : NarrowRow;
        return Math.Max(LeastNarrowRows, row * rows.Count);
    }

    /// <summary>Renders once without drawing, so that the pixels of the data area are known.</summary>
    private MarkerStrip LayOut(float top, float strip)
    {
        Fix(plot.Axes.Bottom, axisHeight);
        Fix(plot.Axes.Top, strip);
        plot.Axes.Top.FrameLineStyle.Width = plot.Axes.Right.FrameLineStyle.Width = 0;
        if (panel.X.Hidden) Fix(plot.Axes.Left, 0);
        else if (isNarrow && panel.Y is { Rows: not null, Label: "" }) Fix(plot.Axes.Left, NarrowRowsEdge);
        Fix(plot.Axes.Right, isNarrow ? 12 : 2);
        area = new PixelRect(left, right, top + strip + height + axisHeight, top);
        using var nothing = new SKNoDrawCanvas((int)right, (int)area.Bottom);
        plot.Render(nothing, area);
        PixelRect data = plot.LastRender.DataRect;
        return new MarkerStrip(
            panel.Markers, theme, x => plot.Axes.Bottom.GetPixel(PanelPlot.Position(panel.X, x), data), data.Left,
            data.Right);

        static void Fix(IPanel side, float size) => (side.MinimumSize, side.MaximumSize) = (size, size);
    }
}
