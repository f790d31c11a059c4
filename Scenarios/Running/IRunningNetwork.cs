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

    void Impair(string faultId, Impairment impairment);

    void Mend(string faultId);

    /// <summary>With null the node is at full speed again.</summary>
    void SlowDown(NodeAddress node, LatencyModel? processingDelay);

    /// <summary>With the default the clock is right again.</summary>
    void SkewClock(NodeAddress node, ClockSkew skew);
}
