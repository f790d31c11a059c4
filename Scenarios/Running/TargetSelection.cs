using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>Finds the nodes that a selector means, at the moment when the fault strikes.</summary>
internal sealed class TargetSelection
{
    private readonly Scenario scenario;
    private readonly AddressPlan plan;
    private readonly RunRecord world;
    private readonly Dictionary<string, IReadOnlyList<NodeAddress>> struck = [];
    private readonly Dictionary<string, IReadOnlyList<NodeAddress>> groups = [];
    private readonly Dictionary<string, NodeRandom> streams = [];

    /// <summary>Settles who is in the scenario's groups.</summary>
    public TargetSelection(Scenario scenario, AddressPlan plan, RunRecord world)
    {
        (this.scenario, this.plan, this.world) = (scenario, plan, world);
        foreach (var group in scenario.Groups)
        {
            var random = Streams.OfFault(scenario.RandomSeed, $"group {group.Name}");
            var members = new List<NodeAddress>();
            foreach (var selector in group.Nodes) members.AddRange(Resolve(selector, ref random, members, world.IsUp));
            groups[group.Name] = members;
        }
    }

    public void Remember(string faultId, IReadOnlyList<NodeAddress> nodes) => struck[faultId] = nodes;

    /// <summary>The groups of nodes that a fault strikes now, as <see cref="FaultStrike.Groups"/> has them.</summary>
    public NodeAddress[][] GroupsOf(ScheduledFault fault)
    {
        var random = StreamOf(fault);
        NodeAddress[][] found = fault switch
        {
            ScheduledRestart restart => [Resolve(restart.Target, ref random, [], IsDown)],
            NodeFault node => [Resolve(node.Target, ref random, [], world.IsUp)],
            LinkFault { Target: { } target } => [Resolve(target, ref random, [], world.IsUp)],
            ScheduledCut cut => EndsOf(cut, ref random),
            ScheduledPartition partition => SidesOf(partition, ref random),
            _ => [],
        };
        // A repeated fault draws on, or it would strike the same nodes each time.
        streams[fault.Id] = random;
        return found;
    }

    /// <summary>The one that all liars of a fault lie about; none when nobody is left.</summary>
    public NodeAddress VictimOf(ScheduledByzantine liar)
    {
        var random = Streams.OfFault(scenario.RandomSeed, $"{liar.Id} victim");
        return Resolve(liar.Victim!, ref random, StruckBy(liar.Id), world.IsUp).FirstOrDefault();
    }

    public bool HasRun(NodeAddress node) => world.Nodes.Find(node) is { EverStarted: true };

    private NodeRandom StreamOf(ScheduledFault fault) =>
        streams.TryGetValue(fault.Id, out var random) ? random : Streams.OfFault(scenario.RandomSeed, fault.Id);

    /// <summary>Whom a fault struck; nobody when it has not struck yet.</summary>
    private IReadOnlyList<NodeAddress> StruckBy(string faultId) => struck.GetValueOrDefault(faultId) ?? [];

    private NodeAddress[][] EndsOf(ScheduledCut cut, ref NodeRandom random)
    {
        var from = Resolve(cut.From, ref random, [], world.IsUp);
        return [from, Resolve(cut.To, ref random, from, world.IsUp)];
    }

    /// <summary>Every node is in one group: who is named by no selector is in the last one, "rest" or not.</summary>
    private NodeAddress[][] SidesOf(ScheduledPartition partition, ref NodeRandom random)
    {
        var taken = new HashSet<NodeAddress>();
        var sides = new List<NodeAddress[]>();
        foreach (var group in partition.Groups.Where(group => !group.IsRest))
        {
            var side = new List<NodeAddress>();
            foreach (var selector in group.Selectors!)
                side.AddRange(Resolve(selector, ref random, taken, world.IsUp).Where(taken.Add));
            sides.Add([.. side]);
        }

        NodeAddress[] rest = [.. Everybody().Where(node => !taken.Contains(node))];
        if (rest.Length > 0) sides.Add(rest);
        return [.. sides];
    }

    /// <summary>
    /// The nodes, each once. Named ones are taken whatever their state; picks are made among those that can be struck
    /// and are not taken.
    /// </summary>
    private NodeAddress[] Resolve(
        NodeSelector selector, ref NodeRandom random, IReadOnlyCollection<NodeAddress> taken,
        Func<NodeAddress, bool> canBeStruck)
    {
        if (selector.Fault is { } fault) return [.. StruckBy(fault)];
        if (selector.Group is { } group) return [.. groups[group]];
        if (selector.Address is { } address) return [NodeAddress.Parse(address)];
        if (selector.Index is { } places)
            return [.. places.Distinct().Select(place => plan[FirstOf(selector.Role) + place])];
        // Half of a million nodes may be taken: each is looked up once, not searched for.
        var excluded = taken as HashSet<NodeAddress> ?? [.. taken];
        var candidates = NodesOf(selector.Role).Where(node => canBeStruck(node) && !excluded.Contains(node)).ToList();
        return Pick(selector, candidates, ref random);
    }

    /// <summary>Only who is down can start again; who has never run is not down.</summary>
    private bool IsDown(NodeAddress node) => HasRun(node) && !world.IsUp(node);

    private IEnumerable<NodeAddress> Everybody() => Enumerable.Range(0, plan.Count).Select(index => plan[index]);

    private int FirstOf(NodeRole role) => role == NodeRole.Seed ? 0 : plan.SeedNodes;

    private IEnumerable<NodeAddress> NodesOf(NodeRole role) => Enumerable
        .Range(FirstOf(role), role == NodeRole.Seed ? plan.SeedNodes : plan.Peers)
        .Select(index => plan[index]);

    /// <summary>The nearest whole number, and at least one for a fraction above 0.</summary>
    private static int NumberOf(double fraction, int candidates) =>
        Math.Max(fraction > 0 ? 1 : 0, (int)Math.Round(fraction * candidates));

    private NodeAddress[] Pick(NodeSelector selector, List<NodeAddress> candidates, ref NodeRandom random)
    {
        var wanted = selector.Fraction is { } fraction
            ? NumberOf(fraction, candidates.Count)
            : selector.Count ?? 1;
        switch (selector.Pick)
        {
            case NodePick.Rest:
                return [.. candidates];
            case NodePick.HighestDegree:
                return [.. candidates.OrderByDescending(world.DegreeOf).ThenBy(node => node).Take(wanted)];
            case NodePick.ArticulationPoint:
                var able = candidates.ToHashSet();
                return [.. LiveOverlay.ArticulationPointsOf(world).Where(able.Contains).Take(wanted)];
            default:
                var shuffled = candidates.ToArray();
                random.Shuffle<NodeAddress>(shuffled);
                return shuffled[..Math.Min(wanted, shuffled.Length)];
        }
    }
}
