using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Explaining;

/// <summary>A first receipt: who got the message from whom.</summary>
/// <param name="Node">Index of the receiver, and <paramref name="From"/> that of the sender.</param>
internal readonly record struct Handover(Instant At, int Node, int From, int Hops, bool Recovered, long Seq);

/// <summary>A peer dropped the message, or gave it up.</summary>
internal readonly record struct Refusal(Instant At, int Node, int From, string Why, long Seq);

/// <summary>One gossip message and everything the log tells of it.</summary>
internal sealed class LoggedMessage(int number, string id, GossipKey? key)
{
    private readonly List<Handover> receipts = [];
    private List<Refusal>? refusals;

    /// <summary>Its place in the log, from 1.</summary>
    public int Number { get; } = number;

    public string Id { get; } = id;

    /// <summary>Null when a line names the message that no line before it explained.</summary>
    public GossipKey? Key { get; } = key;

    /// <summary>Null for what nobody published: somebody made it up.</summary>
    public Instant? PublishedAt { get; private set; }

    public long PublishedSeq { get; private set; }

    /// <summary>When the log first names it.</summary>
    public required Instant FirstSeenAt { get; init; }

    public IReadOnlyList<Handover> Receipts => receipts;

    public IReadOnlyList<Refusal> Refusals => refusals ?? [];

    /// <summary>From here on somebody may have it.</summary>
    public Instant BeginsAt => PublishedAt ?? FirstSeenAt;

    public void Publish(Instant at, long seq) => (PublishedAt, PublishedSeq) = (at, seq);

    public void Add(in Handover receipt) => receipts.Add(receipt);

    public void Add(in Refusal refusal) => (refusals ??= []).Add(refusal);
}
