namespace GossipSim.Analysis;

/// <summary>Which parts of a figure a drawing contains.</summary>
public enum FigureDress
{
    /// <summary>Title, subtitle, panel, legend and source line: a file that stands alone.</summary>
    Whole,

    /// <summary>Panel and legend only. The page around the drawing has the text.</summary>
    InPage,

    /// <summary>As <see cref="InPage"/>, 328 pixels wide with the legend below the panel: for phones.</summary>
    InNarrowPage,
}
