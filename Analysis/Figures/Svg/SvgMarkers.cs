using static GossipSim.Analysis.SvgMarkup;

namespace GossipSim.Analysis;

/// <summary>
/// Vertical markers with their labels in a strip above the plot area; labels that would collide move to a row of
/// their own.
/// </summary>
internal sealed class SvgMarkers
{
    private const double FontSize = 12.5;
    private const double RowHeight = 17;
    private const double Gap = 10;

    private readonly List<(VerticalMarker Marker, double X, double Left, int Row)> placed = [];

    public SvgMarkers(IReadOnlyList<VerticalMarker> markers, AxisRange x, double left, double right)
    {
        var rowEnds = new List<double>();
        foreach (VerticalMarker marker in markers.OrderBy(marker => marker.X))
        {
            double pixel = x.Pixel(marker.X);
            double width = TextMeasure.Width(marker.Label, FontSize);
            double start = Math.Clamp(pixel - width / 2, left, Math.Max(left, right - width));
            int row = 0;
            while (row < rowEnds.Count && rowEnds[row] + Gap > start) row++;
            if (row == rowEnds.Count) rowEnds.Add(0);
            rowEnds[row] = start + width;
            placed.Add((marker, pixel, start + width / 2, row));
        }
        Height = rowEnds.Count * RowHeight;
    }

    public double Height { get; }

    public void Draw(SvgMarkup svg, double top, double bottom)
    {
        foreach ((VerticalMarker marker, double x, _, int row) in placed)
            svg.Line(x, Baseline(top, row) + 3, x, bottom, Palette.Hex(marker.Color), 1.3, "5 4");
        // A rim of paper keeps a label readable where the line of a higher one passes behind it.
        foreach ((VerticalMarker marker, _, double middle, int row) in placed)
            svg.TextElement(
                "text", marker.Label, "x", Number(middle), "y", Number(Baseline(top, row)), "font-size",
                Number(FontSize), "fill", Palette.Hex(marker.Color), "text-anchor", "middle",
                "paint-order", "stroke", "stroke", Palette.Paper, "stroke-width", "4");
    }

    private static double Baseline(double top, int row) => top - 6 - row * RowHeight;
}
