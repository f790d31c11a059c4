namespace GossipSim.Analysis;

/// <summary>
/// How one series differs from its neighbours: a colour of the palette and, for those who do not see it, a dash or
/// a mark.
/// </summary>
public sealed record SeriesStyle(int Color, LineDash Dash = LineDash.Solid, MarkShape Mark = MarkShape.Circle)
{
    /// <summary>The palette index of plain dark grey.</summary>
    public const int Neutral = -1;
}

public enum LineDash
{
    Solid,
    Dashed,
    Dotted,
    DashDotted,
}

public enum MarkShape
{
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
}
