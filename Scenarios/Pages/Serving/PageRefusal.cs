namespace GossipSim.Scenarios.Pages;

/// <summary>A request that is not followed; its reason is for the reader of the page.</summary>
internal sealed class PageRefusal(int status, string reason) : Exception(reason)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;
}
