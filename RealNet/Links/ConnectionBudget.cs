namespace GossipSim.RealNet.Links;

/// <summary>
/// Descriptors belong to the whole process: what strangers at one node hold is missing to all nodes, and to the logs.
/// So the nodes share how many connections there may be, and beyond it the stranger who has waited longest at any of
/// them gives way.
/// </summary>
/// <param name="reservedShare">One of so many is not for strangers, whoever they are at.</param>
internal sealed class ConnectionBudget(long connections, int reservedShare, OutboxRoom outboxRoom)
{
    private readonly Lock gate = new();
    private readonly Queue<(ProcessWire Wire, Connection Connection)> newcomers = new();
    private long open;
    private long strangers;

    public OutboxRoom OutboxRoom => outboxRoom;

    public void Opened() => Interlocked.Increment(ref open);

    public void Closed() => Interlocked.Decrement(ref open);

    /// <returns>False when strangers have all the connections already that are for them.</returns>
    public bool TryAddStranger()
    {
        if (Interlocked.Increment(ref strangers) <= connections - (connections / reservedShare)) return true;
        RemoveStranger();
        return false;
    }

    public void RemoveStranger() => Interlocked.Decrement(ref strangers);

    /// <summary>Remembers an accepted connection that nobody vouches for yet.</summary>
    public void Add(ProcessWire wire, Connection newcomer)
    {
        lock (gate)
        {
            while (newcomers.TryPeek(out var first) && !first.Wire.IsUnproven(first.Connection)) newcomers.Dequeue();
            newcomers.Enqueue((wire, newcomer));
        }
    }

    /// <returns>Whether one more connection fits.</returns>
    public bool TryMakeRoom()
    {
        if (Interlocked.Read(ref open) < connections) return true;
        while (true)
        {
            (ProcessWire Wire, Connection Connection) oldest;
            lock (gate)
            {
                if (!newcomers.TryDequeue(out oldest)) return false;
            }

            if (oldest.Wire.TryEnd(oldest.Connection)) return true;
        }
    }
}
