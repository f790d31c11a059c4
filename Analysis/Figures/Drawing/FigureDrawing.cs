using SkiaSharp;
using PixelSize = ScottPlot.PixelSize;

namespace GossipSim.Analysis;

/// <summary>Lays out one figure and draws it on a canvas. All lengths are in pixels at scale 1.</summary>
internal sealed class FigureDrawing
{
    /// <summary>The height follows from the panels and the text.</summary>
    private const float Width = 960;
    private const float Margin = 24;
    private const float InPageMargin = 12;
    private const float PanelGap = 14;

    /// <summary>What a phone 360 pixels wide leaves to a drawing, so that it is shown at its own size.</summary>
    private const float NarrowWidth = 328;
    private const float NarrowMargin = 10;

    private readonly FigureTheme theme;
    private readonly TextBlock title;
    private readonly TextBlock subtitle;
    private readonly TextBlock source;
    private readonly List<PanelDrawing> panels;
    private readonly float bottom;

    public FigureDrawing(Figure figure, FigureDress dress, FigureTheme theme)
    {
        this.theme = theme;
        bool isWhole = dress == FigureDress.Whole, isNarrow = dress == FigureDress.InNarrowPage;
        float edge = isNarrow ? NarrowMargin : Margin;
        float width = isNarrow ? NarrowWidth : Width;
        title = TextBlock.Wrap(isWhole ? figure.Title : "", width - 2 * Margin, 20, 26, isBold: true);
        subtitle = TextBlock.Wrap(isWhole ? figure.Subtitle : "", width - 2 * Margin, 14, 20);
        source = TextBlock.Wrap(isWhole ? figure.Source ?? "" : "", width - 2 * Margin, 12, 16);
        panels =
            [.. figure.Panels.Select(panel => new PanelDrawing(panel, theme, edge, width - 2 * edge, isNarrow))];

        float axisWidth = panels.Max(panel => panel.AxisWidth);
        bottom = (isWhole ? Margin + title.Height + subtitle.Height + 8 : InPageMargin) - PanelGap;
        foreach (PanelDrawing panel in panels) bottom = panel.Place(bottom + PanelGap, axisWidth);
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
        foreach (PanelDrawing panel in panels) panel.Draw(canvas);
        source.Draw(canvas, Margin, bottom + 8, theme.Soft);
    }
}
