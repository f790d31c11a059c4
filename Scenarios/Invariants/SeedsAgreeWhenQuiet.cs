using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// All live seed nodes hold equal lists. Who lost its disk counts as soon as a quorum of others is there to learn from.
/// </summary>
internal sealed class SeedsAgreeWhenQuiet() : Invariant("seedsAgreeWhenQuiet")
{
    public override bool NeedsQuiet => true;

    public override Assumption Assumes => Assumption.FewLyingSeedNodes;

    public override void AtQuiet(RunRecord world, Instant now)
    {
        if (world.Membership.SeedsAgree) return;
        var live = world.Nodes.SeedNodes.Where(seedNode => seedNode is { IsUp: true, IsLiar: false }).ToList();
        var voting = live.Where(seedNode => !seedNode.IsLearning).ToList();
        var differences = Differences(world, voting.Count < world.Facts.Quorum ? voting : live);
        if (differences.Length == 0) return;
        Violate($"the lists of the live seed nodes differ: {differences}", now, [.. world.Facts.SeedNodes]);
    }

    private static string Differences(RunRecord world, List<NodeState> seedNodes)
    {
        var differing = world.Nodes.All.Where(node => seedNodes
            .Select(seedNode => world.Membership.EntryAt(seedNode.Index, node.Index)).Distinct().Count() > 1);
        return string.Join("; ", differing.Take(3).Select(node => string.Join(
            ", ", seedNodes.Select(seedNode =>
                $"{seedNode.Address} has {world.Membership.EntryAt(seedNode.Index, node.Index)}"))));
    }
}
