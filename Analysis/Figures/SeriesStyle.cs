namespace GossipSim.Analysis;

/// <summary>
/// How one series differs from its neighbours: a colour and, for those who do not see it, a dash or a mark.
/// </summary>
public sealed record SeriesStyle(
    PaletteColor Color, LineDash Dash = LineDash.Solid, MarkShape Mark = MarkShape.Circle);

/// <summary>
/// The colours of Okabe and Ito ("Color Universal Design", 2008), told apart by colour-blind readers too. Their
/// yellow is left out: it vanishes on white. Silver is for areas.
/// </summary>
public enum PaletteColor
{
    Neutral,
    Blue,
    Vermillion,
    Green,
    Purple,
    Orange,
    Sky,
    Silver,
}

public enum LineDash
{
    Solid,
    Dashed,
    Dotted,
    DashDotted,
    LongDashed,
    DashDotDotted,
}

public enum MarkShape
{
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
}
