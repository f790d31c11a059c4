using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Publications, first receipts and duplicates. A delivery costs 16 bytes and no object; 4 more in a run small enough
/// to draw who got a message from whom.
/// </summary>
/// <param name="keepsSenders">Whether it is.</param>
internal sealed class GossipRecord(bool keepsSenders = false)
{
    /// <summary>Our choice: a row of two pixels for each peer still fits on a page.</summary>
    public const int MostPeersWithSenders = 400;

    private readonly Dictionary<GossipKey, MessageRecord> byKey = [];
    private readonly List<MessageRecord> messages = [];
    private Gossip? latestGossip;
    private MessageRecord? latest;

    public IReadOnlyList<MessageRecord> Messages => messages;

    /// <summary>When a message was last published; the beginning of time before the first.</summary>
    public Instant LastPublication { get; private set; }

    public long Deliveries { get; private set; }

    public long Duplicates { get; private set; }

    /// <param name="live">Peers and links at this moment.</param>
    /// <param name="lagging">Live peers that are not registered or have no link.</param>
    public void Publish(NodeState node, Instant now, Gossip gossip, OverlayCount live, int lagging)
    {
        var message = Find(gossip, node.Index);
        (message.PublishedAt, message.LivePeersThen) = (now, live.Peers);
        (message.PeersThen, message.LinksThen) = (live.Peers - lagging, live.Links);
        LastPublication = now;
    }

    public void Deliver(
        NodeState node, Instant now, Gossip gossip, long hops, NodeAddress sender, NodeTable nodes)
    {
        Deliveries++;
        var message = ReferenceEquals(gossip, latestGossip) ? latest! : Find(gossip, nodes.Of(gossip.Origin).Index);
        var crossed = (short)Math.Min(hops, short.MaxValue);
        message.Add(
            new Receipt(now, node.Index, crossed, gossip.Recovered), keepsSenders ? nodes.Of(sender).Index : null);
    }

    /// <param name="gossip">The message that was known already; null where the reporter does not say.</param>
    public void Duplicate(Gossip? gossip)
    {
        Duplicates++;
        if (gossip is null) return;
        var message = ReferenceEquals(gossip, latestGossip) ? latest : byKey.GetValueOrDefault(gossip.Key);
        if (message is not null) message.Duplicates++;
    }

    /// <summary>A peer took a message for a duplicate of another one under the same id (SOURCES D1).</summary>
    public void Swallow(Gossip gossip, NodeTable nodes) => Find(gossip, nodes.Of(gossip.Origin).Index).Swallowed++;

    private MessageRecord Find(Gossip gossip, int origin)
    {
        if (!byKey.TryGetValue(gossip.Key, out var message))
        {
            message = new MessageRecord(gossip.Key, gossip.Id, origin);
            byKey.Add(gossip.Key, message);
            messages.Add(message);
        }

        (latestGossip, latest) = (gossip, message);
        return message;
    }
}
