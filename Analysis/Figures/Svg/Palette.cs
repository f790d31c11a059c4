namespace GossipSim.Analysis;

/// <summary>The hexadecimal colours and dash patterns behind the names of the figure model.</summary>
internal static class Palette
{
    public const string Ink = "#222222";
    public const string Soft = "#5a5a5a";
    public const string Frame = "#8a8a8a";
    public const string Grid = "#e2e2e2";
    public const string FineGrid = "#f2f2f2";
    public const string Paper = "#ffffff";
    public const string Box = "#f7f7f5";

    public static string Hex(PaletteColor color) => color switch
    {
        PaletteColor.Neutral => "#4d4d4d",
        PaletteColor.Blue => "#0072b2",
        PaletteColor.Vermillion => "#d55e00",
        PaletteColor.Green => "#009e73",
        PaletteColor.Purple => "#cc79a7",
        PaletteColor.Orange => "#e69f00",
        PaletteColor.Sky => "#56b4e9",
        PaletteColor.Silver => "#a8adb2",
        _ => throw new ArgumentOutOfRangeException(nameof(color), color, "No such colour."),
    };

    /// <summary>The stroke-dasharray, or null for a solid line.</summary>
    public static string? Pattern(LineDash dash) => dash switch
    {
        LineDash.Solid => null,
        LineDash.Dashed => "8 5",
        LineDash.Dotted => "2 4",
        LineDash.DashDotted => "9 4 2 4",
        LineDash.LongDashed => "15 4",
        LineDash.DashDotDotted => "11 3 2 3 2 3",
        _ => throw new ArgumentOutOfRangeException(nameof(dash), dash, "No such dash."),
    };
}
