using System.Runtime.CompilerServices;
using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Links: dialed when there is something to send, first in first out in each direction, and their end told to the other
// end behind the last message. Connections with seed nodes serve an exchange and close when idle.
internal sealed partial class Worker
{
    /// <summary>DESIGN section 4: connections to seed nodes close after 1 s idle.</summary>
    private const long IdleExchange = 1_000_000;

    private StandingLink[] drawnLinks = [];

    private long Way(int from, int to) => world.BaseLatency(from, to) + conditions.AddedLatency(from, to);

    private long Way(int from, SimulatedLink link) => link.BaseLatency + conditions.AddedLatency(from, link.Other);

    /// <summary>TCP's handshake needs both ways.</summary>
    private bool IsCutEitherWay(int one, int other) => conditions.IsCut(one, other) || conditions.IsCut(other, one);

    private void SendMessage(ref SimulatedNode node, in Effect effect)
    {
        if (effect.Target < 0 || effect.Target == node.Index)
        {
            RefuseUnknown(ref node, effect.To);
            return;
        }

        var link = LiveLink(ref node, effect.Target) ?? Dial(ref node, effect.Target);
        Transmit(ref node, link, MessageOf(effect), effect.Hops);
    }

    /// <summary>
    /// Whether no fault and no end ever touched the node's links: there a message takes the base latency, and nothing
    /// has a state.
    /// </summary>
    private bool AllLinksStand(ref SimulatedNode node) =>
        node.Links is null && world.IsSteady && world.Overlay is not null && !node.IsDiskBusy;

    /// <returns>How many were sent: none from the first on that goes to no neighbor, or is no message.</returns>
    private int SendOnStandingLinks(ref SimulatedNode node, ReadOnlySpan<Effect> effects)
    {
        var links = world.StandingLinks!;
        for (var index = 0; index < effects.Length; index++)
        {
            ref readonly var effect = ref effects[index];
            if (effect.Parcel == Parcels.None) return index;
            if (effect.Target == Effect.StandingNeighbors)
            {
                SendToNeighbors(node.Index, effect);
            }
            else
            {
                StandingLink link;
                if (placeHere >= 0 && effect.Target == senderIndex) link = links.At(node.Index, placeHere);
                else if (!links.TryFind(node.Index, effect.Target, out link)) return index;
                PushOver(link, QueuedEvent.OnStandingLinks(node.Index, effect.Parcel, effect.Hops), now);
            }

            if (tally is not null) Count(ref node, effect);
        }

        return effects.Length;
    }

