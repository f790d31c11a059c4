using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>Which links of the network a fault strikes.</summary>
public abstract record LinkScope
{
    private protected LinkScope()
    {
    }
}

/// <summary>Every link.</summary>
public sealed record AllLinks : LinkScope;

/// <summary>Every link with an end in these nodes, in both directions.</summary>
public sealed record LinksOf(IReadOnlyCollection<NodeAddress> Nodes) : LinkScope;

/// <summary>
/// Every link between different groups; who is in no group is a group of its own with the others left.
/// </summary>
public sealed record BetweenGroups(IReadOnlyList<IReadOnlyCollection<NodeAddress>> Groups) : LinkScope;

/// <summary>What travels from some nodes to others; unless it is one way, what comes back too.</summary>
public sealed record FromTo(
    IReadOnlyCollection<NodeAddress> From, IReadOnlyCollection<NodeAddress> To, bool OneWay) : LinkScope;
