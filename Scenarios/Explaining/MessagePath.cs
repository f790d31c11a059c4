using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>The way of a message to a peer, hop by hop, back to who published it or made it up.</summary>
internal sealed class MessagePath
{
    private readonly List<Handover> hops = [];

    /// <exception cref="EventLogException">An honest peer passed on what the log never gave it.</exception>
    public MessagePath(RunHistory history, LoggedMessage message, Handover last)
    {
        var origin = message is { PublishedAt: not null, Key: { } key } ? history.Nodes.Of(key.Origin).Index : -1;
        var at = last;
        while (true)
        {
            hops.Add(at);
            // First, because an origin that started anew can have got its own message back.
            if (EarlierReceipt(message, at) is { } earlier)
            {
                at = earlier;
                continue;
            }

            if (at.From != origin || message.PublishedAt > at.At) RequireLiar(history, message, at);
            break;
        }

        hops.Reverse();
        Begin = hops[0].From;
        IsMadeUp = Begin != origin;
    }

    /// <summary>From the first hop to the last.</summary>
    public IReadOnlyList<Handover> Hops => hops;

    /// <summary>Who handed it to the first of them.</summary>
    public int Begin { get; }

    /// <summary>Whether it begins at somebody who neither published nor received it.</summary>
    public bool IsMadeUp { get; }

    public void Tell(RunHistory history, LoggedMessage message, ExplainedSteps steps)
    {
        var first = history.Nodes[Begin].Address;
        if (IsMadeUp)
            steps.Add(hops[0].At, $"{first}, a byzantine node, sent it without having got it from anybody");
        else
            steps.Add(message.PublishedAt!.Value, $"{first} published it", message.PublishedSeq);
        foreach (var hop in hops)
        {
            var (to, from) = (history.Nodes[hop.Node].Address, history.Nodes[hop.From].Address);
            var how = hop.Recovered ? ", which it had asked for or which had been asked for before" : "";
            steps.Add(hop.At, $"{to} got it from {from} (hop {hop.Hops}){how}", hop.Seq);
        }
    }

    // The latest before the hop: after a restart the same node can have got it again.
    private static Handover? EarlierReceipt(LoggedMessage message, in Handover hop)
    {
        Handover? found = null;
        foreach (var receipt in message.Receipts)
            if (receipt.Node == hop.From && receipt.Seq < hop.Seq) found = receipt;
        return found;
    }

    private static void RequireLiar(RunHistory history, LoggedMessage message, in Handover hop)
    {
        var from = history.Nodes[hop.From].Address;
        foreach (var fault in history.Faults.All)
            if (fault.Began <= hop.At && fault.MakesByzantine(from)) return;
        throw new EventLogException(
            $"the log is not whole: event {hop.Seq} says that {from} passed on {message.Id}, "
            + "and no event before it says how it got it");
    }
}
