using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>Which assumptions the faults of a run have taken away so far, and in which words.</summary>
internal sealed class BrokenAssumptions(RunFacts facts)
{
    private readonly HashSet<NodeAddress> liars = [];
    private readonly LostMemories lost = new(facts);
    private bool hasUnfaithfulLinks;

    public void Observe(NodeAddress node, in ProtocolEvent e)
    {
        lost.Observe(node, e);
        if (e.Kind != EventKind.FaultStruck) return;
        var strike = (FaultStrike)e.Detail!;
        if (strike.Word is "byzantine" or "sybil") liars.UnionWith(strike.Groups.SelectMany(group => group));
        if (strike.Word is "duplicate" or "reorder") hasUnfaithfulLinks = true;
    }

    public bool IsLiar(NodeAddress node) => liars.Contains(node);

    /// <summary>Why a promise need not hold in this run; null when all that it assumes is there.</summary>
    public string? ExcuseFor(Assumption assumed)
    {
        var lyingSeedNodes = liars.Count(facts.SeedNodes.Contains);
        var bound = (2 * facts.Quorum) - facts.SeedNodes.Count - 1;
        if (assumed.HasFlag(Assumption.FewLyingSeedNodes) && lyingSeedNodes > bound)
            return $"{lyingSeedNodes} of {facts.SeedNodes.Count} seed nodes lie, and a quorum of {facts.Quorum} "
                + $"stands at most {Math.Max(0, bound)}";
        if (assumed.HasFlag(Assumption.HonestPeers) && liars.Count > lyingSeedNodes)
            return $"{liars.Count - lyingSeedNodes} peers lie, and nothing they pass on is signed";
        if (assumed.HasFlag(Assumption.LinksLikeTcp) && hasUnfaithfulLinks)
            return "links duplicate or reorder messages, which TCP does not";
        if (assumed.HasFlag(Assumption.MemoryOfQuorum) && lost.MostAtOnce >= facts.Quorum)
            return $"{lost.MostAtOnce} of {facts.SeedNodes.Count} seed nodes were without their disks at once, and "
                + $"nobody remembers what a quorum of {facts.Quorum} voted for";
        return null;
    }
}
