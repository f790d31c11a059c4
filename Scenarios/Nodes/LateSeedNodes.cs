using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Nodes;

/// <summary>
/// Tells running nodes the addresses of seed nodes whose names got them late, and each process that starts afterwards:
/// it starts with the list as it was at first.
/// </summary>
internal sealed class LateSeedNodes
{
    private readonly ConcurrentQueue<ProtocolTimer> found = new();

    public void Add(NodeAddress address, int place, IHostedNetwork network, IEnumerable<NodeAddress> running)
    {
        var timer = new ProtocolTimer(TimerKind.SeedNodeFound, address, place);
        found.Enqueue(timer);
        foreach (var node in running) network.Inject(node, timer);
    }

    public void Observe(NodeAddress node, in ProtocolEvent protocolEvent, IHostedNetwork? network)
    {
        if (protocolEvent.Kind != EventKind.ProcessStarted) return;
        foreach (var timer in found) network?.Inject(node, timer);
    }
}
