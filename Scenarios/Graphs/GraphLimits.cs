namespace GossipSim.Scenarios.Graphs;

/// <summary>How much a graph file may hold, so that no file fills the memory.</summary>
/// <param name="MostBytes">Of text, after unpacking.</param>
internal sealed record GraphLimits(long MostBytes, int MostNodes, int MostEdges)
{
    /// <summary>Of <c>analyze graph</c>: a peak of about 4 GB for the largest graph.</summary>
    public static readonly GraphLimits Analysis = new(2L << 30, 10_000_000, 100_000_000);
}
