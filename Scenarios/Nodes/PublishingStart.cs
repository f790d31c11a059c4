using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Nodes;

/// <summary>
/// Has peers publish once there is somebody to hear it (SOURCES S27): at the first link of a process, after an offset
/// in the interval that is uniform, as in a run.
/// </summary>
internal sealed class PublishingStart(GossipSettings gossip)
{
    private readonly ConcurrentDictionary<NodeAddress, bool> publishers = new();

    public void Observe(NodeAddress node, in ProtocolEvent protocolEvent, IHostedNetwork? network)
    {
        if (protocolEvent.Kind == EventKind.ProcessStarted) publishers.TryRemove(node, out _);
        if (protocolEvent.Kind != EventKind.NeighborAdded || gossip.Publishers.Count == 0) return;
        if (!publishers.TryAdd(node, true)) return;
        var offset = TimeSpan.FromMilliseconds(Random.Shared.Next(gossip.IntervalMs));
        _ = Task.Delay(offset).ContinueWith(
            _ => network?.Inject(node, new ProtocolTimer(TimerKind.StartPublishing)), TaskScheduler.Default);
    }
}
