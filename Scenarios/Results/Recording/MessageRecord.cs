using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>A peer got a message for the first time in the life of its process.</summary>
/// <param name="Node">Index of the peer.</param>
internal readonly record struct Receipt(Instant At, int Node, short Hops, bool Recovered);

/// <summary>One gossip message and everybody who got it.</summary>
internal sealed class MessageRecord(GossipKey key, string id, int origin)
{
    private Receipt[] receipts = [];
    private int[]? senders;
    private int count;

    public GossipKey Key { get; } = key;

    public string Id { get; } = id;

    /// <summary>Index of the publishing peer.</summary>
    public int Origin { get; } = origin;

    /// <summary>Null when its publication was never seen.</summary>
    public Instant? PublishedAt { get; set; }

    /// <summary>Live peers when it was published, linked or not, its origin among them.</summary>
    public int LivePeersThen { get; set; }

    /// <summary>Live, linked peers when it was published, its origin among them.</summary>
    public int PeersThen { get; set; }

    /// <summary>Links between live peers when it was published.</summary>
    public int LinksThen { get; set; }

    /// <summary>Later copies, which their receivers dropped.</summary>
    public long Duplicates { get; set; }

    /// <summary>First copies that their receivers took for another message's, because the ids are the same.</summary>
    public long Swallowed { get; set; }

    public ReadOnlySpan<Receipt> Receipts => receipts.AsSpan(0, count);

    /// <summary>Indexes of those from whom the receipts came, in the same order; empty in a large run.</summary>
    public ReadOnlySpan<int> Senders => senders.AsSpan(0, senders is null ? 0 : count);

    /// <param name="sender">From whom, by index; null where that is not kept.</param>
    public void Add(in Receipt receipt, int? sender = null)
    {
        if (count == receipts.Length) Array.Resize(ref receipts, Math.Max(8, receipts.Length * 2));
        if (sender is { } from)
        {
            if (senders is null || senders.Length < receipts.Length) Array.Resize(ref senders, receipts.Length);
            senders[count] = from;
        }

        receipts[count++] = receipt;
    }
}
