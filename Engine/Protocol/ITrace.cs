namespace GossipSim.Engine.Protocol;

/// <summary>Hears what nodes and their hosts report, in the order of each node.</summary>
public interface ITrace
{
    void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent);

    /// <summary>
    /// Whether reports of this kind are listened to; asked once, before the first. What nobody wants costs nothing.
    /// </summary>
    bool Wants(EventKind kind) => true;
}
