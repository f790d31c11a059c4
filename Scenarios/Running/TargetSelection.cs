using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>Finds the nodes that a selector means, at the moment when the fault strikes.</summary>
internal sealed class TargetSelection(RunRecord world, AddressPlan plan)
{
    private readonly Dictionary<string, IReadOnlyList<NodeAddress>> struck = [];

    public void Remember(string faultId, IReadOnlyList<NodeAddress> nodes) => struck[faultId] = nodes;

    /// <summary>The nodes, each once; those that no longer run are left out of picks but not of lists by name.</summary>
    public IReadOnlyList<NodeAddress> Resolve(NodeSelector selector, ref NodeRandom random)
    {
        if (selector.Fault is { } fault) return struck.GetValueOrDefault(fault) ?? [];
        if (selector.Address is { } address) return [NodeAddress.Parse(address)];
        if (selector.Index is { } places) return [.. places.Distinct().Select(place => plan[FirstOf(selector.Role) + place])];
        return Pick(selector, Living(selector.Role), ref random);
    }

    public IReadOnlyList<NodeAddress> Everybody() => [.. Enumerable.Range(0, plan.Count).Select(index => plan[index])];

    private int FirstOf(NodeRole role) => role == NodeRole.Seed ? 0 : plan.SeedNodes;

    private List<NodeAddress> Living(NodeRole role)
    {
        var count = role == NodeRole.Seed ? plan.SeedNodes : plan.Peers;
        return [.. Enumerable.Range(FirstOf(role), count).Select(index => plan[index]).Where(world.IsUp)];
    }

    private List<NodeAddress> Pick(NodeSelector selector, List<NodeAddress> living, ref NodeRandom random)
    {
        var wanted = selector.Fraction is { } fraction
            ? (int)Math.Round(fraction * living.Count)
            : selector.Count ?? 1;
        if (selector.Pick == NodePick.HighestDegree)
            return [.. living.OrderByDescending(world.DegreeOf).ThenBy(node => node).Take(wanted)];
        var shuffled = living.ToArray();
        random.Shuffle<NodeAddress>(shuffled);
        return [.. shuffled.Take(wanted)];
    }
}
