using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>Says whether a strike reaches any node in the state that the nodes have now, and if not, why.</summary>
internal sealed class StrikeReach(RunRecord world, TargetSelection targets)
{
    /// <summary>Nodes that a reason names; of more it gives the number.</summary>
    private const int MostNamed = 3;

    /// <returns>Null when it reaches at least one.</returns>
    public string? WhyNobody(ScheduledFault fault, FaultStrike strike)
    {
        switch (fault)
        {
            case ScheduledPartition:
                return strike.Groups.Count(group => group.Length > 0) > 1 ? null : "all nodes are on the same side";
            case ScheduledCut cut:
                if (strike.Groups[0].Length == 0) return $"nobody is at the end \"from\": {WhyNone(fault, cut.From)}";
                return strike.Groups[1].Length > 0
                    ? null
                    : $"nobody is at the end \"to\": {WhyNone(fault, cut.To)}";
            case { Struck: { } selector }:
                var nodes = strike.Groups[0];
                if (nodes.Length == 0) return WhyNone(fault, selector);
                return nodes.Any(node => CanBeStruck(fault, node)) ? null : WhyUntouched(fault, nodes);
            default:
                return null;
        }
    }

    /// <summary>The first group of a partition that has no node, in words; null when all have.</summary>
    public static string? EmptyGroup(ScheduledPartition partition, FaultStrike strike)
    {
        var named = partition.Groups.Count(group => !group.IsRest);
        for (var group = 0; group < named; group++)
            if (strike.Groups[group].Length == 0) return $"no node is in its group {group + 1}";
        return named < partition.Groups.Count && strike.Groups.Length == named ? "no node is in its group rest" : null;
    }

    private bool CanBeStruck(ScheduledFault fault, NodeAddress node) => fault switch
    {
        ScheduledRestart => targets.HasRun(node) && !world.IsUp(node),
        ScheduledCrash or ScheduledLeave or ScheduledPause or ScheduledByzantine => world.IsUp(node),
        _ => true,
    };

    private static string WhyNone(ScheduledFault fault, NodeSelector selector)
    {
        if (fault.Spares is not null) return "the nodes that it would strike are spared";
        if (selector.Fault is { } other) return $"the fault {other} has struck nobody";
        if (selector.Group is { } group) return $"no node was in the group {group} when the network had formed";
        if (selector.Fraction == 0) return "a fraction of 0 picks no node";
        if (selector.Pick == NodePick.ArticulationPoint) return "the overlay had no articulation point";
        var role = selector.Role == NodeRole.Seed ? "seed node" : "peer";
        if (fault is ScheduledRestart) return $"no {role} was down";
        return selector.Pick == NodePick.Rest ? $"no other {role} was running" : $"no {role} was running";
    }

    private string WhyUntouched(ScheduledFault fault, NodeAddress[] nodes)
    {
        var named = nodes.Length > MostNamed ? $"all {nodes.Length} nodes" : string.Join(", ", nodes);
        var verb = nodes.Length == 1 ? "was" : "were";
        if (fault is not ScheduledRestart) return $"{named} {verb} not running";
        return nodes.Any(world.IsUp) ? $"{named} {verb} running already" : $"{named} had never run";
    }
}