    // Apart, so that the loop has registers of its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SendToNeighbors(int from, in Effect effect)
    {
        var message = QueuedEvent.OnStandingLinks(from, effect.Parcel, effect.Hops);
        var links = world.StandingLinks!.Of(from, ref drawnLinks);
        for (var place = 0;; place++)
        {
            place = ring.AddWhileEasy(message, links, place, effect.Except, departure: now);
            if (place == links.Length) return;
            PushOver(links[place], message, now);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PushOver(in StandingLink link, QueuedEvent message, long departure)
    {
        var arrival = departure + link.Length;
        PushMessage(message.Over(link, arrival), arrival);
    }

    /// <summary>The node's links get a table, and with it a state: those that stand first of all.</summary>
    private LinkTable NeedLinks(ref SimulatedNode node)
    {
        if (node.Links is { } links) return links;
        node.Links = links = new LinkTable();
        if (world.Overlay is null) return links;
        foreach (var other in world.Overlay.NeighborsOf(node.Index))
            links.Set(new SimulatedLink(
                other, LinkTable.NameOfStanding(node.Index, other), world.BaseLatency(node.Index, other)));
        return links;
    }

    /// <summary>The link to a node, if there is one that did not close by being idle.</summary>
    private SimulatedLink? LiveLink(ref SimulatedNode node, int other)
    {
        var links = NeedLinks(ref node);
        if (links.Find(other) is not { } link) return null;
        if (!IsIdle(ref node, link)) return link;
        links.Remove(other);
        return null;
    }

    private bool IsIdle(ref SimulatedNode node, SimulatedLink link) =>
        IsOfExchanges(node.Index, link.Other)
        && !link.IsRetransmitting && link.UnsentCount == 0 && link.EndOfSent <= now
        && now - link.LastUsed > IdleExchange;

    /// <summary>Whether it is a connection with a seed node: when it was used last matters to no other.</summary>
    private bool IsOfExchanges(int one, int other) => world.Plan.IsSeedNode(one) != world.Plan.IsSeedNode(other);

    private SimulatedLink Dial(ref SimulatedNode node, int other)
    {
        var links = NeedLinks(ref node);
        var link = new SimulatedLink(
            other, links.NextConnection(node.Index), world.BaseLatency(node.Index, other));
        links.Set(link);
        link.IsDialHeld = IsCutEitherWay(node.Index, other) || IsBehindClosing(ref node, link);
        if (!link.IsDialHeld) PushDial(ref node, link);
        return link;
    }

    /// <summary>
    /// A closed link's last messages still wait to leave: a new link does not overtake them.
    /// </summary>
    private static bool IsBehindClosing(ref SimulatedNode node, SimulatedLink link)
    {
        if (node.Links is not { HasClosing: true } links) return false;
        foreach (var closing in links.Closing)
            if (closing.Other == link.Other && closing.Id < link.Id) return true;
        return false;
    }

    private void PushDial(ref SimulatedNode node, SimulatedLink link)
    {
        link.IsDialHeld = false;
        var arrival = Math.Max(now + Way(node.Index, link), NeedLinks(ref node).EndOfClosed(link.Other));
        // SYN, SYN-ACK: data follow a round trip later.
        link.ReadyAt = arrival + Way(link.Other, node.Index);
        link.LastUsed = link.ReadyAt;
        Push(ref node, link.Other, SimulatedEventKind.Dial, arrival, link.Connection);
    }

    private void ReceiveDial(ref SimulatedNode node, in SimulatedEvent dial)
    {
        if (node.Process is null)
        {
            Answer(ref node, dial.Sender, dial.Connection);
            return;
        }

        var links = NeedLinks(ref node);
        var known = links.Find(dial.Sender);
        if (known is not null)
        {
            // A dial repeated because what followed it was lost.
            if (known.IsKnownAs(dial.Connection)) return;
            if (known.IsDialingAt(now))
            {
                if (!known.IsDialHeld)
                {
                    known.Alternate = dial.Connection;
                    return;
                }

                known.Adopt(dial.Connection, now);
                links.Set(known);
                return;
            }
        }

        var latency = world.BaseLatency(node.Index, dial.Sender);
        links.Set(new SimulatedLink(dial.Sender, dial.Connection, latency) { LastUsed = dial.Time });
        // A new connection where one stood already: the old one is over, and unless it was idle that is told. What the
        // node sends then goes over the new one.
        if (known is not null && !IsIdle(ref node, known)) TellLinkDown(ref node, dial);
    }

    private void ReceiveMessage(ref SimulatedNode node, in SimulatedEvent input) => ReceiveMessage(
        ref node, input.Sender, input.Connection, input.Time, input.Number, Unsafe.As<Message>(input.Content!));

    private void ReceiveMessage(
        ref SimulatedNode node, int sender, long connection, long arrival, int hops, Message message)
    {
        if (node.Process is not { } process || !IsKnown(ref node, sender, connection, arrival))
        {
            // The other end still believes in a link that is over here: its machine answers with a reset.
            Answer(ref node, sender, connection);
            return;
        }

        HandMessage(ref node, process, sender, Recipients.NoPlace, arrival, LocalTime(ref node), hops, message);
    }

    /// <param name="place">The sender's among the node's neighbors, where the link stood and it is known.</param>
    /// <param name="localTime">What the node's clock shows.</param>
    private void HandMessage(
        ref SimulatedNode node, Node process, int sender, int place, long arrival, long localTime, int hops,
        Message message)
    {
        Messages++;
        BeginInput(ref node, SimulatedEventKind.Message, default, sender, hops, arrival);
        (senderIndex, senderAddress, placeHere) = (sender, AddressOf(sender), place);
        var envelope = new Envelope(senderAddress, self, hops, message) { StandingPlace = place };
        process.OnMessage(envelope, Context(ref node, localTime));
        EndInput(ref node);
    }

    /// <summary>
    /// Whether what comes over a connection comes over a link that stands here; if so the link is used.
    /// </summary>
    private bool IsKnown(ref SimulatedNode node, int sender, long connection, long arrival)
    {
        if (node.Links is null) return world.Overlay is not null && LinkTable.IsStanding(connection);
        if (!node.Links.Knows(sender, connection)) return false;
        if (IsOfExchanges(node.Index, sender)) node.Links.Find(sender)!.NoteUse(arrival);
        return true;
    }

    private void ReceiveLinkDown(ref SimulatedNode node, in SimulatedEvent input)
    {
        var links = NeedLinks(ref node);
        if (links.Find(input.Sender) is not { } link || !link.IsKnownAs(input.Connection)) return;
        links.Remove(input.Sender);
        TellLinkDown(ref node, input);
    }

    private void TellLinkDown(ref SimulatedNode node, in SimulatedEvent cause) =>
        TellLinkDown(ref node, AddressOf(cause.Sender), cause);

    private void TellLinkDown(ref SimulatedNode node, NodeAddress other, in SimulatedEvent cause)
    {
        if (node.Process is not { } process) return;
        BeginInput(ref node, cause);
        process.OnLinkDown(other, Context(ref node));
        EndInput(ref node);
    }

    /// <summary>
    /// What was sent leaves first, then the end. This end forgets the link at once and is told nothing.
    /// </summary>
    private void CloseLink(ref SimulatedNode node, int other)
    {
        if (other < 0 || LiveLink(ref node, other) is not { } link) return;
        var links = NeedLinks(ref node);
        links.Remove(other);
        // RFC 9293, CLOSE in SYN-SENT: a connection that is not dialed yet is forgotten, and what was to be sent on it.
        // So dials that were given up never pile up in front of a new one.
        if (link.IsDialHeld) return;
        Transmit(ref node, link, message: null, hops: 0);
        if (link.UnsentCount > 0) links.Closing.Add(link);
        if (link.LastArrival > now + link.BaseLatency) links.NoteEndOfClosed(other, link.LastArrival);
    }

    /// <summary>
    /// A dead process's machine resets the connection, unless the network keeps even that from arriving.
    /// </summary>
    private void ResetOtherEnd(ref SimulatedNode node, SimulatedLink link)
    {
        if (conditions.IsCut(node.Index, link.Other)) return;
        var arrival = Math.Max(link.EndOfSent, now + Way(node.Index, link));
        Push(ref node, link.Other, SimulatedEventKind.LinkDown, arrival, link.Connection);
        if (link.Alternate != 0) Push(ref node, link.Other, SimulatedEventKind.LinkDown, arrival, link.Alternate);
    }

    private void Answer(ref SimulatedNode node, int other, long connection)
    {
        if (conditions.IsCut(node.Index, other)) return;
        var arrival = now + Way(node.Index, other);
        Push(ref node, other, SimulatedEventKind.LinkDown, arrival, connection);
    }

    /// <summary>Nobody can be there: the machine itself refuses, after the shortest round trip.</summary>
    private void RefuseUnknown(ref SimulatedNode node, NodeAddress to) => Add(new SimulatedEvent
    {
        Time = now + (2 * (long)world.Options.Latency.Shortest.TotalMicroseconds),
        Target = node.Index,
        Sender = node.Index,
        Number = node.Starts,
        Kind = SimulatedEventKind.Refused,
        Content = to,
    });

    private void TellRefused(ref SimulatedNode node, in SimulatedEvent input)
    {
        if (input.Number == node.Starts) TellLinkDown(ref node, (NodeAddress)input.Content!, input);
    }

    private void Push(ref SimulatedNode from, int to, SimulatedEventKind kind, long time, long connection) =>
        Add(new SimulatedEvent
        {
            Time = time, Target = to, Sender = from.Index, Connection = connection, Kind = kind,
        });
}
