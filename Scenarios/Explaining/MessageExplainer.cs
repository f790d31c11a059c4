using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>
/// Why a message reached a peer or did not, by the state of the run at its end and the events before it. The steps of
/// the answer follow the order of <see cref="ReachReason"/>.
/// </summary>
internal sealed class MessageExplainer(RunHistory history)
{
    /// <summary>The width of an origin's window (DESIGN section 5): what lies below it counts as seen.</summary>
    private const int WindowWidth = 64;

    /// <exception cref="EventLogException">The log contradicts itself.</exception>
    public Explanation<ReachReason> Explain(LoggedMessage message, NodeAddress peer)
    {
        var node = history.Nodes.Of(peer);
        var told = new MessageAnswer(history, message, node);
        if (node.IsSeedNode)
            return told.With(ReachReason.IsASeedNode, $"{peer} is a seed node, and those take no part in gossip.");
        return Reached(told) ?? PeerItself(told) ?? MessageItself(told) ?? WayBetween(told);
    }

    private Explanation<ReachReason>? Reached(MessageAnswer told)
    {
        var (message, node) = (told.Message, told.Node);
        if (message.PublishedAt is { } published && message.Key is { } key && key.Origin == node.Address)
        {
            told.Steps.Add(published, $"{node.Address} published it", message.PublishedSeq);
            return told.With(
                ReachReason.IsTheOrigin, $"{node.Address} published it itself, at {told.Time(published)}.");
        }

        foreach (var receipt in message.Receipts)
        {
            if (receipt.Node != node.Index) continue;
            var path = new MessagePath(history, message, receipt);
            path.Tell(history, message, told.Steps);
            var from = history.Nodes[receipt.From].Address;
            var since = message.PublishedAt is { } start
                ? FormattableString.Invariant($"{(receipt.At - start).TotalMilliseconds:0.###} ms after publication")
                : "though nobody published it";
            return receipt.Recovered
                ? told.With(
                    ReachReason.RecoveredByRequest,
                    $"Flooding missed it, and {node.Address} got it from {from} because it was asked for (IWANT), at "
                    + $"{told.Time(receipt.At)}, {since}.")
                : told.With(
                    ReachReason.DeliveredByFlood,
                    $"It was flooded to {node.Address} over {path.Hops.Count} hop(s), the last one from {from}, at "
                    + $"{told.Time(receipt.At)}, {since}.");
        }

        return null;
    }

    private Explanation<ReachReason>? PeerItself(MessageAnswer told)
    {
        var (message, node) = (told.Message, told.Node);
        var (begin, life) = (message.BeginsAt, history.LifeOf(node.Index));
        told.TellPublication();
        told.TellLife(begin);
        if (!node.EverStarted)
            return told.With(ReachReason.NeverStarted, $"{node.Address} never started.");
        if (!node.IsUp)
        {
            var crash = life.Last(EventKind.ProcessCrashed)!.Value;
            return crash.At <= begin
                ? told.With(
                    ReachReason.CrashedBefore,
                    $"{node.Address} had crashed at {told.Time(crash.At)}, before the message was there, and never "
                    + "came back.")
                : told.With(
                    ReachReason.CrashedBeforeItArrived,
                    $"{node.Address} crashed at {told.Time(crash.At)}, before the message had come, and never came "
                    + "back.");
        }

        if (node.HasLeft)
        {
            var left = life.Last(EventKind.Left)!.Value;
            return left.At <= begin
                ? told.With(
                    ReachReason.LeftBefore,
                    $"{node.Address} had left the network at {told.Time(left.At)}, before the message was there.")
                : told.With(
                    ReachReason.LeftBeforeItArrived,
                    $"{node.Address} left the network at {told.Time(left.At)}, before the message had come.");
        }

        if (!node.IsPaused) return Untaken(told);
        var pause = life.Last(EventKind.ProcessPaused)!.Value;
        return told.With(
            ReachReason.Paused, $"{node.Address} has been paused since {told.Time(pause.At)} and handles nothing.");
    }

    private Explanation<ReachReason>? Untaken(MessageAnswer told)
    {
        var node = told.Node;
        var why = WhyUntaken(told.Message, node);
        if (why is null) return null;
        told.TellRefusals();
        return told.With(why.Value, why.Value switch
        {
            ReachReason.BelowWindow =>
                $"{node.Address} already had gossip of the same origin that is newer by {WindowWidth} or more; what is "
                + "that old counts as seen and is neither asked for nor taken.",
            ReachReason.RefusedAsForged =>
                $"{node.Address} holds another message under the same origin, epoch and count: one of the two is "
                + "forged, and the first to come stays.",
            ReachReason.RefusedForRoom => $"{node.Address} refused it: it knows as many origins as it has room for.",
            ReachReason.SwallowedByItsId =>
                $"{node.Address} took it for a duplicate: it knows another message under the same id "
                + "(gossip.messageIdFormat without a port).",
            ReachReason.GaveUp =>
                $"{node.Address} heard of it when no neighbor had its text any more, and gave it up.",
            _ => throw new InvalidOperationException($"{why} is no refusal"),
        });
    }

    /// <summary>Why a running process does not take the message; null when it would.</summary>
    internal ReachReason? WhyUntaken(LoggedMessage message, NodeState node)
    {
        foreach (var refusal in message.Refusals)
        {
            if (refusal.Node != node.Index || refusal.At < node.StartedAt) continue;
            switch (refusal.Why)
            {
                case "old": return ReachReason.BelowWindow;
                case "forged": return ReachReason.RefusedAsForged;
                case "full": return ReachReason.RefusedForRoom;
                case "sameId": return ReachReason.SwallowedByItsId;
                case MessageIndex.GaveUp: return ReachReason.GaveUp;
                // A stranger's copy is dropped, and the message may still come from a neighbor.
            }
        }

        if (message.Key is not { } key) return null;
        foreach (var other in history.Messages.Named(key))
            if (other != message && HasInThisLife(other, node)) return ReachReason.RefusedAsForged;
        return HighestOf(key, node) - key.Number >= WindowWidth ? ReachReason.BelowWindow : null;
    }

    private static bool HasInThisLife(LoggedMessage message, NodeState node)
    {
        if (message.Key?.Origin == node.Address && message.PublishedAt >= node.StartedAt) return true;
        foreach (var receipt in message.Receipts)
            if (receipt.Node == node.Index && receipt.At >= node.StartedAt) return true;
        return false;
    }

    private int HighestOf(GossipKey key, NodeState node)
    {
        var highest = 0;
        for (var number = key.Number + WindowWidth; ; number++)
        {
            var later = history.Messages.Named(key with { Number = number });
            if (later.Count == 0) return highest;
            foreach (var message in later)
                if (HasInThisLife(message, node)) highest = number;
        }
    }

    private Explanation<ReachReason>? MessageItself(MessageAnswer told)
    {
        if (told.Holders.Live.Count > 0) return null;
        told.TellHolderEnds();
        var origin = told.Message.Key is { } key ? $"{key.Origin}" : "its maker";
        return told.Holders.Ever.Count <= 1
            ? told.With(
                ReachReason.LostWithOrigin,
                $"Nobody but {origin} ever had it, and that process is gone: the message was lost with its origin.")
            : told.With(
                ReachReason.LostWithItsHolders,
                $"All {told.Holders.Ever.Count} processes that had it are gone, and it with them.");
    }

    private Explanation<ReachReason> WayBetween(MessageAnswer told)
    {
        var overlay = new EndLinks(history);
        var way = new MessageWay(history, told, overlay, this);
        return way.OverLinks() ?? new MissingWay(history, told, overlay).Explain();
    }
}
