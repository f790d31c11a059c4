namespace GossipSim.Analysis;

/// <summary>A plot area with its two axes, its series in drawing order, its markers and its text box.</summary>
public sealed record Panel
{
    /// <summary>Of the data area at least, in pixels at scale 1, without axes.</summary>
    public double Height { get; init; } = 360;

    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    public required IReadOnlyList<Series> Series { get; init; }

    public IReadOnlyList<VerticalMarker> Markers { get; init; } = [];

    /// <summary>Paragraphs of the text box, which stands with the legend where neither can cover data.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];
}
