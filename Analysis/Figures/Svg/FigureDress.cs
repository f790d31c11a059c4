namespace GossipSim.Analysis;

/// <summary>How much of a figure its drawing holds.</summary>
public enum FigureDress
{
    /// <summary>Everything: a file that stands alone.</summary>
    Whole,

    /// <summary>Panel and legend: the page around it says the words.</summary>
    InPage,

    /// <summary>The same for a phone: narrow, with the legend below.</summary>
    InNarrowPage,
}
