namespace GossipSim.Analysis;

/// <summary>A thin vertical line at x with a label above the plot area; an empty label takes no room.</summary>
public sealed record VerticalMarker(double X, string Label, PaletteColor Color = PaletteColor.Neutral);
