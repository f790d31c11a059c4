namespace GossipSim.Engine.Protocol;

/// <summary>
/// Remembers across crashes. One duty of order: what is persisted in a call is durable
/// before that call's messages leave.
/// </summary>
public interface IStableStore
{
    void Persist(NodeAddress node, StableRecord record);
}
