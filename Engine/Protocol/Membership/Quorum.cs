namespace GossipSim.Engine.Protocol;

public enum QuorumRule : byte
{
    /// <summary>floor(n/2)+1: any two quorums share a seed node. Tolerates crashes.</summary>
    FloorHalfPlusOne,

    /// <summary>
    /// ceil(n/2)+1, the other reading of document 004's "least integer" (SOURCES D5): with three seed nodes all of
    /// them, and then none may fail.
    /// </summary>
    CeilHalfPlusOne,

    /// <summary>floor((n+f)/2)+1: any two quorums share a seed node that is not one of the f liars.</summary>
    Byzantine,
}

/// <summary>
/// How many of the configured seed nodes must agree. The configured number counts, never the live one.
/// </summary>
public static class Quorum
{
    public static int Size(int seedNodes, QuorumRule rule, int byzantineFaults = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seedNodes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(byzantineFaults);
        return rule switch
        {
            QuorumRule.FloorHalfPlusOne => (seedNodes / 2) + 1,
            QuorumRule.CeilHalfPlusOne => Math.Min(seedNodes, ((seedNodes + 1) / 2) + 1),
            QuorumRule.Byzantine => ((seedNodes + byzantineFaults) / 2) + 1,
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
    }
}
