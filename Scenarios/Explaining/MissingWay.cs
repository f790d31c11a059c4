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

        if (overlay.Of(node.Index).Count == 0 && !node.IsRegistered)
            return told.With(
                ReachReason.NotAMember,
                node.EverRegistered
                    ? $"{node.Address} runs, but its membership was ended and it has not become a member again."
                    : $"{node.Address} runs, but it never became a member.");
        if (BrokenLink() is { } broken)
        {
            var (holder, ended) = broken;
            var address = history.Nodes[holder].Address;
            told.Steps.Add(ended, $"the link between {address} and {node.Address} ended");
            return told.With(
                ReachReason.LinkBrokenOnTheWay,
                $"{address} had it while linked to {node.Address}, and the link ended at {told.Time(ended)} before "
                + "the message had passed; no other way was there at the end.");
        }

        return overlay.Of(node.Index).Count == 0
            ? told.With(
                ReachReason.NotLinked,
                $"{node.Address} is a member without a link: there was nobody to get it from.")
            : told.With(
                ReachReason.NoHolderWasConnected,
                $"{node.Address} has links, but none of the peers that it reaches over them has the message: the "
                + "overlay was in parts.");
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

    /// <summary>Of all links with somebody who had the message then, the last to end.</summary>
    private (int Holder, Instant Ended)? BrokenLink()
    {
        (int Holder, Instant Ended)? last = null;
        foreach (var (holder, at) in Possessions())
        {
            foreach (var span in history.LifeOf(node.Index).LinksTo(holder))
            {
                if (span.Ended is not { } ended || ended <= at || ended < node.StartedAt) continue;
                if (!StoodAtTheOtherEnd(holder, span, at)) continue;
                if (!(last?.Ended >= ended)) last = (holder, ended);
            }
        }

        return last;
    }

    private bool StoodAtTheOtherEnd(int holder, in LifeHistory.LinkSpan span, Instant at)
    {
        var from = span.Began > at ? span.Began : at;
        foreach (var other in history.LifeOf(holder).LinksTo(node.Index))
            if (other.Covers(from)) return true;
        return false;
    }

    private IEnumerable<(int Node, Instant At)> Possessions()
    {
        if (told.Message is { PublishedAt: { } published, Key: { } key })
            yield return (history.Nodes.Of(key.Origin).Index, published);
        foreach (var receipt in told.Message.Receipts) yield return (receipt.Node, receipt.At);
    }
}
