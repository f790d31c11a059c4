using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>All live seed nodes hold equal lists.</summary>
internal sealed class SeedsAgreeWhenQuiet() : Invariant("seedsAgreeWhenQuiet")
{
    public override bool NeedsQuiet => true;

    public override Assumption Assumes => Assumption.FewLyingSeedNodes;

    public override void AtQuiet(RunRecord world, Instant now)
    {
        if (world.Membership.SeedsAgree) return;
        Violate($"the lists of the live seed nodes differ: {Differences(world)}", now, [.. world.Facts.SeedNodes]);
    }

    private static string Differences(RunRecord world)
    {
        var live = world.Nodes.SeedNodes.Where(seedNode => seedNode is { IsUp: true, IsLiar: false }).ToList();
        var differing = world.Nodes.All.Where(node =>
            live.Select(seedNode => world.Membership.EntryAt(seedNode.Index, node.Index)).Distinct().Count() > 1);
        return string.Join("; ", differing.Take(3).Select(node => string.Join(
            " / ",
            live.Select(seedNode => $"{seedNode.Address}: {world.Membership.EntryAt(seedNode.Index, node.Index)}"))));
    }
}
