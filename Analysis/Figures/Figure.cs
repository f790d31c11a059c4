namespace GossipSim.Analysis;

/// <summary>
/// What to draw, without a word about how: a panel with words around it. A writer such as
/// <see cref="SvgFigureWriter"/> turns it into bytes; another writer needs nothing but this model.
/// </summary>
public sealed record Figure
{
    /// <summary>Kebab-case name, unique among the figures of one page: file stem and prefix of element ids.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>One sentence under the title: what is drawn.</summary>
    public required string Subtitle { get; init; }

    /// <summary>Sentences under the panel: how to read it and what it says.</summary>
    public required string Caption { get; init; }

    public required Panel Panel { get; init; }

    /// <summary>Which run it is of: its name, network and random seed. Stands small under everything.</summary>
    public string? Source { get; init; }

    /// <summary>Width in SVG user units (pixels at scale 1); the writer finds the height.</summary>
    public double Width { get; init; } = 960;

    /// <summary>Height of the plot area, without titles, axes, legend and caption.</summary>
    public double PlotHeight { get; init; } = 360;
}
