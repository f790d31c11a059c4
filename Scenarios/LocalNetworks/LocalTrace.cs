using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>
/// Where the reports of a network that people drive meet, one at a time: they are recorded and judged, and a peer that
/// gets its first link begins to publish (SOURCES S24, S27).
/// </summary>
internal sealed class LocalTrace(RunRecording recording, InvariantWatch? invariants, GossipSettings gossip) : ITrace
{
    private readonly Lock gate = new();
    private readonly HashSet<NodeAddress> publishers = [];

    public IHostedNetwork? Network { get; set; }

    public RunRecord World => recording.Record;

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        lock (gate)
        {
            recording.Report(node, now, protocolEvent);
            invariants?.Report(node, now, protocolEvent);
            if (protocolEvent.Kind == EventKind.ProcessStarted) publishers.Remove(node);
            if (protocolEvent.Kind == EventKind.NeighborAdded && publishers.Add(node)) Publish(node);
        }
    }

    public void Locked(Action act)
    {
        lock (gate) act();
    }

    public T Locked<T>(Func<T> ask)
    {
        lock (gate) return ask();
    }

    private void Publish(NodeAddress peer)
    {
        if (gossip.Publishers.Count == 0) return;
        var offset = TimeSpan.FromMilliseconds(Random.Shared.Next(gossip.IntervalMs));
        _ = Task.Delay(offset).ContinueWith(
            _ => Network?.Inject(peer, new ProtocolTimer(TimerKind.StartPublishing)), TaskScheduler.Default);
    }
}
