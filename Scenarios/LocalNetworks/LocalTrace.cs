using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>
/// Where the reports of a network that people drive meet, one at a time: they are recorded and judged, and a peer that
/// gets its first link begins to publish (SOURCES S24, S27).
/// </summary>
internal sealed class LocalTrace(RunRecording recording, InvariantWatch? invariants, GossipSettings gossip) : ITrace
{
    private readonly Lock gate = new();
    private readonly PublishingStart publishing = new(gossip);

    public IHostedNetwork? Network { get; set; }

    public RunRecord World => recording.Record;

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        lock (gate)
        {
            recording.Report(node, now, protocolEvent);
            invariants?.Report(node, now, protocolEvent);
        }

        publishing.Observe(node, protocolEvent, Network);
    }

    public void Locked(Action act)
    {
        lock (gate) act();
    }

    public T Locked<T>(Func<T> ask)
    {
        lock (gate) return ask();
    }
}
