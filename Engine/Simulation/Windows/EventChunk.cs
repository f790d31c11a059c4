using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Simulation;

/// <summary>A few waiting events in the order in which they were added.</summary>
internal sealed class EventChunk
{
    /// <summary>Our choice: about a kilobyte. Long enough to walk fast, short enough to be half empty.</summary>
    public const int Capacity = 40;

    private Events events;

    [InlineArray(Capacity)]
    private struct Events
    {
        private QueuedEvent first;
    }

    public int Count { get; private set; }

    /// <summary>In a list the next; in a list's last the first.</summary>
    public EventChunk? Next { get; set; }

    public ReadOnlySpan<QueuedEvent> Content => events[..Count];

    public bool IsFull => Count == Capacity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in QueuedEvent added) => events[Count++] = added;

    public void Clear() => Count = 0;

    /// <summary>One list of two, each known by its last chunk; the first may be none.</summary>
    public static EventChunk Join(EventChunk? first, EventChunk second)
    {
        if (first is not null) (first.Next, second.Next) = (second.Next, first.Next);
        return second;
    }
}
