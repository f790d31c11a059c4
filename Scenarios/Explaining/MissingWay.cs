using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>Why no chain of links leads from anybody who has the message to a running peer.</summary>
internal sealed class MissingWay(RunHistory history, MessageAnswer told, EndLinks overlay)
{
    private readonly NodeState node = told.Node;

    public Explanation<ReachReason> Explain()
    {
        if (CutFromAll() is { } cut)
        {
            told.Steps.Add(cut.Began, $"{cut.Strike.Word} {cut.Strike.FaultId} began; it lasts to the end");
            return told.With(
                ReachReason.CutOff,
                $"The {cut.Strike.Word} {cut.Strike.FaultId}, since {told.Time(cut.Began)}, keeps {node.Address} from "
                + $"all {told.Holders.Live.Count} peers that have it.");
        }

        var hasLinks = overlay.Of(node.Index).Count > 0;
        if (!hasLinks && history.Faults.IsolatingAt(history.End, node.Address) is { } fault)
        {
            told.Steps.Add(fault.Began, $"{fault.Strike.Word} {fault.Strike.FaultId} began; it lasts to the end");
            return told.With(
                ReachReason.IsolatedByFault,
                $"{node.Address} has no link, and the {fault.Strike.Word} {fault.Strike.FaultId}, which may keep it "
                + $"from exchanging messages with others, has struck it since {told.Time(fault.Began)}.");
        }

        if (!hasLinks && !node.IsRegistered)
            return told.With(
                ReachReason.NotAMember,
                node.EverRegistered
                    ? $"{node.Address} runs, but its membership was ended and it has not become a member again."
                    : $"{node.Address} runs, but it never became a member.");
        if (BrokenLink() is { } broken)
        {
            var (holder, ended) = broken;
            var address = history.Nodes[holder].Address;
            told.Steps.Add(ended, $"the link between {address} and {node.Address} ended, or {address} itself");
            return told.With(
                ReachReason.LinkBrokenOnTheWay,
                $"{address} had it while linked to {node.Address}, and the link ended at {told.Time(ended)} before "
                + "the message had passed; no other way was there at the end.");
        }

        return hasLinks
            ? told.With(
                ReachReason.NoHolderWasConnected,
                $"{node.Address} has links, but none of the peers that it reaches over them has the message: the "
                + "overlay was in parts.")
            : told.With(
                ReachReason.NotLinked,
                $"{node.Address} is a member without a link: there was nobody to get it from.");
    }

    /// <summary>The fault that separates the peer from a holder, if each holder is separated from it.</summary>
    private LastingFault? CutFromAll()
    {
        LastingFault? found = null;
        foreach (var holder in told.Holders.Live.Order())
        {
            var cut = history.Faults.CutAt(history.End, history.Nodes[holder].Address, node.Address);
            if (cut is null) return null;
            found ??= cut;
        }

        return found;
    }

    /// <summary>
    /// Of all links with somebody who had the message then, the last to end. Half a link carries no gossip: what counts
    /// is the time during which both ends listed each other and the holder's process lived.
    /// </summary>
    private (int Holder, Instant Ended)? BrokenLink()
    {
        (int Holder, Instant Ended)? last = null;
        foreach (var (holder, at) in Possessions())
        {
            var gone = history.LifeOf(holder).EndAfter(at);
            foreach (var here in history.LifeOf(node.Index).LinksTo(holder))
            {
                if (here.Began < node.StartedAt) continue;
                foreach (var there in history.LifeOf(holder).LinksTo(node.Index))
                {
                    var began = Later(Later(here.Began, there.Began), at);
                    if (Earlier(Earlier(here.Ended, there.Ended), gone) is not { } ended || ended <= began) continue;
                    if (!(last?.Ended >= ended)) last = (holder, ended);
                }
            }
        }

        return last;
    }

    private static Instant Later(Instant one, Instant other) => one > other ? one : other;

    private static Instant? Earlier(Instant? one, Instant? other) =>
        one is { } first && other is { } second ? (first < second ? first : second) : one ?? other;

    private IEnumerable<(int Node, Instant At)> Possessions()
    {
        if (told.Message is { PublishedAt: { } published, Key: { } key })
            yield return (history.Nodes.Of(key.Origin).Index, published);
        foreach (var receipt in told.Message.Receipts) yield return (receipt.Node, receipt.At);
    }
}
