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
        foreach ((VerticalMarker marker, double x, double middle, int row) in placed)
        {
            string color = Palette.Hex(marker.Color);
            double baseline = top - 6 - row * RowHeight;
            svg.Line(x, baseline + 3, x, bottom, color, 1.3, "5 4");
            svg.Text(marker.Label, middle, baseline, FontSize, color, "middle");
        }
    }
}
