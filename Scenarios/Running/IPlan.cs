using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Running;

/// <summary>Where those who make things happen note what shall happen later.</summary>
internal interface IPlan
{
    /// <summary>Between inputs of nodes, which all wait for it; at equal times in the order asked.</summary>
    void At(Instant time, Action act);

    /// <summary>The first process at an address that was kept for it; no other node waits for it.</summary>
    void StartAt(Instant time, NodeAddress node);

    /// <summary>
    /// Hands a timer of the workload to whichever process runs there then; no other node waits for it.
    /// </summary>
    void InjectAt(Instant time, NodeAddress node, ProtocolTimer timer);
}
