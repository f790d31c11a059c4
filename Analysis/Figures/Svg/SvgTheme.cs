using System.Text;

namespace GossipSim.Analysis;

/// <summary>
/// The dark look of a drawing, for readers whose system asks for one, on screens only: every colour of the palette has
/// a counterpart. Programs that know no such rules, as those that make PNG files, draw the light look.
/// </summary>
internal static class SvgTheme
{
    private static readonly (string Light, string Dark)[] counterparts =
    [
        (Palette.Ink, "#e3e6e8"), (Palette.Soft, "#a9b2ba"), (Palette.Frame, "#7d868e"), (Palette.Grid, "#343b41"),
        (Palette.FineGrid, "#262c31"), (Palette.Paper, "#1c2024"), (Palette.Box, "#23282d"),
        (Palette.Hex(PaletteColor.Neutral), "#b4bbc1"), (Palette.Hex(PaletteColor.Blue), "#3f9fdc"),
        (Palette.Hex(PaletteColor.Vermillion), "#f07f2e"), (Palette.Hex(PaletteColor.Green), "#2fc09a"),
        (Palette.Hex(PaletteColor.Purple), "#dd94bc"), (Palette.Hex(PaletteColor.Orange), "#efb43a"),
        (Palette.Hex(PaletteColor.Sky), "#8ecbf0"), (Palette.Hex(PaletteColor.Silver), "#6d757c"),
    ];

    /// <summary>The same for every drawing, so that those on one page may repeat it.</summary>
    public static string Css { get; } = Write();

    private static string Write()
    {
        var css = new StringBuilder("@media screen and (prefers-color-scheme: dark) {");
        foreach ((string light, string dark) in counterparts)
            css.Append($" [fill=\"{light}\"] {{ fill: {dark} }} [stroke=\"{light}\"] {{ stroke: {dark} }}");
        return css.Append(" }").ToString();
    }
}
