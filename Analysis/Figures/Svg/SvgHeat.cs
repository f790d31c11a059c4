using static GossipSim.Analysis.SvgMarkup;

namespace GossipSim.Analysis;

/// <summary>
/// Draws fields whose colour is the fuller the larger their value is. The colour is one of the palette, let through
/// more or less of the paper, so that the dark look needs no scale of its own.
/// </summary>
internal sealed class SvgHeat(SvgMarkup svg, AxisRange x, AxisRange y)
{
    private const double FontSize = 13;
    private const double LineHeight = 16;

    /// <summary>Fields stand at whole numbers, and leave a little of the paper between them.</summary>
    private const double Half = 0.48;

    private const double Faintest = 0.1;
    private const double Fullest = 0.95;

    /// <summary>Above this ink is hard to read on it, and paper easy.</summary>
    private const double PaperIsBetter = 0.6;

    public void Draw(HeatSeries heat, string color)
    {
        double[] values = [.. heat.Fields.Select(field => field.Value).Where(double.IsFinite)];
        if (values.Length == 0) return;
        (double least, double most) = (values.Min(), values.Max());
        foreach (HeatField field in heat.Fields)
        {
            double share = most > least ? (field.Value - least) / (most - least) : 0.5;
            double opacity = Faintest + share * (Fullest - Faintest);
            Field(field, color, double.IsFinite(field.Value) ? opacity : 0);
        }
    }

    private void Field(HeatField field, string color, double opacity)
    {
        double left = x.Pixel(field.X - Half), right = x.Pixel(field.X + Half);
        double top = y.Pixel(field.Y - Half), bottom = y.Pixel(field.Y + Half);
        // Paper first: lines of the grid would shine through.
        Rectangle(left, top, right, bottom, Palette.Paper, opacity: 1);
        Rectangle(left, top, right, bottom, color, opacity);

        IReadOnlyList<string> lines = Fitting(field.Text, right - left, bottom - top);
        double baseline = (top + bottom) / 2 - lines.Count * LineHeight / 2 + FontSize - 1;
        foreach (string line in lines)
        {
            svg.Text(
                line, (left + right) / 2, baseline, FontSize, opacity > PaperIsBetter ? Palette.Paper : Palette.Ink,
                anchor: "middle");
            baseline += LineHeight;
        }
    }

    private void Rectangle(double left, double top, double right, double bottom, string fill, double opacity) =>
        svg.Element(
            "rect", "x", Number(left), "y", Number(top), "width", Number(right - left),
            "height", Number(bottom - top), "fill", fill, "fill-opacity", opacity < 1 ? Number(opacity) : null);

    /// <summary>As many of the lines as there is room for; the first says the most.</summary>
    private static IReadOnlyList<string> Fitting(IReadOnlyList<string> text, double width, double height)
    {
        int rows = Math.Min(text.Count, (int)((height - 4) / LineHeight));
        return [.. text.Take(Math.Max(0, rows)).TakeWhile(line => TextMeasure.Width(line, FontSize) <= width - 4)];
    }
}
