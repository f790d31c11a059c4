using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Who got which message by which event: the cause of a delivery is what gave it to the previous hop.
/// </summary>
internal sealed class GossipCauses
{
    /// <summary>Messages remembered, the latest ones; our choice, so that long runs need bounded memory.</summary>
    private const int RememberedMessages = 1024;

    private readonly Dictionary<GossipKey, long[]> holders = [];
    private readonly Queue<GossipKey> order = [];
    private readonly Dictionary<NodeAddress, int> indexOf = [];

    public long? HolderOf(GossipKey message, NodeAddress node)
    {
        if (!holders.TryGetValue(message, out var seqs)) return null;
        var index = IndexOf(node);
        return index < seqs.Length && seqs[index] > 0 ? seqs[index] : null;
    }

    public void Note(GossipKey message, NodeAddress node, long seq)
    {
        var index = IndexOf(node);
        if (!holders.TryGetValue(message, out var seqs))
        {
            if (order.Count == RememberedMessages) holders.Remove(order.Dequeue());
            order.Enqueue(message);
            seqs = [];
        }

        if (index >= seqs.Length) Array.Resize(ref seqs, Math.Max(index + 1, indexOf.Count));
        seqs[index] = seq;
        holders[message] = seqs;
    }

    private int IndexOf(NodeAddress node)
    {
        if (!indexOf.TryGetValue(node, out var index)) indexOf.Add(node, index = indexOf.Count);
        return index;
    }
}
