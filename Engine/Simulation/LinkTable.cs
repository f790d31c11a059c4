using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>The links of one node, found by the other end, and what it counts about them.</summary>
internal sealed class LinkTable
{
    /// <summary>Our choice: so many are looked through in less time than a hash takes.</summary>
    private const int LookedThrough = 128;

    /// <summary>
    /// The count in the name of a link that stood from the beginning: the node with the lower index dialed it.
    /// </summary>
    private const uint Standing = int.MaxValue;

    // Apart from the links: searching them takes a few cache lines, even at a hub.
    private int[] others = new int[4];
    private SimulatedLink[] links = new SimulatedLink[4];
    private int count;
    private int next;
    private uint transmissions;
    private uint dials;

    /// <summary>
    /// When the end of a link closed here arrives at the other node, where that is later than a new dial would.
    /// </summary>
    private Dictionary<int, long>? endsOfClosed;

    private List<SimulatedLink>? closing;

    /// <summary>Only where there are too many to look through, as at a seed node.</summary>
    private Dictionary<int, int>? places;

    public ReadOnlySpan<SimulatedLink> All => links.AsSpan(0, count);

    /// <summary>Links closed here whose last messages still wait to leave.</summary>
    public List<SimulatedLink> Closing => closing ??= [];

    public bool HasClosing => closing is { Count: > 0 };

    public static long NameOfStanding(int one, int other) => ((long)Math.Min(one, other) << 32) | Standing;

    public static bool IsStanding(long connection) => (uint)connection == Standing;

    public SimulatedLink? Find(int other)
    {
        // Nodes mostly send to their neighbors in the order in which they made the links.
        if (next < count && others[next] == other) return links[next++];
        var place = PlaceOf(other);
        if (place < 0) return null;
        next = place + 1;
        return links[place];
    }

    /// <summary>Puts a link in, in place of an earlier one to the same node.</summary>
    public void Set(SimulatedLink link)
    {
        var place = PlaceOf(link.Other);
        if (place < 0) place = Append(link.Other);
        links[place] = link;
    }

    public void Remove(int other)
    {
        var place = PlaceOf(other);
        if (place < 0) return;
        count--;
        places?.Remove(other);
        if (place < count)
        {
            (others[place], links[place]) = (others[count], links[count]);
            if (places is not null) places[others[place]] = place;
        }

        links[count] = null!;
    }

    /// <summary>The node's process is gone, and with it its links.</summary>
    public void Clear()
    {
        Array.Clear(links);
        count = 0;
        places = null;
        closing = null;
    }

    /// <summary>
    /// The count of what it sent, apart from all else that it makes happen: chances of messages are drawn from it.
    /// </summary>
    public uint NextTransmission() => transmissions++;

    /// <summary>
    /// A name for a connection that this node dials: its own count, so that no order among nodes matters.
    /// </summary>
    public long NextConnection(int self) => ((long)self << 32) | ++dials;

    public long EndOfClosed(int other) =>
        endsOfClosed is not null && endsOfClosed.Remove(other, out var arrival) ? arrival : 0;

    public void NoteEndOfClosed(int other, long arrival) => (endsOfClosed ??= [])[other] = arrival;

    private int PlaceOf(int other) => places is null
        ? others.AsSpan(0, count).IndexOf(other)
        : places.GetValueOrDefault(other, -1);

    private int Append(int other)
    {
        if (count == others.Length)
        {
            Array.Resize(ref others, 2 * count);
            Array.Resize(ref links, 2 * count);
        }

        others[count] = other;
        places?.Add(other, count);
        if (++count == LookedThrough && places is null)
        {
            places = [];
            for (var place = 0; place < count; place++) places.Add(others[place], place);
        }

        return count - 1;
    }
}
