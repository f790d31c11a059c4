using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Shrinking;

/// <summary>
/// Rewrites faults by what they did in a run: whoever was struck by name, when it was, once for each time. Then every
/// strike can be left out for itself, and no fault changes its targets because another one is gone.
/// </summary>
internal sealed class ExplicitTargets(AddressPlan plan)
{
    public Scenario Of(Scenario scenario, IReadOnlyList<Strike> strikes) => scenario with
    {
        Faults = [.. scenario.Faults.SelectMany(fault => Explicit(
            fault, [.. strikes.Where(strike => strike.Fault.FaultId == fault.Id)]))],
    };

    private IEnumerable<ScheduledFault> Explicit(ScheduledFault fault, IReadOnlyList<Strike> strikes)
    {
        for (var time = 0; time < strikes.Count; time++)
        {
            var once = Named(fault, strikes[time].Fault) with
            {
                // The virtual clock counts microseconds.
                AtSeconds = Math.Round(strikes[time].AtSeconds, 6), AfterEvent = null, EverySeconds = null,
                Spares = null,
            };
            yield return strikes.Count == 1
                ? once
                : once with { Id = string.Create(CultureInfo.InvariantCulture, $"{fault.Id}-{time + 1}") };
        }
    }

    /// <summary>With the nodes in place of their description; as it was where one selector cannot name them.</summary>
    private ScheduledFault Named(ScheduledFault fault, FaultStrike strike)
    {
        switch (fault)
        {
            case ScheduledPartition partition:
                // Every node is in one group, so whoever the others do not name is the last one.
                return partition with
                {
                    Groups =
                    [
                        .. strike.Groups[..^1].Select(group => PartitionGroup.Of(Names(group))), PartitionGroup.Rest,
                    ],
                };
            case ScheduledCut cut when Name(strike.Groups[0]) is { } from && Name(strike.Groups[1]) is { } to:
                return cut with { From = from, To = to };
            case NodeFault node when Name(strike.Groups[0]) is { } target:
                return node with { Target = target };
            case LinkFault { Target: not null } link when Name(strike.Groups[0]) is { } target:
                return link with { Target = target };
            default:
                return fault;
        }
    }

    private NodeSelector? Name(NodeAddress[] nodes) => Names(nodes) is [var only] ? only : null;

    private List<NodeSelector> Names(NodeAddress[] nodes)
    {
        var places = nodes.Select(plan.IndexOf).Order().ToList();
        var names = new List<NodeSelector>();
        Add(NodeRole.Seed, places.Where(plan.IsSeedNode), 0);
        Add(NodeRole.Peer, places.Where(place => !plan.IsSeedNode(place)), plan.SeedNodes);
        return names;

        void Add(NodeRole role, IEnumerable<int> among, int first)
        {
            List<int> index = [.. among.Select(place => place - first)];
            if (index.Count > 0) names.Add(new NodeSelector { Role = role, Index = index });
        }
    }
}
