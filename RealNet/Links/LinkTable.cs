using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Links;

/// <summary>
/// All links of one process, changed on its loop only. A link keeps TCP's promises across connections: a connection
/// becomes the link's active one only after the one before it has ended, so messages stay in order; a dialer writes
/// nothing but HELLO until it has the other HELLO, so a connection that loses against a simultaneous one has carried
/// nothing; and what waits belongs to the link, so nothing is lost with it.
/// </summary>
internal sealed partial class LinkTable(ProcessWire wire, ILinkNode node)
{
    private readonly Dictionary<NodeAddress, Link> links = [];
    private readonly List<Link> dirty = [];
    private readonly Queue<LinkInput> inputs = new();
    private readonly StrangerSlots strangers = new(wire, node);

    /// <summary>
    /// Takes the next input that the links have for the node. Every call here may queue inputs, and none hands them to
    /// the node: it must not handle an input while its outputs of an earlier one are still being sent.
    /// </summary>
    public bool TryTakeInput(out LinkInput input)
    {
        // A link that the node closed meanwhile is of no interest to it any more.
        while (inputs.TryDequeue(out input))
            if (!input.Link.IsClosing) return true;
        return false;
    }

    /// <summary>Queues a message; it leaves with the next <see cref="Flush"/>.</summary>
    public void Send(NodeAddress to, Frame frame)
    {
        var link = LinkTo(to);
        link.Dropped += link.Outbox.Add(frame, wire.Now);
        if (link.IsDirty) return;
        link.IsDirty = true;
        dirty.Add(link);
    }

    /// <summary>Lets everything leave that was queued: all messages of a link in as few writes as possible.</summary>
    public void Flush()
    {
        foreach (var link in dirty)
        {
            link.IsDirty = false;
            if (link.Active is { IsFinishing: false } active) active.Pump();
            else Resolve(link);
            if (link.Dropped == 0) continue;
            wire.Traffic.Dropped(link.Dropped);
            node.Report(new ProtocolEvent(EventKind.OutboxDropped, link.Remote, link.Dropped));
            link.Dropped = 0;
        }

        dirty.Clear();
    }

    /// <summary>
    /// Ends a link after what was sent on it. The next message to that node begins another link, whose connection is
    /// dialed anew as soon as the last messages of this one have theirs.
    /// </summary>
    public void Close(NodeAddress to)
    {
        if (!links.TryGetValue(to, out var link)) return;
        if (link.Predecessor is not null && link.Outbox.IsEmpty) return;   // an earlier Close is still at work
        links.Remove(to);
        link.IsClosing = true;
        if (link.Active is { } active && Detach(link, active) || link.Outbox.IsEmpty)
        {
            if (link.Dialed is { } needless)
            {
                needless.Link = null;
                needless.Abort();
            }

            Settle(link);
            return;
        }

        link.Successor = links[to] = new Link(to, wire) { Predecessor = link };
        Resolve(link);
    }

    /// <summary>Handles what connections tell.</summary>
    public void Handle(in Work work)
    {
        var connection = work.Connection!;
        switch (work.Kind)
        {
            case WorkKind.Received:
                OnReceived(connection, work);
                break;
            case WorkKind.HelloHeard:
                OnHello(connection);
                break;
            case WorkKind.Refused:
                wire.Traffic.Refused(work.Reason!);
                var other = connection.Hello?.Address ?? connection.Target;
                node.Report(new ProtocolEvent(EventKind.InputRefused, other, Detail: work.Reason));
                OnEnded(connection);
                break;
            case WorkKind.Ended:
                OnEnded(connection);
                break;
            case WorkKind.IdleHeard:
                connection.IsSilent = true;
                break;
            case WorkKind.IdleHere:
                OnIdle(connection);
                break;
            case WorkKind.Overdue:
                connection.IsOverdue = true;
                if (connection.Link is { } link) Resolve(link);
                break;
            default:
                throw new InvalidOperationException($"{work.Kind} is nothing that connections tell");
        }
    }

    private void OnHello(Connection connection)
    {
        connection.IsGreeted = true;
        if (connection.IsDialed)
        {
            if (connection.Link is { } dialing) Resolve(dialing);
            else connection.Abort();
            return;
        }

        if (!strangers.TryAdmit(connection))
        {
            connection.GiveWay();
            return;
        }

        // It may be the answer to, or the rival of, a dial that a closing link still waits for: the oldest decides.
        var link = LinkTo(connection.Hello!.Address);
        while (link.Predecessor is { } earlier) link = earlier;
        Park(link, connection);
        Resolve(link);
    }

    private void OnReceived(Connection connection, in Work work)
    {
        if (connection.Link is not { } link) return;   // closed by the node: what still comes is dropped
        if (link.Active == connection)
        {
            Hear(connection, link, work);
        }
        else if (!link.IsClosing)
        {
            (connection.Held ??= []).Add(work);
            if (connection.Held.Count > wire.Limits.HeldMessages) connection.Break();
        }
    }

    private void Hear(Connection connection, Link link, in Work work) =>
        inputs.Enqueue(new LinkInput(link, connection, work.Message!, work.Hops));

    private void OnEnded(Connection connection)
    {
        connection.HasEnded = true;
        strangers.ForgetFirst();
        if (connection.Link is { } link) Resolve(link);
    }

    private void OnIdle(Connection connection)
    {
        var isIdle = connection.Link is { } link && link.Active == connection && link.Outbox.IsEmpty
            && !connection.IsFinishing && connection.IsIdleAt(wire.Now, wire.Limits.ExchangeIdle);
        if (!isIdle) return;
        connection.IsSilent = true;
        connection.FinishNow(Refusal.Idle);
    }

    private Link LinkTo(NodeAddress remote)
    {
        if (!links.TryGetValue(remote, out var link))
            links[remote] = link = new Link(remote, wire);
        return link;
    }
}
