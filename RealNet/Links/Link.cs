using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Links;

/// <summary>
/// What a node knows as its link to another: an outbox, and the connections that carry it or are about to. Only the
/// node's loop touches it.
/// </summary>
internal sealed class Link(NodeAddress remote, ProcessWire wire)
{
    public NodeAddress Remote => remote;

    public Outbox Outbox { get; } = new(wire.Limits.OutboxMessages, wire.Limits.OutboxBytes, wire.OutboxRoom);

    /// <summary>The connection whose messages the node gets.</summary>
    public Connection? Active { get; set; }

    /// <summary>Dialed by this end and not active yet. With a HELLO it only waits for the active one to end.</summary>
    public Connection? Dialed { get; set; }

    /// <summary>Dialed by the other end and not answered yet.</summary>
    public Connection? Parked { get; set; }

    /// <summary>Closed by the node: what waits leaves, what comes is dropped, nobody here is told of the end.</summary>
    public bool IsClosing { get; set; }

    /// <summary>
    /// A closing link is settled once its last messages have a connection: then the next link may begin, and what that
    /// connection does not carry is lost with it. On another one it would come after what is newer.
    /// </summary>
    public bool IsSettled { get; set; }

    public Link? Predecessor { get; set; }

    public Link? Successor { get; set; }

    public int Dropped { get; set; }

    public bool IsDirty { get; set; }

    public bool IsUnused => Active is null && Dialed is null && Parked is null && Outbox.IsEmpty && Predecessor is null;
}
