namespace GossipSim.Analysis;

/// <summary>The rectangle of the data in pixels, and where the rotated label of the y axis stands.</summary>
internal readonly record struct PlotArea(double Left, double Top, double Width, double Height, double LabelX)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;
}
