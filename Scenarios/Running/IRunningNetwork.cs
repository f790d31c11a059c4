using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// What a scenario does to a network while it runs, simulated or real. Words as in the scenario's faults.
/// </summary>
internal interface IRunningNetwork
{
    void Crash(NodeAddress node, string faultId);

    void Restart(NodeAddress node, DiskState disk);

    void Pause(NodeAddress node);

    void Resume(NodeAddress node);

    void Inject(NodeAddress node, ProtocolTimer timer);

    void Partition(string faultId, IReadOnlyList<IReadOnlyCollection<NodeAddress>> groups);

    void Heal(string faultId);

    void LoseOn(string faultId, IReadOnlyCollection<NodeAddress>? nodes, double probability);

    void StopLosing(string faultId);
}
