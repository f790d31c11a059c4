using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>The simulated network under the scenario's words.</summary>
internal sealed class RunningSimulation(SimulatedNetwork network) : IRunningNetwork
{
    public Instant Now => network.Now;

    public void At(Instant time, Action act) => network.At(time, act);

    public void Start(NodeAddress node) => network.Start(node);

    public void StartAt(Instant time, NodeAddress node) => network.StartAt(time, node);

    public void Crash(NodeAddress node, string faultId) => network.Crash(node, faultId);

    public void Restart(NodeAddress node, DiskState disk) => network.Restart(node, disk);

    public void Pause(NodeAddress node) => network.Pause(node);

    public void Resume(NodeAddress node) => network.Resume(node);

    public void Inject(NodeAddress node, ProtocolTimer timer) => network.Inject(node, timer);

    public void InjectAt(Instant time, NodeAddress node, ProtocolTimer timer) =>
        network.InjectAt(time, node, timer);

    public void Impair(string faultId, Impairment impairment) => network.Impair(faultId, impairment);

    public void WhenDone(Action act) => act();

    public void Mend(string faultId) => network.Mend(faultId);

    public void SlowDown(NodeAddress node, DistributionSettings? processingDelayMs) => network.SlowDown(
        node, processingDelayMs is null ? null : NetworkModels.ProcessingDelayOf(processingDelayMs));

    public void SkewClock(NodeAddress node, ClockSkew skew) => network.SkewClock(node, skew);
}
