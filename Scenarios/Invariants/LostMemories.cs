using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>Which seed nodes a fault took the disk from, and which of them have not learned again since.</summary>
internal sealed class LostMemories(RunFacts facts)
{
    private readonly HashSet<NodeAddress> forgetful = [];

    /// <summary>The most of them at any one time.</summary>
    public int MostAtOnce { get; private set; }

    public void Observe(NodeAddress node, in ProtocolEvent e)
    {
        if (e.Kind == EventKind.LearningFinished) forgetful.Remove(node);
        if (e.Kind != EventKind.FaultStruck || e.Detail is not FaultStrike { EmptiesDisks: true } strike) return;
        forgetful.UnionWith(strike.Groups.SelectMany(group => group).Where(facts.SeedNodes.Contains));
        MostAtOnce = Math.Max(MostAtOnce, forgetful.Count);
    }
}
