using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// Which faults may keep a node that they strike from exchanging messages within the protocol's timeouts. The removal
/// of such a node is no false one (DESIGN section 5), so this must not be generous.
/// </summary>
internal sealed class Isolation(ProtocolSettings settings, NodeLoad load)
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

    /// <summary>Our choice: queues are short below it (half the time idle), and grow without limit at one.</summary>
    private const double BusyShare = 0.5;

    /// <summary>Our choice: a probe in a thousand meets a longer one.</summary>
    private const double LongDelay = 0.999;

    private const int QuantilesOfMean = 1_000;

    public bool IsCausedBy(ScheduledFault fault) => fault switch
    {
        ScheduledPartition or ScheduledCut or ScheduledLinkFlap => true,
        ScheduledLinkLoss loss => loss.LossProbability >= HeavyLoss,
        ScheduledCorrupt corrupt => corrupt.Probability >= HeavyCorruption,
        ScheduledLinkDelay delay =>
            2 * CrossingsOfProbe * delay.AddLatencyMs >= settings.SeedNode.ProbeTimeout.TotalMilliseconds,
        ScheduledSlowNode slow => MayStarve(NetworkModels.DistributionOf(slow.ProcessingDelayMs)),
        ScheduledLinkBandwidth narrow => MayChoke(narrow.BytesPerSecond),
        _ => false,
    };

    /// <summary>
    /// A node that is busy for half of the time or more lets messages wait for as long as one likes; below that only
    /// what it takes for the PING and for the PONG counts.
    /// </summary>
    private bool MayStarve(Distribution delayMs)
    {
        var mean = Enumerable.Range(0, QuantilesOfMean)
            .Average(step => Math.Max(0, delayMs.Quantile((step + 0.5) / QuantilesOfMean)));
        return mean / 1000 * load.InputsPerSecond >= BusyShare
            || 2 * delayMs.Quantile(LongDelay) >= settings.SeedNode.ProbeTimeout.TotalMilliseconds / 2;
    }

    /// <summary>The same for a link: what it carries all the time, and the longest line in front of a PING.</summary>
    private bool MayChoke(double bytesPerSecond) =>
        load.BytesPerSecondOfLink / bytesPerSecond >= BusyShare
        || load.LongestLine / bytesPerSecond >= settings.SeedNode.ProbeTimeout.TotalSeconds / 2;
}
