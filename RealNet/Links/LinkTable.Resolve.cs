using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Links;

/// <summary>
/// Which connection is the link. Of two dialed at the same time the one by the lower address stays: the lower end
/// leaves the other connection unanswered (parked) while its own dial is open, the higher end takes its own dial
/// back. A dial that is taken back is only half closed and read to its end, because the other end may have answered,
/// used and closed it before it dialed again.
/// </summary>
internal sealed partial class LinkTable
{
    private void Resolve(Link link)
    {
        while (link is { Predecessor: null, IsSettled: false } && Step(link))
        {
        }

        if (!link.IsUnused) return;
        if (links.TryGetValue(link.Remote, out var listed) && listed == link) links.Remove(link.Remote);
    }

    /// <returns>Whether something changed, so that there may be more to do.</returns>
    private bool Step(Link link)
    {
        if (link.Active is { } active) return EndActive(link, active);
        if (link.Dialed is { } dialed)
        {
            if (dialed.IsGreeted || dialed.HasEnded) return EndDial(link, dialed);
            if (link.Parked is not null && link.Remote < wire.Self) dialed.FinishNow();
            return false;
        }

        if (link.Parked is { } parked)
        {
            link.Parked = null;
            if (parked.HasEnded) parked.Link = null;
            else Promote(link, parked);
            return true;
        }

        if (!link.Outbox.IsEmpty) Dial(link);
        else if (link.IsClosing) Settle(link);
        return false;
    }

    private bool EndActive(Link link, Connection active)
    {
        // Another process at that address, or a half-open connection: the new one replaces the old.
        var isReplaced = link.Parked is { HasEnded: false } parked
            && (parked.IsOverdue || parked.Hello!.NodeId != active.Hello!.NodeId);
        if (!active.HasEnded && !isReplaced) return false;
        link.Active = null;
        active.Link = null;
        if (!active.HasEnded) active.Abort();
        if (!active.IsSilent) Lose(link);
        return true;
    }

    private bool EndDial(Link link, Connection dialed)
    {
        link.Dialed = null;
        if (dialed.IsGreeted)
        {
            Promote(link, dialed);
            return true;
        }

        dialed.Link = null;
        if (link.Parked is null or { HasEnded: true }) Lose(link);
        return true;
    }

    /// <summary>What waited is lost with the link, and the node is told, unless it closed the link itself.</summary>
    private void Lose(Link link)
    {
        link.Outbox.Clear();
        if (!link.IsClosing) inputs.Enqueue(new LinkInput(link, Connection: null, Message: null, Hops: 0));
    }

    private void Promote(Link link, Connection connection)
    {
        connection.ParkedAt = Connection.Never;
        if (!connection.HasEnded) connection.Establish(link.Outbox, connection.IsDialed ? null : node.HelloLine());
        if (link.IsClosing)
        {
            connection.Link = null;
            if (connection.HasEnded) link.Outbox.Clear();   // lost with it
            // Taken back, and answered all the same: what waits cannot leave on it and needs another connection. Were
            // the next link to begin before that, it would overtake.
            if (connection.TryFinishAfterOutbox()) Settle(link);
            return;
        }

        link.Active = connection;
        if (connection.Held is not { } held) return;
        connection.Held = null;
        foreach (var work in held) Hear(connection, link, work);
    }

    /// <returns>Whether all that waited has a connection to leave on.</returns>
    private static bool Detach(Link link, Connection active)
    {
        link.Active = null;
        active.Link = null;
        return active.TryFinishAfterOutbox();
    }

    private void Settle(Link link)
    {
        link.IsSettled = true;
        var next = link.Successor;
        if (link.Parked is { } parked)
        {
            link.Parked = null;
            next ??= LinkTo(link.Remote);
            Park(next, parked);
        }

        if (next is null) return;
        next.Predecessor = null;
        Resolve(next);
    }

    private void Park(Link link, Connection connection)
    {
        if (link.Parked is { } older)
        {
            older.Link = null;
            older.Abort();
        }

        link.Parked = connection;
        connection.Link = link;
        connection.ParkedAt = wire.Now;
    }

    private void Dial(Link link)
    {
        link.Dialed = Connection.Dial(wire, link.Remote, node.HelloLine());
        link.Dialed.Link = link;
    }
}
