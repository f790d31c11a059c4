using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Replaying;

/// <summary>Sees a simulated run input by input, and changes nothing in it.</summary>
internal interface ISimulationWatch
{
    /// <summary>
    /// A node has handled an input; what it did has not left it yet. Calls for different nodes may overlap where
    /// several threads simulate; those for one node come in its order.
    /// </summary>
    void Handled(NodeAddress node, in Input input, IReadOnlyList<Output> outputs);

    /// <summary>
    /// Between inputs of all nodes; all that happened so far happened until now, and nothing else. May keep the run
    /// waiting.
    /// </summary>
    void Reached(Instant now);
}
