using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>Keeps of a run what its measurements need, and leaves no files.</summary>
internal sealed class MeasuringObserver(RunFacts facts) : IRunObserver
{
    public RunRecord World { get; } = new(facts);

    public TrafficCounting Traffic { get; init; }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        World.Report(node, now, protocolEvent);

    public bool Wants(EventKind kind) => World.Wants(kind);

    public void MarkScenarioStart(Instant now) => World.MarkScenarioStart(now);

    public void MarkEnd(Instant now) => World.MarkEnd(now);
}
