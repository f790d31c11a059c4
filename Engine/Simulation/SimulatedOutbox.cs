using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// What waits to leave on one end of a link, in order. Where a bandwidth makes it wait it is bounded as the TCP host's
/// outbox is: the oldest gossip gives way to what is new (the digests in PING repair that), control messages stay.
/// </summary>
internal sealed class SimulatedOutbox
{
    /// <summary>As many messages as the outbox of the TCP host holds.</summary>
    public const int Capacity = 1024;

    /// <summary>As many bytes as the outbox of the TCP host holds.</summary>
    public const int CapacityBytes = 2 * 1024 * 1024;

    private readonly LinkedList<Unsent> waiting = [];
    private readonly Queue<LinkedListNode<Unsent>> gossip = new();
    private long bytes;

    /// <param name="Message">Null is the end of the link.</param>
    /// <param name="Number">The sender's count of what it sent: chances are drawn from it.</param>
    /// <param name="Bytes">0 where nobody needs to know.</param>
    public readonly record struct Unsent(Message? Message, int Hops, uint Number, int Bytes = 0);

    public int Count => waiting.Count;

    /// <summary>Until when the link is taken by what left last, in nanoseconds of true time.</summary>
    public long BusyUntil { get; set; }

    public bool IsDepartureScheduled { get; set; }

    /// <summary>Since when it has been full, in microseconds of true time; null when it is not.</summary>
    public long? FullSince { get; private set; }

    public void Add(in Unsent added)
    {
        var place = waiting.AddLast(added);
        if (added.Message is Gossip) gossip.Enqueue(place);
        bytes += added.Bytes;
    }

    /// <returns>How many messages were dropped for it.</returns>
    public int AddBounded(in Unsent added, long now)
    {
        var dropped = 0;
        while (!HasRoomFor(added))
        {
            FullSince ??= now;
            if (!gossip.TryDequeue(out var oldest))
            {
                if (added.Message is Gossip) return dropped + 1;
                break;
            }

            bytes -= oldest.Value.Bytes;
            waiting.Remove(oldest);
            dropped++;
        }

        Add(added);
        return dropped;
    }

    public bool TryPeek(out Unsent next)
    {
        next = waiting.First?.Value ?? default;
        return waiting.Count > 0;
    }

    public Unsent Take()
    {
        var next = waiting.First!.Value;
        waiting.RemoveFirst();
        if (next.Message is Gossip) gossip.Dequeue();
        bytes -= next.Bytes;
        // Not at the first place that is free: a link that stays full is broken, one that flickers must not hide it.
        if (waiting.Count <= Capacity / 2 && bytes <= CapacityBytes / 2) FullSince = null;
        return next;
    }

    private bool HasRoomFor(in Unsent added) =>
        waiting.Count < Capacity && bytes + added.Bytes <= CapacityBytes;
}
