using ScottPlot;

namespace GossipSim.Analysis;

/// <summary>The colors of a drawing. The dark theme has colors of its own; it is not the light one inverted.</summary>
public sealed class FigureTheme
{
    private readonly Color[] colors;
    private readonly Color[] palette;

    private FigureTheme(string[] surface, string[] palette)
    {
        colors = [.. surface.Select(hex => Color.FromHex(hex))];
        (Ink, Soft, Frame, Grid, FineGrid, Paper, Box) =
            (colors[0], colors[1], colors[2], colors[3], colors[4], colors[5], colors[6]);
        this.palette = [.. palette.Select(hex => Color.FromHex(hex))];
    }

    public static FigureTheme Light { get; } = new(
        ["#222222", "#5a5a5a", "#8a8a8a", "#e2e2e2", "#f2f2f2", "#ffffff", "#f7f7f5"],
        ["#4d4d4d", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#a8adb2"]);

    public static FigureTheme Dark { get; } = new(
        ["#e3e6e8", "#a9b2ba", "#7d868e", "#343b41", "#262c31", "#1c2024", "#23282d"],
        ["#b4bbc1", "#3f9fdc", "#f07f2e", "#2fc09a", "#dd94bc", "#efb43a", "#8ecbf0", "#6d757c"]);

    /// <summary>
    /// Style rules that show a light drawing on a page in the colors of the dark theme. A drawing with a bitmap in it
    /// has colors that no rule reaches: that one has to be drawn twice.
    /// </summary>
    /// <param name="selector">Of the elements around the drawings.</param>
    public static string DarkRules(string selector) => string.Concat(
        Light.AllColors.Zip(Dark.AllColors).SelectMany(pair => new[] { "fill", "stroke" }.Select(property =>
            $"{selector} [{property}=\"{NameInSvg(pair.First)}\"] {{ {property}: {pair.Second.ToHex()} }}\n")));

    private IEnumerable<Color> AllColors => colors.Concat(palette);

    /// <summary>As Skia writes a color: as short as it can be.</summary>
    private static string NameInSvg(Color color)
    {
        string hex = color.ToHex().ToUpperInvariant();
        bool isShort = hex[1] == hex[2] && hex[3] == hex[4] && hex[5] == hex[6];
        return color == Colors.White ? "white" : isShort ? $"#{hex[1]}{hex[3]}{hex[5]}" : hex;
    }

    internal Color Ink { get; }

    internal Color Soft { get; }

    internal Color Frame { get; }

    internal Color Grid { get; }

    internal Color FineGrid { get; }

    internal Color Paper { get; }

    internal Color Box { get; }

    internal Color Of(PaletteColor color) => palette[(int)color];

    /// <summary>A color for a share of 0 to 1 of a scale: from nearly paper to nearly the full color.</summary>
    internal Color Shade(PaletteColor color, double share) =>
        Paper.MixedWith(Of(color), Math.Clamp(0.1 + 0.85 * share, 0, 1));

    /// <summary>Ink or paper, whichever is read better on this color.</summary>
    internal Color TextOn(Color fill) => Contrast(fill, Ink) >= Contrast(fill, Paper) ? Ink : Paper;

    /// <summary>The contrast ratio of the Web Content Accessibility Guidelines, from 1 to 21.</summary>
    internal static double Contrast(Color one, Color other)
    {
        double first = Luminance(one) + 0.05, second = Luminance(other) + 0.05;
        return Math.Max(first, second) / Math.Min(first, second);
    }

    private static double Luminance(Color color) =>
        0.2126 * Linear(color.R) + 0.7152 * Linear(color.G) + 0.0722 * Linear(color.B);

    private static double Linear(byte channel) =>
        channel <= 10 ? channel / 255.0 / 12.92 : Math.Pow((channel / 255.0 + 0.055) / 1.055, 2.4);
}
