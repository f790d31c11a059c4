using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>
/// All messages of a log by id text. By id and not by key: whoever forges an origin's count makes two messages of one
/// key. A receipt costs 40 bytes, so that a log of a million lines stays within some 100 MB.
/// </summary>
internal sealed class MessageIndex(NodeTable nodes)
{
    private readonly Dictionary<string, LoggedMessage> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<GossipKey, List<LoggedMessage>> byKey = [];
    private readonly List<LoggedMessage> messages = [];

    public IReadOnlyList<LoggedMessage> All => messages;

    public LoggedMessage? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>All messages that claim this origin, epoch and count; more than one when somebody lies.</summary>
    public IReadOnlyList<LoggedMessage> Named(GossipKey key) => byKey.GetValueOrDefault(key) ?? [];

    public void Note(in LoggedEvent e)
    {
        if (e.Event.Detail is GossipKey givenUp)
        {
            foreach (var message in Named(givenUp))
                message.Add(new Refusal(e.At, IndexOf(e.Node), IndexOf(e.About), GaveUp, e.Seq));
            return;
        }

        // Only of a duplicate it may be unknown which message it was, and nothing is told of duplicates.
        if (e.Event.Detail is not LoggedGossip gossip) return;
        var known = Of(gossip, e);
        switch (e.Kind)
        {
            case EventKind.GossipPublished:
                known.Publish(e.At, e.Seq);
                break;
            case EventKind.GossipDelivered:
                known.Add(new Handover(
                    e.At, IndexOf(e.Node), IndexOf(e.About), (int)e.Event.Number, gossip.Recovered, e.Seq));
                break;
            case EventKind.GossipRefused:
                known.Add(new Refusal(e.At, IndexOf(e.Node), IndexOf(e.About), gossip.Why ?? "", e.Seq));
                break;
        }
    }

    /// <summary>The word for what a peer no longer asks for, beside the words that it refuses with.</summary>
    public const string GaveUp = "gaveUp";

    private LoggedMessage Of(LoggedGossip gossip, in LoggedEvent e)
    {
        if (byId.TryGetValue(gossip.Id, out var message)) return message;
        message = new LoggedMessage(messages.Count + 1, gossip.Id, gossip.Key) { FirstSeenAt = e.At };
        byId.Add(gossip.Id, message);
        messages.Add(message);
        if (gossip.Key is not { } key) return message;
        if (byKey.TryGetValue(key, out var named)) named.Add(message);
        else byKey.Add(key, [message]);
        return message;
    }

    private int IndexOf(NodeAddress node) => nodes.Of(node).Index;
}
