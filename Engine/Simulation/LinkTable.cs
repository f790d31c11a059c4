using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>The links of one node, found by the other end, and what it counts about them.</summary>
internal sealed class LinkTable
{
    /// <summary>Our choice: so many are looked through in less time than a hash takes.</summary>
    private const int LookedThrough = 48;

    /// <summary>
    /// The count in the name of a link that stood from the beginning: the node with the lower index dialed it.
    /// </summary>
    public const uint Standing = int.MaxValue;

    // Apart from the links: who asks whether one stands need not look at it.
    private Entry[] entries = new Entry[4];
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

    private readonly record struct Entry(int Other, long Connection);

    public ReadOnlySpan<SimulatedLink> All => links.AsSpan(0, count);

    /// <summary>Links closed here whose last messages still wait to leave.</summary>
    public List<SimulatedLink> Closing => closing ??= [];

    public bool HasClosing => closing is { Count: > 0 };

    public static long NameOfStanding(int one, int other) => ((long)Math.Min(one, other) << 32) | Standing;

    public static bool IsStanding(long connection) => (uint)connection == Standing;

    public SimulatedLink? Find(int other)
    {
        // Nodes mostly send to their neighbors in the order in which they made the links.
        if (next < count && entries[next].Other == other) return links[next++];
        var place = PlaceOf(other);
        if (place < 0) return null;
        next = place + 1;
        return links[place];
    }

    /// <summary>Whether what comes from a node over a connection comes over a link that stands here.</summary>
    public bool Knows(int other, long connection)
    {
        var place = PlaceOf(other);
        return place >= 0 && (entries[place].Connection == connection || links[place].IsKnownAs(connection));
    }

    /// <summary>
    /// Puts a link in, in place of an earlier one to the same node; or again, when its connection is another one now.
    /// </summary>
    public void Set(SimulatedLink link)
    {
        var place = PlaceOf(link.Other);
        if (place < 0) place = Append(link.Other);
        entries[place] = new Entry(link.Other, link.Connection);
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
            (entries[place], links[place]) = (entries[count], links[count]);
            if (places is not null) places[entries[place].Other] = place;
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

    /// <summary>Brings what a search looks at into the cache, some time before.</summary>
    public void PrefetchEntries()
    {
        Prefetch.Value(ref entries[0]);
        Prefetch.Object(in entries);
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

    private int PlaceOf(int other)
    {
        if (places is not null) return places.GetValueOrDefault(other, -1);
        var searched = entries.AsSpan(0, count);
        for (var place = 0; place < searched.Length; place++)
            if (searched[place].Other == other) return place;
        return -1;
    }

    private int Append(int other)
    {
        if (count == entries.Length)
        {
            Array.Resize(ref entries, 2 * count);
            Array.Resize(ref links, 2 * count);
        }

        var place = count++;
        entries[place] = new Entry(other, 0);
        places?.Add(other, place);
        if (count == LookedThrough && places is null)
        {
            places = [];
            for (var known = 0; known < count; known++) places.Add(entries[known].Other, known);
        }

        return place;
    }
}
