using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>All addresses that a run spoke of, numbered in the order in which they were first named.</summary>
internal sealed class NodeTable
{
    private readonly Dictionary<ulong, NodeState> byAddress = [];
    private readonly HashSet<NodeAddress> seedAddresses;
    private readonly List<NodeState> nodes = [];
    private readonly List<NodeState> seedNodes = [];

    public NodeTable(IReadOnlyList<NodeAddress> seedAddresses)
    {
        this.seedAddresses = [.. seedAddresses];
        foreach (var address in seedAddresses) seedNodes.Add(Of(address));
    }

    public IReadOnlyList<NodeState> All => nodes;

    /// <summary>The configured seed nodes; their index is their place in this list.</summary>
    public IReadOnlyList<NodeState> SeedNodes => seedNodes;

    public NodeState this[int index] => nodes[index];

    public bool IsSeedNode(NodeAddress address) => seedAddresses.Contains(address);

    public NodeState? Find(NodeAddress address) => byAddress.GetValueOrDefault(address.Packed);

    public NodeState Of(NodeAddress address)
    {
        if (byAddress.TryGetValue(address.Packed, out var node)) return node;
        node = new NodeState(nodes.Count, address, seedAddresses.Contains(address));
        byAddress.Add(address.Packed, node);
        nodes.Add(node);
        return node;
    }
}
