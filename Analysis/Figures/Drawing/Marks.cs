using ScottPlot;

namespace GossipSim.Analysis;

/// <summary>
/// Marks of one style, each with its diameter in pixels. A mark on the edge of the data area is drawn whole, which
/// ScottPlot's own scatter plots do not do.
/// </summary>
internal sealed class Marks(IReadOnlyList<(Coordinates At, float Diameter)> marks, MarkerStyle style) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => LegendItem.None;

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        rp.CanvasState.DisableClipping();
        rp.Paint.SKPathEffect = null!; // A dashed line that was drawn before leaves its pattern in the shared paint.
        foreach ((Coordinates at, float diameter) in marks)
        {
            style.Size = diameter;
            style.Render(rp.Canvas, Axes.GetPixel(at), rp.Paint);
        }
    }
}
