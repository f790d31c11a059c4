using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Queueing: where a bandwidth limits a link, each message takes the link for its bytes' time, and those behind it wait
// at their sender, who cannot keep any number of them.
public sealed partial class SimulatedNetwork
{
    /// <summary>An outbox that stays full for so long breaks its link; as long as on the TCP host.</summary>
    private const long FullOutboxDeadline = 5_000_000;

    /// <summary>When a message has left entirely, in microseconds; the link is taken until then.</summary>
    private long Depart(SimulatedNode node, SimulatedLink link, Message? message)
    {
        var earliest = Math.Max(now, link.ReadyAt);
        var bytesPerSecond = conditions.BytesPerSecond(node.Index, link.Other);
        if (bytesPerSecond == 0 || message is null) return earliest;
        var outbox = link.NeedOutbox();
        // Events come in whole microseconds, what leaves does not: who waited begins where the one before it ended.
        var begin = outbox.BusyUntil > (earliest - 1) * 1000 ? outbox.BusyUntil : earliest * 1000;
        var nanoseconds = Math.Ceiling(options.SizeOf!(message) * 1e9 / bytesPerSecond);
        outbox.BusyUntil = begin + (long)nanoseconds;
        return WholeMicroseconds(outbox.BusyUntil);
    }

    private void Hold(SimulatedNode node, SimulatedLink link, in SimulatedOutbox.Unsent unsent)
    {
        var outbox = link.NeedOutbox();
        if (unsent.Message is null || conditions.BytesPerSecond(node.Index, link.Other) == 0)
        {
            outbox.Add(unsent);
            return;
        }

        var wasFull = outbox.FullSince is not null;
        var dropped = outbox.AddBounded(unsent with { Bytes = options.SizeOf!(unsent.Message) }, now);
        if (dropped > 0)
            ReportOf(node, new ProtocolEvent(EventKind.OutboxDropped, nodes[link.Other].Address, dropped));
        if (!wasFull && outbox.FullSince is not null)
            PushOfLink(node, link, SimulatedEventKind.OutboxDeadline, now + FullOutboxDeadline);
    }

    private void ScheduleDeparture(SimulatedNode node, SimulatedLink link)
    {
        var outbox = link.Outbox!;
        if (outbox.IsDepartureScheduled) return;
        outbox.IsDepartureScheduled = true;
        PushOfLink(
            node, link, SimulatedEventKind.Departure, Math.Max(now, WholeMicroseconds(outbox.BusyUntil)));
    }

    private void GoOnSending(SimulatedNode node, in SimulatedEvent input)
    {
        if (FindLink(node, input) is not { } link) return;
        link.Outbox!.IsDepartureScheduled = false;
        if (!link.IsStalled && !link.IsDialHeld) SendWaiting(node, link, mayBeLost: true);
    }

    private void CheckOutbox(SimulatedNode node, in SimulatedEvent input)
    {
        if (FindLink(node, input)?.Outbox?.FullSince + FullOutboxDeadline <= now) GiveUp(node, input);
    }

    private void PushOfLink(SimulatedNode node, SimulatedLink link, SimulatedEventKind kind, long time) =>
        queue.Add(new SimulatedEvent
        {
            Time = time,
            Sender = node.Index,
            Sequence = node.NextSequence(),
            Target = node.Index,
            Number = link.Other,
            Connection = link.Id,
            Kind = kind,
        });

    private static long WholeMicroseconds(long nanoseconds) => (nanoseconds + 999) / 1000;
}
