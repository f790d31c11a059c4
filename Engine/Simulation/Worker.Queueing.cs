using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Queueing: where a bandwidth limits a link, each message takes the link for its bytes' time, and those behind it wait
// at their sender, who cannot keep any number of them.
internal sealed partial class Worker
{
    /// <summary>An outbox that stays full for so long breaks its link; as long as on the TCP host.</summary>
    private const long FullOutboxDeadline = 5_000_000;

    /// <summary>When a message has left entirely, in microseconds; the link is taken until then.</summary>
    private long Depart(ref SimulatedNode node, SimulatedLink link, Message? message)
    {
        var earliest = Math.Max(now, link.ReadyAt);
        var bytesPerSecond = conditions.BytesPerSecond(node.Index, link.Other);
        if (bytesPerSecond == 0 || message is null) return earliest;
        var outbox = link.NeedOutbox();
        // Events come in whole microseconds, what leaves does not: who waited begins where the one before it ended.
        var begin = outbox.BusyUntil > (earliest - 1) * 1000 ? outbox.BusyUntil : earliest * 1000;
        var nanoseconds = Math.Ceiling(world.Options.SizeOf!(message) * 1e9 / bytesPerSecond);
        outbox.BusyUntil = begin + (long)nanoseconds;
        return WholeMicroseconds(outbox.BusyUntil);
    }

    private void Hold(ref SimulatedNode node, SimulatedLink link, in SimulatedOutbox.Unsent unsent)
    {
        var outbox = link.NeedOutbox();
        if (unsent.Message is null || conditions.BytesPerSecond(node.Index, link.Other) == 0)
        {
            outbox.Add(unsent);
            return;
        }

        var wasFull = outbox.FullSince is not null;
        var dropped = outbox.AddBounded(unsent with { Bytes = world.Options.SizeOf!(unsent.Message) }, now);
        if (dropped > 0)
            ReportOf(ref node, new ProtocolEvent(EventKind.OutboxDropped, AddressOf(link.Other), dropped));
        if (!wasFull && outbox.FullSince is not null)
            PushOfLink(ref node, link, SimulatedEventKind.OutboxDeadline, now + FullOutboxDeadline);
    }

    private void ScheduleDeparture(ref SimulatedNode node, SimulatedLink link)
    {
        var outbox = link.Outbox!;
        if (outbox.IsDepartureScheduled) return;
        outbox.IsDepartureScheduled = true;
        PushOfLink(
            ref node, link, SimulatedEventKind.Departure, Math.Max(now, WholeMicroseconds(outbox.BusyUntil)));
    }

    private void GoOnSending(ref SimulatedNode node, in SimulatedEvent input)
    {
        if (FindLink(ref node, input) is not { } link) return;
        link.Outbox!.IsDepartureScheduled = false;
        if (!link.IsStalled && !link.IsDialHeld) SendWaiting(ref node, link, mayBeLost: true);
    }

    private void CheckOutbox(ref SimulatedNode node, in SimulatedEvent input)
    {
        if (FindLink(ref node, input)?.Outbox?.FullSince + FullOutboxDeadline <= now) GiveUp(ref node, input);
    }

    private void PushOfLink(ref SimulatedNode node, SimulatedLink link, SimulatedEventKind kind, long time) =>
        Add(new SimulatedEvent
        {
            Time = time, Target = node.Index, Sender = link.Other, Connection = link.Id, Kind = kind,
        });

    private static long WholeMicroseconds(long nanoseconds) => (nanoseconds + 999) / 1000;
}
