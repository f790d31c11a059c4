using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>
/// Where the reports of a network that people drive meet, one at a time: they are recorded and judged, and a peer that
/// gets its first link begins to publish (SOURCES S24, S27).
/// </summary>
internal sealed class LocalTrace(RunRecording recording, InvariantWatch? invariants, GossipSettings gossip) : ITrace
{
    private readonly Lock gate = new();
    private readonly ForwardTime time = new();
    private readonly PublishingStart publishing = new(gossip);

    public LateSeedNodes LateSeedNodes { get; } = new();

    public IHostedNetwork? Network { get; set; }

    public RunRecord World => recording.Record;

    public void Report(NodeAddress node, Instant reported, in ProtocolEvent protocolEvent)
    {
        lock (gate)
        {
            var now = time.Of(reported);
            recording.Report(node, now, protocolEvent);
            invariants?.Report(node, now, protocolEvent);
        }

        publishing.Observe(node, protocolEvent, Network);
        LateSeedNodes.Observe(node, protocolEvent, Network);
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
