using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// The latencies of single links as a run measured them: from the publication of a message to its first receipt at the
/// origin's own neighbors, one hop away.
/// </summary>
internal static class MeasuredLatency
{
    /// <summary>Null when no message came to a neighbor.</summary>
    public static LatencyModel? Of(RunRecord record)
    {
        var samples = new List<double>();
        foreach (var message in record.Gossip.Messages)
        {
            if (message.PublishedAt is not { } published) continue;
            foreach (ref readonly var receipt in message.Receipts)
                if (receipt.Hops == 1 && !receipt.Recovered) samples.Add((receipt.At - published).TotalMilliseconds);
        }

        if (samples.Count == 0) return null;
        // One tick of the virtual clock: loopback is faster than any network that people configure.
        return new EmpiricalLatency([.. samples]) { Shortest = TimeSpan.FromMicroseconds(1) };
    }
}
