using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>One end's view of a TCP connection in the simulated network.</summary>
internal sealed class SimulatedLink(int other, long id, long baseLatency)
{
    private Queue<Unsent>? unsent;

    /// <summary>What waits for a retransmission, in order; a null message is the end of the link.</summary>
    public readonly record struct Unsent(Message? Message, int Hops);

    public int Other => other;

    /// <summary>Names this end's view; it never changes.</summary>
    public long Id { get; } = id;

    /// <summary>The connection that this end sends on.</summary>
    public long Connection { get; private set; } = id;

    /// <summary>
    /// Both ends dialed at once: the name under which the other end knows this link. 0 when there is none.
    /// </summary>
    public long Alternate { get; set; }

    /// <summary>Whether this end dialed and the other end's answer is not here yet.</summary>
    public bool IsDialingAt(long now) => IsDialHeld || now < ReadyAt;

    /// <summary>Whether the network kept the dial from leaving so far.</summary>
    public bool IsDialHeld { get; set; }

    /// <summary>In microseconds, one way.</summary>
    public long BaseLatency => baseLatency;

    /// <summary>Before this nothing can leave: TCP's handshake takes a round trip.</summary>
    public long ReadyAt { get; set; }

    /// <summary>When the latest message sent arrives; none overtakes it.</summary>
    public long LastArrival { get; set; }

    public long LastUsed { get; set; }

    /// <summary>Retransmissions in a row that were lost; -1 while nothing is.</summary>
    public int Retransmissions { get; set; } = -1;

    public bool IsStalled => Retransmissions >= 0;

    public int UnsentCount => unsent?.Count ?? 0;

    public bool IsKnownAs(long name) => Connection == name || (Alternate != 0 && Alternate == name);

    /// <summary>
    /// The other end dialed, and this end's own dial never left: there is one connection, and it is the other's.
    /// </summary>
    public void Adopt(long dialed, long now)
    {
        Connection = dialed;
        IsDialHeld = false;
        (ReadyAt, LastUsed) = (now, now);
    }

    public void Hold(Message? message, int hops) => (unsent ??= new Queue<Unsent>()).Enqueue(new Unsent(message, hops));

    public bool TryTakeUnsent(out Unsent next)
    {
        next = default;
        return unsent is not null && unsent.TryDequeue(out next);
    }
}
