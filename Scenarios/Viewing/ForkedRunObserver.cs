using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Viewing;

/// <summary>Tells how far a run is, and leaves all else to another observer.</summary>
internal sealed class ForkedRunObserver(IRunObserver observer, Action<Instant> reached) : IRunObserver
{
    public RunRecord World => observer.World;

    public TrafficCounting Traffic => observer.Traffic;

    public bool Wants(EventKind kind) => observer.Wants(kind);

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        observer.Report(node, now, protocolEvent);

    public void Reached(Instant now, long inputs)
    {
        reached(now);
        observer.Reached(now, inputs);
    }

    public void MarkScenarioStart(Instant now) => observer.MarkScenarioStart(now);

    public void MarkEnd(Instant now) => observer.MarkEnd(now);
}
