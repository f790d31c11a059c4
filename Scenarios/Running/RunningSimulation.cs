using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Scenarios.Running;

/// <summary>The simulated network under the scenario's words.</summary>
internal sealed class RunningSimulation(SimulatedNetwork network) : IRunningNetwork
{
    public void Crash(NodeAddress node, string faultId) => network.Crash(node, faultId);

    public void Restart(NodeAddress node, DiskState disk) => network.Restart(node, disk);

    public void Pause(NodeAddress node) => network.Pause(node);

    public void Resume(NodeAddress node) => network.Resume(node);

    public void Inject(NodeAddress node, ProtocolTimer timer) => network.Inject(node, timer);

    public void Partition(string faultId, IReadOnlyList<IReadOnlyCollection<NodeAddress>> groups) =>
        network.Partition(faultId, groups);

    public void Heal(string faultId) => network.Heal(faultId);

    public void LoseOn(string faultId, IReadOnlyCollection<NodeAddress>? nodes, double probability) =>
        network.LoseOn(faultId, nodes, probability);

    public void StopLosing(string faultId) => network.StopLosing(faultId);
}
