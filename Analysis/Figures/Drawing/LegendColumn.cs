using ScottPlot;
using SkiaSharp;

namespace GossipSim.Analysis;

/// <summary>The legend of a panel and, below it, its text box. Outside the data area they cover no data.</summary>
internal sealed class LegendColumn : ILegendLayout
{
    private const float FontSize = 13;
    private const float LineHeight = 17;
    private const float SampleWidth = 26;
    private const float SampleGap = 9;
    private const float Padding = 12;
    private const float EntryGap = 6;
    private const float ParagraphGap = 4;
    private const float HeadingGap = 8;

    private readonly float width;
    private readonly FigureTheme theme;
    private readonly Legend legend;
    private readonly List<(TextBlock Text, float Top)> notes = [];
    private readonly float notesHeight;

    public LegendColumn(Plot plot, Panel panel, float width, FigureTheme theme)
    {
        (this.width, this.theme) = (width, theme);
        legend = new Legend(plot)
        {
            Layout = this, BackgroundColor = Colors.Transparent, ShadowColor = Colors.Transparent, OutlineWidth = 0,
            Padding = PixelPadding.Zero,
        };
        foreach (Series series in panel.Series)
            if (series.Label is { } label)
                legend.ManualItems.Add(Entry(series, label));
        Height = legend.ManualItems.Sum(HeightOf) + EntryGap * Math.Max(0, legend.ManualItems.Count - 1);
        EntriesHeight = Height;
        if (panel.Notes.Count == 0) return;

        float top = Padding;
        foreach (Note note in panel.Notes)
        {
            if (note.IsHeading && notes.Count > 0) top += HeadingGap;
            var text = TextBlock.Wrap(note.Text, width - 2 * Padding, FontSize, LineHeight, note.IsHeading);
            notes.Add((text, top));
            top += text.Height + ParagraphGap;
        }
        notesHeight = top - ParagraphGap + Padding;
        Height += notesHeight + (Height == 0 ? 0 : Padding);
    }

    /// <summary>In pixels.</summary>
    public float Height { get; }

    private float EntriesHeight { get; }

    public void Draw(SKCanvas canvas, float left, float top)
    {
        using var paint = Paint.NewDisposablePaint();
        legend.Render(canvas, paint, new PixelRect(left, left + width, top + EntriesHeight, top), Alignment.UpperLeft);
        if (notes.Count == 0) return;

        float boxTop = top + Height - notesHeight;
        var box = new SKRoundRect(new SKRect(left, boxTop, left + width, boxTop + notesHeight), 4);
        using var fill = new SKPaint { Color = theme.Box.ToSKColor(), IsAntialias = true };
        using var rim = new SKPaint { Color = theme.Grid.ToSKColor(), IsAntialias = true, IsStroke = true };
        canvas.DrawRoundRect(box, fill);
        canvas.DrawRoundRect(box, rim);
        foreach ((TextBlock text, float offset) in notes) text.Draw(canvas, left + Padding, boxTop + offset, theme.Ink);
    }

    /// <summary>One entry below the other, each as high as its label.</summary>
    LegendLayout ILegendLayout.GetLayout(Legend legend, LegendItem[] items, PixelSize maxSize, Paint paint)
    {
        var samples = new PixelRect[items.Length];
        var labels = new PixelRect[items.Length];
        float top = 0;
        for (int i = 0; i < items.Length; i++)
        {
            float bottom = top + HeightOf(items[i]);
            samples[i] = new PixelRect(0, SampleWidth, top + LineHeight, top);
            labels[i] = new PixelRect(SampleWidth + SampleGap, width, bottom, top);
            top = bottom + EntryGap;
        }
        return new LegendLayout
        {
            LegendItems = items, LegendRect = new PixelRect(0, width, EntriesHeight, 0), SymbolRects = samples,
            LabelRects = labels,
        };
    }

    private LegendItem Entry(Series series, string label)
    {
        LegendItem item = SeriesPlottables.Sample(series, theme);
        float room = width - SampleWidth - SampleGap;
        item.LabelText = string.Join('\n', TextBlock.Wrap(label, room, FontSize, LineHeight).Lines);
        item.LabelFontSize = FontSize;
        item.LabelFontColor = theme.Ink;
        item.LabelStyle.LineSpacing = LineHeight;
        return item;
    }

    private static float HeightOf(LegendItem item) => LineHeight * item.LabelText.Split('\n').Length;
}
