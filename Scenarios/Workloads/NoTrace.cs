using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Workloads;

/// <summary>Is told nothing.</summary>
internal sealed class NoTrace : ITrace
{
    public bool Wants(EventKind kind) => false;

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
    }
}
