namespace GossipSim.Engine.Protocol;

/// <summary>
/// A node is a synchronous state machine: each input is handled to completion, with no clock, chance, thread or I/O
/// but what the context gives. So a node is a pure function of how it started and of its inputs, and runs the same
/// in the simulator, on TCP and in a replay. <see cref="SeedNode"/> and <see cref="Peer"/> are nodes;
/// users write their own.
/// </summary>
public abstract class Node
{
    /// <summary>The epoch under which this process is a member; 0 while it is none. Told in HELLO.</summary>
    public virtual int Epoch => 0;

    /// <summary>
    /// Entries in all tables that other nodes can make grow; the invariant <c>boundedMemory</c> watches it.
    /// </summary>
    public virtual int TableEntries => 0;

    /// <summary>
    /// Whether somebody at that address is one of those whom this node has to do with: a member, a neighbor. When
    /// connections run short, hosts keep room for them.
    /// </summary>
    public virtual bool Knows(NodeAddress address) => false;

    /// <summary>
    /// Whether the signatures in a message that has come could change anything here, as the node is now. Checking one
    /// costs more than all else about it, so what changes nothing is handed over without.
    /// </summary>
    public virtual bool NeedsProofOf(Message message) => true;

    /// <summary>
    /// A hint that inputs come soon: what this object refers to may be brought into the cache. It changes nothing, and
    /// not all hosts give it.
    /// </summary>
    internal virtual void BringStateNear() { }

    /// <summary>Some time later: what those objects refer to.</summary>
    /// <param name="next">The message that comes; null when it is something else.</param>
    /// <param name="standingPlace">As in <see cref="Envelope.StandingPlace"/>.</param>
    internal virtual void BringListsNear(Message? next, int standingPlace) { }

    /// <summary>The first input of every process, exactly once.</summary>
    public abstract void OnStart(in NodeContext context);

    public abstract void OnMessage(in Envelope envelope, in NodeContext context);

    /// <summary>A timer is a value and is never cancelled: the handler checks whether it is still meant.</summary>
    public abstract void OnTimer(ProtocolTimer timer, in NodeContext context);

    /// <summary>A link ended, after the last message that it carried; also told when a dial failed.</summary>
    public virtual void OnLinkDown(NodeAddress neighbor, in NodeContext context) { }
}
