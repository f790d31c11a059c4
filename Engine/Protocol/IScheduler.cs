namespace GossipSim.Engine.Protocol;

/// <summary>Hands a timer back to its node after a span of the node's own clock.</summary>
public interface IScheduler
{
    void SetTimer(NodeAddress node, ProtocolTimer timer, TimeSpan after);
}
