using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>Whom nothing interests.</summary>
internal sealed class Nobody : ITrace
{
    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
    }
}
