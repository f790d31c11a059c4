using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Shrinking;

/// <summary>Scenarios with fewer nodes, the smallest first: they cost least. Faults follow their targets.</summary>
internal static class PopulationReduction
{
    public static IEnumerable<Scenario> Peers(Scenario scenario) => Sizes(scenario.Peers.Count).SelectMany(count =>
    {
        var smaller = scenario with
        {
            Peers = scenario.Peers with { Count = count },
            Overlay = scenario.Overlay with
            {
                Links = scenario.Overlay.Links is { } links
                    ? [.. links.Where(link => link.All(peer => peer < count))]
                    : null,
            },
            Gossip = scenario.Gossip with
            {
                Publishers = scenario.Gossip.Publishers with
                {
                    Count = Math.Min(count, scenario.Gossip.Publishers.Count),
                },
            },
        };
        return Variants(smaller, scenario, NodeRole.Peer, count, scenario.Peers.Count);
    });

    public static IEnumerable<Scenario> SeedNodes(Scenario scenario) =>
        Sizes(scenario.SeedNodes.Count).SelectMany(count =>
        {
            var smaller = scenario with { SeedNodes = scenario.SeedNodes with { Count = count } };
            return Variants(smaller, scenario, NodeRole.Seed, count, scenario.SeedNodes.Count);
        });

    /// <summary>Those who publish, and how much.</summary>
    public static IEnumerable<Scenario> Workload(Scenario scenario)
    {
        foreach (var count in Sizes(scenario.Gossip.Publishers.Count).Prepend(0))
        {
            if (count >= scenario.Gossip.Publishers.Count) continue;
            var publishers = scenario.Gossip.Publishers with { Count = count };
            yield return scenario with { Gossip = scenario.Gossip with { Publishers = publishers } };
        }

        foreach (var most in Sizes(scenario.Gossip.MaxMessagesPerPeer))
            yield return scenario with { Gossip = scenario.Gossip with { MaxMessagesPerPeer = most } };
    }

    /// <summary>1, 2, 3, ... and from 8 on in steps of a half, below what there is.</summary>
    private static IEnumerable<int> Sizes(int below)
    {
        const int Small = 8;
        for (var size = 1; size < below; size += Math.Max(1, size < Small ? 1 : size / 2)) yield return size;
        // The last steps down one by one: a ladder alone would stop above the smallest.
        if (below > Small + 1) yield return below - 1;
    }

    /// <summary>Faults on nodes that are no more strike others instead, or nobody.</summary>
    private static IEnumerable<Scenario> Variants(
        Scenario smaller, Scenario larger, NodeRole role, int count, int before)
    {
        yield return smaller with
        {
            Faults = [.. larger.Faults.Select(fault => Fitted(FaultSelectors.Replace(
                fault, selector => Folded(selector, role, count, before)), count))],
        };
        yield return smaller with
        {
            Faults = [.. larger.Faults.Select(fault => Fitted(FaultSelectors.Replace(
                fault, selector => Cut(selector, role, count)), count)).Where(StrikesSomebody)],
        };
    }

    /// <summary>As many of them as there were, in proportion.</summary>
    private static NodeSelector Folded(NodeSelector selector, NodeRole role, int count, int before)
    {
        if (selector.Role != role) return selector;
        if (selector.Index is not { } places) return Counted(selector, count);
        var most = Math.Max(1, (int)Math.Round((double)places.Count * count / before));
        return selector with { Index = [.. places.Select(place => place % count).Distinct().Take(most).Order()] };
    }

    private static NodeSelector Cut(NodeSelector selector, NodeRole role, int count)
    {
        if (selector.Role != role) return selector;
        return selector.Index is { } places
            ? selector with { Index = [.. places.Where(place => place < count)] }
            : Counted(selector, count);
    }

    private static NodeSelector Counted(NodeSelector selector, int count) =>
        selector.Count > count ? selector with { Count = count } : selector;

    /// <summary>Not more newcomers than there are peers.</summary>
    private static ScheduledFault Fitted(ScheduledFault fault, int count) => fault switch
    {
        ScheduledJoin join when join.Count > count => join with { Count = count },
        ScheduledSybil sybil when sybil.Count > count => sybil with { Count = count },
        _ => fault,
    };

    private static bool StrikesSomebody(ScheduledFault fault) =>
        FaultSelectors.Of(fault).All(each => each.Selector.Index is not { Count: 0 });
}
