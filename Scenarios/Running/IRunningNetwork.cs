using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// What a scenario does to a network while it runs, simulated or real. Words as in the scenario's faults.
/// </summary>
internal interface IRunningNetwork
{
    Instant Now { get; }

    /// <summary>Lets something happen at a time, between inputs of nodes; at equal times in the order asked.</summary>
    void At(Instant time, Action act);

    /// <summary>The first process at an address that was kept for it.</summary>
    void Start(NodeAddress node);

    /// <summary>The same at a time, without keeping the other nodes waiting; a time that is past means now.</summary>
    void StartAt(Instant time, NodeAddress node);

    void Crash(NodeAddress node, string faultId);

    void Restart(NodeAddress node, DiskState disk);

    void Pause(NodeAddress node);

    void Resume(NodeAddress node);

    void Inject(NodeAddress node, ProtocolTimer timer);

    /// <summary>The same at a time, without keeping the other nodes waiting; a time that is past means now.</summary>
    void InjectAt(Instant time, NodeAddress node, ProtocolTimer timer);

    void Impair(string faultId, Impairment impairment);

    void Mend(string faultId);

    /// <summary>Lets something happen when all that was asked for is done; in the simulator that is now.</summary>
    void WhenDone(Action act);

    /// <param name="processingDelayMs">What each input takes; null for full speed.</param>
    void SlowDown(NodeAddress node, DistributionSettings? processingDelayMs);

    void SkewClock(NodeAddress node, ClockSkew skew);
}
