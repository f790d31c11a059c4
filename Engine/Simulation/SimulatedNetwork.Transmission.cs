using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Transmission: loss on a live link is what TCP makes of it. A lost segment is sent again after 200 ms, doubling, and
// everything behind it waits; after five losses in a row the link is broken. A cut loses every segment.
public sealed partial class SimulatedNetwork
{
    private const ulong LossStream = 0x6C6F737300000001UL;

    /// <summary>RFC 6298 asks for at least 1 s; Linux uses 200 ms, and so do we.</summary>
    private const long FirstRetransmission = 200_000;

    private const int RetransmissionLimit = 5;

    /// <summary>
    /// Our choice, as TCP's buffers are bounded: what waits behind a lost segment beyond this breaks the link.
    /// </summary>
    private const int UnsentLimit = 4_096;

    private readonly ulong lossKey;

    private void Transmit(SimulatedNode node, SimulatedLink link, Message? message, int hops)
    {
        link.LastUsed = Math.Max(now, link.LastUsed);
        if (!link.IsStalled && !link.IsDialHeld && !IsLost(node, link))
        {
            Deliver(node, link, message, hops);
            return;
        }

        link.Hold(message, hops);
        if (!link.IsStalled) Stall(node, link);
    }

    private void Deliver(SimulatedNode node, SimulatedLink link, Message? message, int hops)
    {
        var departure = Math.Max(now, link.ReadyAt);
        var arrival = Math.Max(departure + Latency(node, link), link.LastArrival);
        link.LastArrival = arrival;
        var kind = message is null ? SimulatedEventKind.LinkDown : SimulatedEventKind.Message;
        Push(node, link.Other, kind, arrival, link.Connection, message, hops);
    }

    private long Latency(SimulatedNode node, SimulatedLink link)
    {
        var model = options.Latency;
        if (model is { JitterFraction: 0, VariesPerMessage: false }) return link.BaseLatency;
        var unit = Mix64.ToUnit(Mix64.Of(jitterKey ^ (ulong)node.Index, (ulong)link.Other, node.NextSequence()));
        if (model.VariesPerMessage) return model.BaseMicroseconds(node.Index, link.Other, unit);
        return link.BaseLatency + (long)(link.BaseLatency * model.JitterFraction * unit);
    }

    private bool IsLost(SimulatedNode node, SimulatedLink link)
    {
        if (conditions.IsCut(node.Index, link.Other)) return true;
        var probability = conditions.LossProbability(node.Index, link.Other);
        if (probability == 0) return false;
        // Keyed by the sender's count, so that each transmission has a chance of its own.
        return Mix64.ToUnit(Mix64.Of(lossKey, (ulong)node.Index, node.NextSequence())) < probability;
    }

    private void Stall(SimulatedNode node, SimulatedLink link)
    {
        link.Retransmissions = 0;
        ScheduleRetransmission(node, link);
    }

    private void ScheduleRetransmission(SimulatedNode node, SimulatedLink link) => queue.Add(new SimulatedEvent
    {
        Time = now + (FirstRetransmission << link.Retransmissions),
        Sender = node.Index,
        Sequence = node.NextSequence(),
        Target = node.Index,
        Number = link.Other,
        Connection = link.Id,
        Kind = SimulatedEventKind.Retransmit,
    });

    private void Retransmit(SimulatedNode node, in SimulatedEvent input)
    {
        if (FindStalled(node, input) is not { } link) return;
        var isHeldBack = link.IsDialHeld && IsBehindClosing(node, link);
        if (isHeldBack || IsLost(node, link) || link.UnsentCount > UnsentLimit)
        {
            link.Retransmissions++;
            var isLastTry = link.Retransmissions == RetransmissionLimit || link.UnsentCount > UnsentLimit;
            if (isLastTry) Break(node, link, input);
            else ScheduleRetransmission(node, link);
            return;
        }

        if (link.IsDialHeld) PushDial(node, link);
        link.Retransmissions = -1;
        var wasClosing = node.Closing.Remove(link);
        while (link.TryTakeUnsent(out var unsent)) Deliver(node, link, unsent.Message, unsent.Hops);
        if (wasClosing) node.NoteEndOfClosed(link.Other, link.LastArrival);
    }

    private static SimulatedLink? FindStalled(SimulatedNode node, in SimulatedEvent input)
    {
        if (node.Links.TryGetValue(input.Number, out var link) && link.Id == input.Connection)
            return link.IsStalled ? link : null;
        foreach (var closing in node.Closing)
            if (closing.Id == input.Connection) return closing;
        return null;
    }

    /// <summary>Given up by this end; the other learns it when it sends next.</summary>
    private void Break(SimulatedNode node, SimulatedLink link, in SimulatedEvent cause)
    {
        if (node.Closing.Remove(link)) return;
        node.Links.Remove(link.Other);
        TellLinkDown(node, nodes[link.Other].Address, cause);
    }
}
