using ScottPlot;
using SkiaSharp;

namespace GossipSim.Analysis;

/// <summary>
/// Names beside marks, in the order of their importance. A name that would cover another or leave the data area stands
/// on the next side of its mark; one without a free side is left out.
/// </summary>
internal sealed class Names(IReadOnlyList<(string Text, Coordinates At, float Radius)> names, FigureTheme theme)
    : IPlottable
{
    private const float FontSize = 12;
    private const float LineHeight = 15;
    private const float Gap = 3;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => LegendItem.None;

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        using var paper = new SKPaint { Color = theme.Paper.WithOpacity(0.75).ToSKColor() };
        var taken = new List<SKRect>();
        foreach ((string text, Coordinates at, float radius) in names)
        {
            float width = TextBlock.Width(text, FontSize);
            foreach (SKRect side in Sides(Axes.GetPixel(at), radius + Gap, width))
            {
                if (!rp.DataRect.ToSKRect().Contains(side) || taken.Exists(side.IntersectsWith)) continue;
                taken.Add(side);
                rp.Canvas.DrawRect(side, paper);
                new TextBlock([text], FontSize, LineHeight).Draw(rp.Canvas, side.Left, side.Top, theme.Ink);
                break;
            }
        }
    }

    private static SKRect[] Sides(Pixel at, float distance, float width)
    {
        float left = at.X - width / 2, top = at.Y - LineHeight / 2;
        var size = new SKSize(width, LineHeight);
        return
        [
            SKRect.Create(new SKPoint(at.X + distance, top), size),
            SKRect.Create(new SKPoint(at.X - distance - width, top), size),
            SKRect.Create(new SKPoint(left, at.Y - distance - LineHeight), size),
            SKRect.Create(new SKPoint(left, at.Y + distance), size),
        ];
    }
}
