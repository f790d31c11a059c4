using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>Finds the nodes that a selector means, at the moment when the fault strikes.</summary>
internal sealed class TargetSelection(RunRecord world, AddressPlan plan)
{
    private readonly Dictionary<string, IReadOnlyList<NodeAddress>> struck = [];

    public void Remember(string faultId, IReadOnlyList<NodeAddress> nodes) => struck[faultId] = nodes;

    /// <summary>Whom a fault struck; nobody when it has not struck yet.</summary>
    public IReadOnlyList<NodeAddress> StruckBy(string faultId) => struck.GetValueOrDefault(faultId) ?? [];

    /// <summary>
    /// The nodes, each once. Named ones are taken whatever their state; picks are made among those that can be struck.
    /// </summary>
    /// <param name="canBeStruck">For picks: by default, the nodes that run.</param>
    public IReadOnlyList<NodeAddress> Resolve(
        NodeSelector selector, ref NodeRandom random, Func<NodeAddress, bool>? canBeStruck = null)
    {
        if (selector.Fault is { } fault) return StruckBy(fault);
        if (selector.Address is { } address) return [NodeAddress.Parse(address)];
        if (selector.Index is { } places)
            return [.. places.Distinct().Select(place => plan[FirstOf(selector.Role) + place])];
        return Pick(selector, [.. NodesOf(selector.Role).Where(canBeStruck ?? world.IsUp)], ref random);
    }

    /// <summary>Only who is down can start again; after formation everybody has run once.</summary>
    public bool IsDown(NodeAddress node) => !world.IsUp(node);

    public IReadOnlyList<NodeAddress> Everybody() => [.. Enumerable.Range(0, plan.Count).Select(index => plan[index])];

    private int FirstOf(NodeRole role) => role == NodeRole.Seed ? 0 : plan.SeedNodes;

    private IEnumerable<NodeAddress> NodesOf(NodeRole role) => Enumerable
        .Range(FirstOf(role), role == NodeRole.Seed ? plan.SeedNodes : plan.Peers)
        .Select(index => plan[index]);

    private List<NodeAddress> Pick(NodeSelector selector, List<NodeAddress> candidates, ref NodeRandom random)
    {
        var wanted = selector.Fraction is { } fraction
            ? (int)Math.Round(fraction * candidates.Count)
            : selector.Count ?? 1;
        if (selector.Pick == NodePick.HighestDegree)
            return [.. candidates.OrderByDescending(world.DegreeOf).ThenBy(node => node).Take(wanted)];
        var shuffled = candidates.ToArray();
        random.Shuffle<NodeAddress>(shuffled);
        return [.. shuffled.Take(wanted)];
    }
}
