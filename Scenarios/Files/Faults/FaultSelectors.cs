namespace GossipSim.Scenarios.Files;

/// <summary>Every selector that a fault holds, with its place in the fault.</summary>
internal static class FaultSelectors
{
    public static IEnumerable<(string Path, NodeSelector Selector)> Of(ScheduledFault fault) => fault switch
    {
        ScheduledByzantine { Victim: { } victim } liar => [("target", liar.Target), ("victim", victim)],
        NodeFault node => [("target", node.Target)],
        LinkFault { Target: { } target } => [("target", target)],
        ScheduledCut cut => [("from", cut.From), ("to", cut.To)],
        ScheduledPartition partition => partition.Groups.SelectMany((group, index) =>
            (group.Selectors ?? []).Select((selector, place) => ($"groups[{index}][{place}]", selector))),
        _ => [],
    };

    /// <summary>The same fault with every selector replaced.</summary>
    public static ScheduledFault Replace(ScheduledFault fault, Func<NodeSelector, NodeSelector> change) => fault switch
    {
        ScheduledByzantine { Victim: { } victim } liar =>
            liar with { Target = change(liar.Target), Victim = change(victim) },
        NodeFault node => node with { Target = change(node.Target) },
        LinkFault { Target: { } target } link => link with { Target = change(target) },
        ScheduledCut cut => cut with { From = change(cut.From), To = change(cut.To) },
        ScheduledPartition partition => partition with
        {
            Groups = [.. partition.Groups.Select(group => group.Selectors is { } selectors
                ? PartitionGroup.Of([.. selectors.Select(change)])
                : group)],
        },
        _ => fault,
    };
}
