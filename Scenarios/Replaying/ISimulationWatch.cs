using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Replaying;

/// <summary>Sees a simulated run input by input, and changes nothing in it.</summary>
internal interface ISimulationWatch
{
    /// <summary>A node has handled an input; what it did has not left it yet.</summary>
    void Handled(NodeAddress node, in Input input, IReadOnlyList<Output> outputs);

    /// <summary>Between inputs; all that happened so far happened until now. May keep the run waiting.</summary>
    void Reached(Instant now);
}
