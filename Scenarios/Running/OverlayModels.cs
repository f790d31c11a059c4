using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>From the words of a scenario to the rule that its peers follow.</summary>
internal static class OverlayModels
{
    /// <param name="peers">Those of the beginning: a planned overlay has a place for each, and for nobody else.</param>
    public static OverlayRule RuleOf(Scenario scenario, AddressPlan plan, int peers)
    {
        var overlay = scenario.Overlay;
        return overlay.Rule switch
        {
            OverlayRuleName.PreferentialAttachment => new PreferentialAttachment(),
            OverlayRuleName.TopHalf => new TopHalf(),
            OverlayRuleName.ZipfRank => new ZipfRank(overlay.ZipfExponent!.Value, overlay.ZipfRankBy!.Value),
            OverlayRuleName.Uniform => new UniformAttachment(),
            OverlayRuleName.Ring => new PlannedOverlay(plan, peers, Ring.Links(peers)),
            OverlayRuleName.SmallWorld => new PlannedOverlay(plan, peers, SmallWorld.Links(
                peers, overlay.LinksPerJoin.Range!.From, overlay.RewiringProbability!.Value,
                (ulong)scenario.RandomSeed)),
            OverlayRuleName.Complete => new Complete(),
            OverlayRuleName.FromFile => new PlannedOverlay(
                plan, peers, [.. overlay.Links!.Select(link => (link[0], link[1]))]),
            _ => throw new ArgumentOutOfRangeException(nameof(scenario), overlay.Rule, "no such rule"),
        };
    }

    public static LinkCount LinksPerJoin(OverlaySettings overlay) => overlay.LinksPerJoin.Range is { } range
        ? LinkCount.Between(range.From, range.To)
        : LinkCount.FloorHalfPlusOne;
}
