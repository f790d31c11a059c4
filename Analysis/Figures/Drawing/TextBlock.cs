using ScottPlot;
using SkiaSharp;

namespace GossipSim.Analysis;

/// <summary>Text in the figures' font, wrapped to a width; sizes are in pixels.</summary>
/// <param name="LineHeight">Distance from one baseline to the next.</param>
internal sealed record TextBlock(IReadOnlyList<string> Lines, float Size, float LineHeight, bool IsBold = false)
{
    /// <summary>A path that is too long for a line is cut behind one of these.</summary>
    private static readonly char[] Joints = ['.', '/', '\\', '-', ':'];

    public float Height => Lines.Count * LineHeight;

    public static float Width(string text, float size, bool isBold = false)
    {
        using var font = new SKFont(InterFont.Installed.Typeface(isBold), size) { Subpixel = true };
        return font.MeasureText(text);
    }

    /// <summary>
    /// Breaks lines at spaces, but not before a percent sign. A word wider than a line is cut, behind a joint if it
    /// has one.
    /// </summary>
    public static TextBlock Wrap(string text, float width, float size, float lineHeight, bool isBold = false)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Replace(" %", "\u00a0%").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Width(longer, size, isBold) > width)
            {
                lines.Add(line);
                longer = word;
            }
            line = longer;
            while (Width(line, size, isBold) > width && line.Length > 1)
            {
                int fits = line.Length - 1;
                while (fits > 1 && Width(line[..fits], size, isBold) > width) fits--;
                int joint = line.LastIndexOfAny(Joints, fits - 1);
                if (joint > 0) fits = joint + 1;
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }
        if (line.Length > 0) lines.Add(line);
        return new TextBlock(lines, size, lineHeight, isBold);
    }

    /// <summary>Draws the lines one below the other from the top left corner.</summary>
    public void Draw(SKCanvas canvas, float left, float top, Color color)
    {
        using var font = new SKFont(InterFont.Installed.Typeface(IsBold), Size) { Subpixel = true };
        using var paint = new SKPaint { Color = color.ToSKColor(), IsAntialias = true };
        float baseline = top + (LineHeight + 0.7f * Size) / 2;
        foreach (string line in Lines)
        {
            canvas.DrawText(line, left, baseline, font, paint);
            baseline += LineHeight;
        }
    }
}
