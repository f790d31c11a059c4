using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Links: dialed when there is something to send, first in first out in each direction, and their end told to the other
// end behind the last message. Connections with seed nodes serve an exchange and close when idle.
public sealed partial class SimulatedNetwork
{
    private const ulong LatencyStream = 0x6C6174656E637901UL;

    /// <summary>DESIGN section 4: connections to seed nodes close after 1 s idle.</summary>
    private const long IdleExchange = 1_000_000;

    private readonly ulong latencyKey;

    /// <summary>In microseconds. Both directions share a draw; some models look at the direction too.</summary>
    private long BaseLatency(int from, int to)
    {
        var (low, high) = from < to ? (from, to) : (to, from);
        var unit = Mix64.ToUnit(Mix64.Of(latencyKey, (ulong)low, (ulong)high));
        return options.Latency.BaseMicroseconds(from, to, unit);
    }

    private long Way(int from, int to) => BaseLatency(from, to) + conditions.AddedLatency(from, to);

    private long Way(int from, SimulatedLink link) => link.BaseLatency + conditions.AddedLatency(from, link.Other);

    /// <summary>TCP's handshake needs both ways.</summary>
    private bool IsCutEitherWay(int one, int other) => conditions.IsCut(one, other) || conditions.IsCut(other, one);

    private void SendMessage(SimulatedNode node, in Outgoing effect)
    {
        if (effect.Target < 0 || effect.Target == node.Index)
        {
            RefuseUnknown(node, effect.To);
            return;
        }

        var link = LiveLink(node, effect.Target) ?? Dial(node, effect.Target);
        Transmit(node, link, effect.Message, effect.Hops);
    }

    /// <summary>The link to a node, if there is one that did not close by being idle.</summary>
    private SimulatedLink? LiveLink(SimulatedNode node, int other)
    {
        if (!node.Links.TryGetValue(other, out var link)) return null;
        if (!IsIdle(node, link)) return link;
        node.Links.Remove(other);
        return null;
    }

    private bool IsIdle(SimulatedNode node, SimulatedLink link) =>
        options.Plan.IsSeedNode(node.Index) != options.Plan.IsSeedNode(link.Other)
        && !link.IsRetransmitting && link.UnsentCount == 0 && link.EndOfSent <= now
        && now - link.LastUsed > IdleExchange;

    private SimulatedLink Dial(SimulatedNode node, int other)
    {
        var link = new SimulatedLink(other, node.NextConnection(), BaseLatency(node.Index, other));
        node.Links[other] = link;
        link.IsDialHeld = IsCutEitherWay(node.Index, other) || IsBehindClosing(node, link);
        if (!link.IsDialHeld) PushDial(node, link);
        return link;
    }

    /// <summary>
    /// A closed link's last messages still wait to leave: a new link does not overtake them.
    /// </summary>
    private static bool IsBehindClosing(SimulatedNode node, SimulatedLink link)
    {
        foreach (var closing in node.Closing)
            if (closing.Other == link.Other && closing.Id < link.Id) return true;
        return false;
    }

    private void PushDial(SimulatedNode node, SimulatedLink link)
    {
        link.IsDialHeld = false;
        var arrival = Math.Max(now + Way(node.Index, link), node.EndOfClosed(link.Other));
        // SYN, SYN-ACK: data follow a round trip later.
        link.ReadyAt = arrival + Way(link.Other, node.Index);
        link.LastUsed = link.ReadyAt;
        Push(node, link.Other, SimulatedEventKind.Dial, arrival, link.Connection);
    }

    private void ReceiveDial(SimulatedNode node, in SimulatedEvent dial)
    {
        if (node.Process is null)
        {
            Answer(node, dial.Sender, dial.Connection);
            return;
        }

        if (node.Links.TryGetValue(dial.Sender, out var known))
        {
            // A dial repeated because what followed it was lost.
            if (known.IsKnownAs(dial.Connection)) return;
            if (known.IsDialingAt(now))
            {
                if (known.IsDialHeld) known.Adopt(dial.Connection, now);
                else known.Alternate = dial.Connection;
                return;
            }

        }

        node.Links[dial.Sender] = new SimulatedLink(dial.Sender, dial.Connection, BaseLatency(node.Index, dial.Sender))
        {
            LastUsed = now,
        };
        // A new connection where one stood already: the old one is over, and unless it was idle that is told. What the
        // node sends then goes over the new one.
        if (known is not null && !IsIdle(node, known)) TellLinkDown(node, dial);
    }

