namespace GossipSim.Analysis;

/// <summary>One plot area with its two axes, its series in drawing order, its markers and its text box.</summary>
public sealed record Panel
{
    public string? Heading { get; init; }

    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    public required IReadOnlyList<Series> Series { get; init; }

    public IReadOnlyList<VerticalMarker> Markers { get; init; } = [];

    /// <summary>Lines of the text box, shown beside the legend where they cannot cover data.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
