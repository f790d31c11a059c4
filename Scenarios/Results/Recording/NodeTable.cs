using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// All addresses that a run spoke of, numbered in the order in which they were first named. Those of the plan are found
/// by arithmetic, for a million nodes as for ten; strangers in a dictionary.
/// </summary>
internal sealed class NodeTable
{
    private readonly AddressPlan? plan;
    private readonly NodeState?[] planned;
    private readonly Dictionary<ulong, NodeState> strangers = [];
    private readonly NodeAddress[] seedAddresses;
    private readonly List<NodeState> nodes = [];
    private readonly List<NodeState> seedNodes = [];

    public NodeTable(IReadOnlyList<NodeAddress> seedAddresses, AddressPlan? plan = null)
    {
        this.seedAddresses = [.. seedAddresses];
        this.plan = plan;
        planned = new NodeState?[plan?.Count ?? 0];
        foreach (var address in seedAddresses) seedNodes.Add(Of(address));
    }

    public IReadOnlyList<NodeState> All => nodes;

    /// <summary>The configured seed nodes; their index is their place in this list.</summary>
    public IReadOnlyList<NodeState> SeedNodes => seedNodes;

    public NodeState this[int index] => nodes[index];

    /// <summary>There are few: looking at each costs less than a hash.</summary>
    public bool IsSeedNode(NodeAddress address) => Array.IndexOf(seedAddresses, address) >= 0;

    public NodeState? Find(NodeAddress address) => plan is not null && plan.IndexOf(address) is >= 0 and var index
        ? planned[index]
        : strangers.GetValueOrDefault(address.Packed);

    public NodeState Of(NodeAddress address) => Find(address) ?? Add(address);

    private NodeState Add(NodeAddress address)
    {
        var node = new NodeState(nodes.Count, address, IsSeedNode(address));
        nodes.Add(node);
        if (plan is not null && plan.IndexOf(address) is >= 0 and var index) planned[index] = node;
        else strangers.Add(address.Packed, node);
        return node;
    }
}
