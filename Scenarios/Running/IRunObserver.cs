using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>Whoever keeps what a run reports: with a results folder, or for its measurements alone.</summary>
internal interface IRunObserver : ITrace
{
    /// <summary>
    /// The state of the run so far, for choosing targets and for knowing when the network has formed.
    /// </summary>
    RunRecord World { get; }

    /// <summary>How exactly it wants to know what nodes sent, by kind of message.</summary>
    TrafficCounting Traffic => TrafficCounting.None;

    /// <summary>How far a simulation is, told often and also when nobody reports anything.</summary>
    /// <param name="inputs">Handled by nodes so far.</param>
    void Reached(Instant now, long inputs)
    {
    }

    void MarkScenarioStart(Instant now);

    void MarkEnd(Instant now);
}
