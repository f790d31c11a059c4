using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>
/// Who has a message at the end of the run: whoever published or received it in a process that still runs and has not
/// left. What a process had ended with it.
/// </summary>
internal sealed class MessageHolders
{
    private readonly Dictionary<int, Instant> live = [];
    private readonly HashSet<int> ever = [];

    public MessageHolders(RunHistory history, LoggedMessage message)
    {
        if (message is { PublishedAt: { } published, Key: { } key })
            Note(history.Nodes.Of(key.Origin), published);
        foreach (var receipt in message.Receipts) Note(history.Nodes[receipt.Node], receipt.At);
    }

    /// <summary>Indices of the nodes that have it at the end.</summary>
    public IReadOnlyCollection<int> Live => live.Keys;

    /// <summary>Indices of all nodes that ever had it.</summary>
    public IReadOnlyCollection<int> Ever => ever;

    public bool Has(int node) => live.ContainsKey(node);

    /// <summary>Since when a node has it that has it at the end.</summary>
    public Instant Since(int node) => live[node];

    private void Note(NodeState node, Instant at)
    {
        ever.Add(node.Index);
        if (node.IsLivePeer && node.StartedAt <= at) live.TryAdd(node.Index, at);
    }
}
