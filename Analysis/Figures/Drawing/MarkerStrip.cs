using ScottPlot;
using SkiaSharp;

namespace GossipSim.Analysis;

/// <summary>
/// Labels of vertical markers, in a strip above the data area. A label that would collide with another moves to a
/// row of its own.
/// </summary>
internal sealed class MarkerStrip
{
    private const float FontSize = 12.5f;
    private const float RowHeight = 17;
    private const float Gap = 10;
    private const float LineWidth = 1.3f;
    private const int NoRow = -1;

    private readonly List<(VerticalMarker Marker, float X, float Left, int Row)> placed = [];
    private readonly FigureTheme theme;

    /// <param name="pixel">The horizontal pixel of a value.</param>
    /// <param name="left">Left end of the strip, in pixels.</param>
    /// <param name="right">Right end of the strip, in pixels.</param>
    public MarkerStrip(
        IReadOnlyList<VerticalMarker> markers, FigureTheme theme, Func<double, float> pixel, float left, float right)
    {
        this.theme = theme;
        var rowEnds = new List<float>();
        foreach (VerticalMarker marker in markers.OrderBy(marker => marker.X))
        {
            float x = pixel(marker.X), width = TextBlock.Width(marker.Label, FontSize);
            float start = Math.Clamp(x - width / 2, left, Math.Max(left, right - width));
            if (marker.Label.Length == 0)
            {
                placed.Add((marker, x, start, NoRow));
                continue;
            }
            int row = 0;
            while (row < rowEnds.Count && rowEnds[row] + Gap > start) row++;
            if (row == rowEnds.Count) rowEnds.Add(0);
            rowEnds[row] = start + width;
            placed.Add((marker, x, start, row));
        }
        Height = rowEnds.Count * RowHeight + 6;
    }

    /// <summary>In pixels.</summary>
    public float Height { get; }

    /// <param name="top">Upper edge of the data area, in pixels.</param>
    /// <param name="bottom">Lower edge of the data area, in pixels.</param>
    public void Draw(SKCanvas canvas, float top, float bottom)
    {
        using var dash = SKPathEffect.CreateDash([5, 4], 0);
        foreach ((VerticalMarker marker, float x, _, int row) in placed)
        {
            using var line = new SKPaint
            {
                Color = theme.Of(marker.Color).ToSKColor(), StrokeWidth = LineWidth, IsStroke = true, PathEffect = dash,
                IsAntialias = true,
            };
            canvas.DrawLine(x, row == NoRow ? top : LabelTop(top, row) + RowHeight, x, bottom, line);
        }
        // A rectangle of paper keeps a label readable where the line of a higher one passes behind it.
        foreach ((VerticalMarker marker, _, float left, int row) in placed)
        {
            if (row == NoRow) continue;
            using var paper = new SKPaint { Color = theme.Paper.ToSKColor() };
            float labelTop = LabelTop(top, row), width = TextBlock.Width(marker.Label, FontSize);
            canvas.DrawRect(left - 2, labelTop + 1, width + 4, RowHeight - 2, paper);
            new TextBlock([marker.Label], FontSize, RowHeight).Draw(canvas, left, labelTop, theme.Of(marker.Color));
        }
    }

    private static float LabelTop(float top, int row) => top - 4 - (row + 1) * RowHeight;
}
