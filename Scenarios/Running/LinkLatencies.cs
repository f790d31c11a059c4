using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// The latencies of single links as a run measures them: from the moment at which a peer passed a message on to the
/// message's arrival at the neighbor, late copies included, so that fast links are not overrepresented.
/// </summary>
internal sealed class LinkLatencies
{
    /// <summary>Our choice: more samples would not move a percentile.</summary>
    private const int SampleLimit = 200_000;

    private readonly Dictionary<(GossipKey, NodeAddress), Instant> held = [];
    private readonly List<double> samplesMs = [];

    public void Observe(NodeAddress node, Instant now, in ProtocolEvent e)
    {
        if (samplesMs.Count == SampleLimit || e.Detail is not Gossip { Recovered: false } gossip) return;
        if (e.Kind == EventKind.GossipPublished) held[(gossip.Key, node)] = now;
        if (e.Kind is not (EventKind.GossipDelivered or EventKind.GossipDuplicate)) return;
        if (held.TryGetValue((gossip.Key, e.About), out var sent))
            samplesMs.Add(Math.Max(0, (now - sent).TotalMilliseconds));
        if (e.Kind == EventKind.GossipDelivered) held.TryAdd((gossip.Key, node), now);
    }

    /// <summary>
    /// Null without a sample. On loopback a link has no length: what a message takes is queueing,
    /// anew for each message.
    /// </summary>
    public LatencyModel? ToModel() => samplesMs.Count == 0
        ? null
        : new DrawnLatency(new EmpiricalDistribution([.. samplesMs]))
        {
            // One tick of the virtual clock: loopback is faster than any network that people configure.
            Shortest = TimeSpan.FromMicroseconds(1),
            VariesPerMessage = true,
        };
}
