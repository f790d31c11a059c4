using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Transmission: loss on a live link is what TCP makes of it. A lost segment is sent again after 200 ms, doubling, and
// everything behind it waits; after five in a row without an acknowledgement the link is broken. A cut loses every
// segment in its direction. Where only the way back is cut, data arrive and their acknowledgements do not: the sender
// repeats, TCP at the other end drops the copies. Acknowledgements are cumulative, so losing some of them does nothing.
internal sealed partial class Worker
{
    /// <summary>RFC 6298 asks for at least 1 s; Linux uses 200 ms, and so do we.</summary>
    private const long FirstRetransmission = 200_000;

    private const int RetransmissionLimit = 5;

    /// <summary>
    /// Our choice, as TCP's buffers are bounded: what waits behind a lost segment beyond this breaks the link.
    /// </summary>
    private const int UnsentLimit = 4_096;

    private void Transmit(ref SimulatedNode node, SimulatedLink link, Message? message, int hops)
    {
        link.NoteUse(now);
        var unsent = new SimulatedOutbox.Unsent(message, hops, NeedLinks(ref node).NextTransmission());
        if (!link.MustWait(now) && !IsLost(ref node, link, unsent.Number))
        {
            Deliver(ref node, link, unsent);
            AwaitAcknowledgement(ref node, link);
            return;
        }

        var isFirst = link.UnsentCount == 0 && !link.IsTaken(now);
        Hold(ref node, link, unsent);
        if (isFirst || link.IsDialHeld) Stall(ref node, link);
        else if (!link.IsStalled) ScheduleDeparture(ref node, link);
    }

    private bool IsLost(ref SimulatedNode node, SimulatedLink link, uint number)
    {
        if (conditions.IsCut(node.Index, link.Other)) return true;
        var probability = conditions.LossProbability(node.Index, link.Other);
        return probability > 0 && Unit(world.LossKey, ref node, link, number) < probability;
    }

    /// <summary>No two repetitions on a link are at the same time, so that each has a chance of its own.</summary>
    private bool IsRepetitionLost(ref SimulatedNode node, SimulatedLink link)
    {
        if (conditions.IsCut(node.Index, link.Other)) return true;
        var probability = conditions.LossProbability(node.Index, link.Other);
        return probability > 0
            && Mix64.ToUnit(Mix64.Of(world.RepeatKey ^ (ulong)node.Index, (ulong)link.Id, (ulong)now)) < probability;
    }

    /// <summary>
    /// A chance of one message, keyed by the sender's own count of messages: what befalls one shifts no other.
    /// </summary>
    private static double Unit(ulong key, ref SimulatedNode node, SimulatedLink link, uint number) =>
        Mix64.ToUnit(Mix64.Of(key ^ (ulong)node.Index, (ulong)link.Other, number));

    private void AwaitAcknowledgement(ref SimulatedNode node, SimulatedLink link)
    {
        if (!link.IsRetransmitting && conditions.IsCut(link.Other, node.Index)) BeginRetransmitting(ref node, link);
    }

    private void Stall(ref SimulatedNode node, SimulatedLink link)
    {
        link.IsStalled = true;
        if (!link.IsRetransmitting) BeginRetransmitting(ref node, link);
    }

    private void BeginRetransmitting(ref SimulatedNode node, SimulatedLink link)
    {
        link.Retransmissions = 0;
        ScheduleRetransmission(ref node, link);
    }

    private void ScheduleRetransmission(ref SimulatedNode node, SimulatedLink link) => PushOfLink(
        ref node, link, SimulatedEventKind.Retransmit, now + (FirstRetransmission << link.Retransmissions));

    private void Retransmit(ref SimulatedNode node, in SimulatedEvent input)
    {
        if (FindLink(ref node, input) is not { IsRetransmitting: true } link) return;
        if (link.UnsentCount > UnsentLimit)
        {
            GiveUp(ref node, input);
            return;
        }

        // Nothing can be said before the other end's answer to a dial.
        var isHeldBack = link.IsDialHeld
            && (IsBehindClosing(ref node, link) || conditions.IsCut(link.Other, node.Index));
        if (!isHeldBack && !IsRepetitionLost(ref node, link))
        {
            if (link.IsDialHeld) PushDial(ref node, link);
            link.IsStalled = false;
            SendWaiting(ref node, link, mayBeLost: false);
            if (!conditions.IsCut(link.Other, node.Index))
            {
                link.Retransmissions = -1;
                return;
            }
        }

        link.Retransmissions++;
        if (link.Retransmissions == RetransmissionLimit) GiveUp(ref node, input);
        else ScheduleRetransmission(ref node, link);
    }

    /// <summary>What waits leaves in order, until the link is taken by what left or something is lost.</summary>
    /// <param name="mayBeLost">Not what goes out together with a retransmission that passed.</param>
    private void SendWaiting(ref SimulatedNode node, SimulatedLink link, bool mayBeLost)
    {
        while (link.Outbox is { } outbox && !link.IsTaken(now) && outbox.TryPeek(out var next))
        {
            if (mayBeLost && IsLost(ref node, link, next.Number))
            {
                Stall(ref node, link);
                return;
            }

            outbox.Take();
            Deliver(ref node, link, next);
            AwaitAcknowledgement(ref node, link);
        }

        if (link.UnsentCount > 0) ScheduleDeparture(ref node, link);
        else if (node.Links!.Closing.Remove(link)) node.Links.NoteEndOfClosed(link.Other, link.LastArrival);
    }

    private static SimulatedLink? FindLink(ref SimulatedNode node, in SimulatedEvent input)
    {
        if (node.Links is not { } links) return null;
        if (links.Find(input.Sender) is { } link && link.Id == input.Connection) return link;
        if (!links.HasClosing) return null;
        foreach (var closing in links.Closing)
            if (closing.Id == input.Connection) return closing;
        return null;
    }

    /// <summary>The machine gives a link up; the node hears it when it comes to it.</summary>
    private void GiveUp(ref SimulatedNode node, in SimulatedEvent cause) =>
        Dispatch(ref node, cause with { Kind = SimulatedEventKind.Broken });

    /// <summary>Given up by this end; the other learns it when it sends next.</summary>
    private void Break(ref SimulatedNode node, in SimulatedEvent input)
    {
        if (FindLink(ref node, input) is not { } link || node.Links!.Closing.Remove(link)) return;
        node.Links.Remove(link.Other);
        TellLinkDown(ref node, AddressOf(link.Other), input);
    }
}
