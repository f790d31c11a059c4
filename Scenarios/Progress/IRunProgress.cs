using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Progress;

/// <summary>Tells people how a run is going. Calls come from whoever reports events, one at a time.</summary>
internal interface IRunProgress : IDisposable
{
    void Observe(RunRecord record, NodeAddress node, Instant now, in ProtocolEvent protocolEvent);

    /// <summary>How far a simulation is; on TCP nobody can tell how many inputs there were.</summary>
    void Reached(Instant now, long inputs);

    void ScenarioStarted(RunRecord record, Instant now);

    void Ended(RunRecord record, Instant now);
}

/// <summary>For runs that nobody watches, such as those of an exploration.</summary>
internal sealed class SilentProgress : IRunProgress
{
    public void Observe(RunRecord record, NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
    }

    public void Reached(Instant now, long inputs)
    {
    }

    public void ScenarioStarted(RunRecord record, Instant now)
    {
    }

    public void Ended(RunRecord record, Instant now)
    {
    }

    public void Dispose()
    {
    }
}
