namespace GossipSim.Engine.Protocol;

public enum QuorumRule : byte
{
    /// <summary>floor(n/2)+1: any two quorums share a seed node. Tolerates crashes.</summary>
    FloorHalfPlusOne,

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
            QuorumRule.Byzantine => ((seedNodes + byzantineFaults) / 2) + 1,
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
    }
}
