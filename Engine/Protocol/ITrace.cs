namespace GossipSim.Engine.Protocol;

/// <summary>Hears what nodes and their hosts report, in the order of each node.</summary>
public interface ITrace
{
    void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent);

    /// <summary>Whether it has a use for reports of this kind. Asked once, before the first.</summary>
    bool Wants(EventKind kind) => true;
}
