using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>What the nodes of a demo are called: by their ports, as in the documents' logs.</summary>
internal sealed class DemoNames(AddressPlan plan)
{
    private bool IsSeedNode(NodeAddress node) => plan.IsSeedNode(plan.IndexOf(node));

    public int NumberOf(NodeAddress node) => plan.IndexOf(node);

    public string Of(NodeAddress node) => $"{(IsSeedNode(node) ? "seed node" : "peer")} {node.Port}";

    public string Big(NodeAddress node) => NumberWords.Capital(Of(node));

    /// <summary><c>peers 7001, 7002 and 7005</c>; all must be of one kind.</summary>
    public string Of(IReadOnlyCollection<NodeAddress> nodes)
    {
        if (nodes.Count == 0) return "nobody";
        var kind = IsSeedNode(nodes.First()) ? "seed node" : "peer";
        return $"{kind}{(nodes.Count == 1 ? "" : "s")} {Ports(nodes)}";
    }

    public static string Ports(IEnumerable<NodeAddress> nodes) =>
        NumberWords.Joined([.. nodes.Select(node => NumberWords.Digits(node.Port))]);

    public IReadOnlyList<NodeAddress> SeedNodes { get; } = plan.SeedNodeAddresses();

    public IReadOnlyList<NodeAddress> Peers { get; } =
        [.. Enumerable.Range(plan.SeedNodes, plan.Peers).Select(index => plan[index])];

    public IReadOnlyList<NodeAddress> SeedNodesBut(NodeAddress one) => [.. SeedNodes.Where(other => other != one)];
}
