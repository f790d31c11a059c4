using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// Which faults may keep a node that they strike from exchanging messages within the protocol's timeouts. The removal
/// of such a node is no false one (DESIGN section 5), so this must not be generous.
/// </summary>
internal sealed class Isolation(ProtocolSettings settings)
{
    /// <summary>
    /// Our choice: TCP sends again after 0.2, 0.6, 1.4 and 3 s, so that a probe of two seconds fails when four segments
    /// in a row are lost: at this rate one of 5,000, and a quorum of probes must fail.
    /// </summary>
    private const double HeavyLoss = 0.1;

    /// <summary>Our choice: a damaged PING or PONG costs an attempt, at this rate both one time in 2,500.</summary>
    private const double HeavyCorruption = 0.01;

    /// <summary>
    /// A dial and a question cross the network four times. Our choice: beyond half of the timeout the links' own
    /// latency, which is on top of it, may do the rest.
    /// </summary>
    private const int CrossingsOfProbe = 4;

    public bool IsCausedBy(ScheduledFault fault) => fault switch
    {
        ScheduledPartition or ScheduledCut or ScheduledLinkFlap => true,
        ScheduledLinkLoss loss => loss.LossProbability >= HeavyLoss,
        ScheduledCorrupt corrupt => corrupt.Probability >= HeavyCorruption,
        ScheduledLinkDelay delay =>
            2 * CrossingsOfProbe * delay.AddLatencyMs >= settings.SeedNode.ProbeTimeout.TotalMilliseconds,
        // How long messages wait depends on what else is sent: the node may starve.
        ScheduledLinkBandwidth or ScheduledSlowNode => true,
        _ => false,
    };
}
