namespace GossipSim.Analysis;

/// <summary>
/// A figure as data: one panel or more and the text around them. <see cref="FigureWriter"/> draws it as SVG and PNG.
/// </summary>
public sealed record Figure
{
    /// <summary>Kebab-case name, unique among the figures of one page: file stem and prefix of element ids.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>One sentence under the title: what is drawn.</summary>
    public required string Subtitle { get; init; }

    /// <summary>
    /// How to read the panel and what it shows, in at most three sentences. It is text beside the drawing, not a
    /// part of it.
    /// </summary>
    public required string Caption { get; init; }

    /// <summary>The reasoning behind the caption, which a page folds away. Null: there is none.</summary>
    public string? Detail { get; init; }

    public required Panel Panel { get; init; }

    /// <summary>Panels under the first one. Their left edges align, and each has its own legend.</summary>
    public IReadOnlyList<Panel> PanelsBelow { get; init; } = [];

    /// <summary>All panels from top to bottom.</summary>
    public IEnumerable<Panel> Panels => PanelsBelow.Prepend(Panel);

    /// <summary>The run that the figure shows: name, network and random seed. Small text under the panel.</summary>
    public string? Source { get; init; }
}