    private void ReceiveMessage(SimulatedNode node, in SimulatedEvent input)
    {
        if (node.Process is null || !node.Links.TryGetValue(input.Sender, out var link)
            || !link.IsKnownAs(input.Connection))
        {
            // The other end still believes in a link that is over here: its machine answers with a reset.
            Answer(node, input.Sender, input.Connection);
            return;
        }

        link.LastUsed = now;
        BeginInput(node, input);
        var envelope = new Envelope(nodes[input.Sender].Address, node.Address, input.Number, (Message)input.Content!);
        node.Process.OnMessage(envelope, Context(node));
        EndInput(node);
    }

    private void ReceiveLinkDown(SimulatedNode node, in SimulatedEvent input)
    {
        if (!node.Links.TryGetValue(input.Sender, out var link) || !link.IsKnownAs(input.Connection)) return;
        node.Links.Remove(input.Sender);
        TellLinkDown(node, input);
    }

    private void TellLinkDown(SimulatedNode node, in SimulatedEvent cause) =>
        TellLinkDown(node, nodes[cause.Sender].Address, cause);

    private void TellLinkDown(SimulatedNode node, NodeAddress other, in SimulatedEvent cause)
    {
        if (node.Process is null) return;
        BeginInput(node, cause);
        node.Process.OnLinkDown(other, Context(node));
        EndInput(node);
    }

    /// <summary>
    /// What was sent leaves first, then the end. This end forgets the link at once and is told nothing.
    /// </summary>
    private void CloseLink(SimulatedNode node, int other)
    {
        if (other < 0 || LiveLink(node, other) is not { } link) return;
        node.Links.Remove(other);
        Transmit(node, link, message: null, hops: 0);
        if (link.UnsentCount > 0) node.Closing.Add(link);
        if (link.LastArrival > now + link.BaseLatency) node.NoteEndOfClosed(other, link.LastArrival);
    }

    /// <summary>
    /// A dead process's machine resets the connection, unless the network keeps even that from arriving.
    /// </summary>
    private void ResetOtherEnd(SimulatedNode node, SimulatedLink link)
    {
        if (conditions.IsCut(node.Index, link.Other)) return;
        var arrival = Math.Max(link.EndOfSent, now + Way(node.Index, link));
        Push(node, link.Other, SimulatedEventKind.LinkDown, arrival, link.Connection);
        if (link.Alternate != 0) Push(node, link.Other, SimulatedEventKind.LinkDown, arrival, link.Alternate);
    }

    private void Answer(SimulatedNode node, int other, long connection)
    {
        if (conditions.IsCut(node.Index, other)) return;
        var arrival = now + Way(node.Index, other);
        Push(node, other, SimulatedEventKind.LinkDown, arrival, connection);
    }

    /// <summary>Nobody can be there: the machine itself refuses, after the shortest round trip.</summary>
    private void RefuseUnknown(SimulatedNode node, NodeAddress to) => queue.Add(new SimulatedEvent
    {
        Time = (Now + (2 * options.Latency.Shortest)).Microseconds,
        Sender = node.Index,
        Sequence = node.NextSequence(),
        Target = node.Index,
        Number = node.Starts,
        Kind = SimulatedEventKind.Refused,
        Timer = new ProtocolTimer(default, About: to),
    });

    private void TellRefused(SimulatedNode node, in SimulatedEvent input)
    {
        if (input.Number == node.Starts) TellLinkDown(node, input.Timer.About, input);
    }

    private void Push(
        SimulatedNode from, int to, SimulatedEventKind kind, long time, long connection, Message? message = null,
        int hops = 0) =>
        queue.Add(new SimulatedEvent
        {
            Time = time,
            Sender = from.Index,
            Sequence = from.NextSequence(),
            Target = to,
            Number = hops,
            Connection = connection,
            Kind = kind,
            Content = message,
        });
}
