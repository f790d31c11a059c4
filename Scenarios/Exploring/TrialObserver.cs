using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Exploring;

/// <summary>A fault when it struck: whom, and at which second of scenario time.</summary>
internal sealed record Strike(FaultStrike Fault, double AtSeconds);

/// <summary>Keeps of a trial its world, whom the faults struck, and which states nodes went through.</summary>
internal sealed class TrialObserver(RunFacts facts, StateCoverage? coverage) : IRunObserver
{
    private readonly List<Strike> strikes = [];

    public RunRecord World { get; } = new(facts);

    public IReadOnlyList<Strike> Strikes => strikes;

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        World.Report(node, now, protocolEvent);
        if (protocolEvent.Kind == EventKind.FaultStruck)
            strikes.Add(new Strike((FaultStrike)protocolEvent.Detail!, World.SecondsAt(now)));
        coverage?.Report(node, now, protocolEvent);
    }

    public void MarkScenarioStart(Instant now) => World.MarkScenarioStart(now);

    public void MarkEnd(Instant now) => World.MarkEnd(now);
}
