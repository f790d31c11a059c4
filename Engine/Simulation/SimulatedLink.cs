using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>One end's view of a TCP connection in the simulated network.</summary>
internal sealed class SimulatedLink(int other, long connection, long baseLatency)
{
    private Queue<Unsent>? unsent;

    /// <summary>What waits for a retransmission, in order; a null message is the end of the link.</summary>
    public readonly record struct Unsent(Message? Message, int Hops);

    public int Other => other;

    public long Connection => connection;

    /// <summary>Both ends dialed at once: the name under which the other end knows this link. 0 when there is none.</summary>
    public long Alternate { get; set; }

    /// <summary>Whether this end dialed and heard nothing yet.</summary>
    public bool IsDialing { get; set; }

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

    public bool IsKnownAs(long name) => connection == name || (Alternate != 0 && Alternate == name);

    public void Hold(Message? message, int hops) => (unsent ??= new Queue<Unsent>()).Enqueue(new Unsent(message, hops));

    public bool TryTakeUnsent(out Unsent next)
    {
        next = default;
        return unsent is not null && unsent.TryDequeue(out next);
    }
}
