using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Transmission: loss on a live link is what TCP makes of it. A lost segment is sent again after 200 ms, doubling, and
// everything behind it waits; after five in a row without an acknowledgement the link is broken. A cut loses every
// segment in its direction. Where only the way back is cut, data arrive and their acknowledgements do not: the sender
// repeats, TCP at the other end drops the copies. Acknowledgements are cumulative, so losing some of them does nothing.
public sealed partial class SimulatedNetwork
{
    private const ulong LossStream = 0x6C6F737300000001UL;
    private const ulong RepeatStream = 0x7265706561740001UL;

    /// <summary>RFC 6298 asks for at least 1 s; Linux uses 200 ms, and so do we.</summary>
    private const long FirstRetransmission = 200_000;

    private const int RetransmissionLimit = 5;

    /// <summary>
    /// Our choice, as TCP's buffers are bounded: what waits behind a lost segment beyond this breaks the link.
    /// </summary>
    private const int UnsentLimit = 4_096;

    private readonly ulong lossKey;
    private readonly ulong repeatKey;

    private void Transmit(SimulatedNode node, SimulatedLink link, Message? message, int hops)
    {
        link.LastUsed = Math.Max(now, link.LastUsed);
        var unsent = new SimulatedOutbox.Unsent(message, hops, node.NextTransmission());
        if (!link.MustWait(now) && !IsLost(node, link, unsent.Number))
        {
            Deliver(node, link, unsent);
            AwaitAcknowledgement(node, link);
            return;
        }

        var isFirst = link.UnsentCount == 0 && !link.IsTaken(now);
        Hold(node, link, unsent);
        if (isFirst || link.IsDialHeld) Stall(node, link);
        else if (!link.IsStalled) ScheduleDeparture(node, link);
    }

    private bool IsLost(SimulatedNode node, SimulatedLink link, uint number)
    {
        if (conditions.IsCut(node.Index, link.Other)) return true;
        var probability = conditions.LossProbability(node.Index, link.Other);
        return probability > 0 && Unit(lossKey, node, link, number) < probability;
    }

    /// <summary>No two repetitions on a link are at the same time, so that each has a chance of its own.</summary>
    private bool IsRepetitionLost(SimulatedNode node, SimulatedLink link)
    {
        if (conditions.IsCut(node.Index, link.Other)) return true;
        var probability = conditions.LossProbability(node.Index, link.Other);
        return probability > 0
            && Mix64.ToUnit(Mix64.Of(repeatKey ^ (ulong)node.Index, (ulong)link.Id, (ulong)now)) < probability;
    }

    /// <summary>
    /// A chance of one message, keyed by the sender's own count of messages: what befalls one shifts no other.
    /// </summary>
    private static double Unit(ulong key, SimulatedNode node, SimulatedLink link, uint number) =>
        Mix64.ToUnit(Mix64.Of(key ^ (ulong)node.Index, (ulong)link.Other, number));

    private void AwaitAcknowledgement(SimulatedNode node, SimulatedLink link)
    {
        if (!link.IsRetransmitting && conditions.IsCut(link.Other, node.Index)) BeginRetransmitting(node, link);
    }

    private void Stall(SimulatedNode node, SimulatedLink link)
    {
        link.IsStalled = true;
        if (!link.IsRetransmitting) BeginRetransmitting(node, link);
    }

    private void BeginRetransmitting(SimulatedNode node, SimulatedLink link)
    {
        link.Retransmissions = 0;
        ScheduleRetransmission(node, link);
    }

    private void ScheduleRetransmission(SimulatedNode node, SimulatedLink link) => PushOfLink(
        node, link, SimulatedEventKind.Retransmit, now + (FirstRetransmission << link.Retransmissions));

    private void Retransmit(SimulatedNode node, in SimulatedEvent input)
    {
        if (FindLink(node, input) is not { IsRetransmitting: true } link) return;
        if (link.UnsentCount > UnsentLimit)
        {
            GiveUp(node, input);
            return;
        }

        // Nothing can be said before the other end's answer to a dial.
        var isHeldBack = link.IsDialHeld
            && (IsBehindClosing(node, link) || conditions.IsCut(link.Other, node.Index));
        if (!isHeldBack && !IsRepetitionLost(node, link))
        {
            if (link.IsDialHeld) PushDial(node, link);
            link.IsStalled = false;
            SendWaiting(node, link, mayBeLost: false);
            if (!conditions.IsCut(link.Other, node.Index))
            {
                link.Retransmissions = -1;
                return;
            }
        }

        link.Retransmissions++;
        if (link.Retransmissions == RetransmissionLimit) GiveUp(node, input);
        else ScheduleRetransmission(node, link);
    }

    /// <summary>What waits leaves in order, until the link is taken by what left or something is lost.</summary>
    /// <param name="mayBeLost">Not what goes out together with a retransmission that passed.</param>
    private void SendWaiting(SimulatedNode node, SimulatedLink link, bool mayBeLost)
    {
        while (link.Outbox is { } outbox && !link.IsTaken(now) && outbox.TryPeek(out var next))
        {
            if (mayBeLost && IsLost(node, link, next.Number))
            {
                Stall(node, link);
                return;
            }

            outbox.Take();
            Deliver(node, link, next);
            AwaitAcknowledgement(node, link);
        }

        if (link.UnsentCount > 0) ScheduleDeparture(node, link);
        else if (node.Closing.Remove(link)) node.NoteEndOfClosed(link.Other, link.LastArrival);
    }

    private static SimulatedLink? FindLink(SimulatedNode node, in SimulatedEvent input)
    {
        if (node.Links.TryGetValue(input.Number, out var link) && link.Id == input.Connection) return link;
        foreach (var closing in node.Closing)
            if (closing.Id == input.Connection) return closing;
        return null;
    }

    /// <summary>The machine gives a link up; the node hears it when it comes to it.</summary>
    private void GiveUp(SimulatedNode node, in SimulatedEvent cause) =>
        Dispatch(node, cause with { Kind = SimulatedEventKind.Broken });

    /// <summary>Given up by this end; the other learns it when it sends next.</summary>
    private void Break(SimulatedNode node, in SimulatedEvent input)
    {
        if (FindLink(node, input) is not { } link || node.Closing.Remove(link)) return;
        node.Links.Remove(link.Other);
        TellLinkDown(node, nodes[link.Other].Address, input);
    }
}
