namespace GossipSim.Engine.Simulation;

/// <summary>One end's view of a TCP connection in the simulated network.</summary>
internal sealed class SimulatedLink(int other, long id, long baseLatency)
{
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

    /// <summary>When the latest message sent arrives; none overtakes it, unless a fault lets it.</summary>
    public long LastArrival { get; set; }

    /// <summary>When the latest message arrives that a fault repeated or let others overtake.</summary>
    public long LastStray { get; set; }

    /// <summary>Nothing that was sent arrives later: the link's end comes behind.</summary>
    public long EndOfSent => Math.Max(LastArrival, LastStray);

    /// <summary>By the machine: when what arrived was handled does not matter.</summary>
    public long LastUsed { get; set; }

    public void NoteUse(long time) => LastUsed = Math.Max(time, LastUsed);

    /// <summary>Retransmissions in a row that were not acknowledged; -1 while nothing needs any.</summary>
    public int Retransmissions { get; set; } = -1;

    public bool IsRetransmitting => Retransmissions >= 0;

    /// <summary>Whether what waits first was lost, so that all behind it waits too.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Null until something had to wait.</summary>
    public SimulatedOutbox? Outbox { get; private set; }

    public int UnsentCount => Outbox?.Count ?? 0;

    public bool MustWait(long now) => IsStalled || IsDialHeld || UnsentCount > 0 || IsTaken(now);

    /// <summary>Whether what left last still takes all of the link's bandwidth.</summary>
    public bool IsTaken(long now) => Outbox is { } outbox && outbox.BusyUntil > now * 1000;

    public SimulatedOutbox NeedOutbox() => Outbox ??= new SimulatedOutbox();

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
}
