using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Pages;

/// <summary>One event on its way to the pages; a mark of the run itself has no event.</summary>
internal readonly record struct FedEvent(
    long Seq, NodeAddress Node, Instant Now, ProtocolEvent Event, string? Mark = null);

/// <summary>
/// What a run's thread hands over to another one without waiting: a ring of fixed size, with one writer and one reader
/// at a time, and no lock.
/// </summary>
internal sealed class EventRing(int capacity)
{
    private readonly FedEvent[] items = new FedEvent[capacity];
    private long head;
    private long tail;

    public int Capacity => items.Length;

    public int Count => (int)(Volatile.Read(ref tail) - Volatile.Read(ref head));

    /// <returns>False when it is full.</returns>
    public bool TryAppend(in FedEvent item)
    {
        var at = tail;
        if (at - Volatile.Read(ref head) == items.Length) return false;
        items[at % items.Length] = item;
        Volatile.Write(ref tail, at + 1);
        return true;
    }

    /// <returns>False when it is empty.</returns>
    public bool TryTake(out FedEvent item)
    {
        var at = head;
        if (at == Volatile.Read(ref tail))
        {
            item = default;
            return false;
        }

        ref var place = ref items[at % items.Length];
        (item, place) = (place, default);   // so that the ring keeps nothing alive
        Volatile.Write(ref head, at + 1);
        return true;
    }
}
