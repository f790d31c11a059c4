namespace GossipSim.Engine.Protocol;

/// <summary>
/// The links of a peer, in the order in which they were made. Whom they lead to is one array of addresses, searched as
/// a whole; what is known of each neighbor is an object. A peer of a <see cref="StandingOverlay"/> reads the addresses
/// there until its links change, and has the objects made when they are first asked for.
/// </summary>
/// <remarks>A struct inside its peer: among a million peers each object more costs a tenth of the time.</remarks>
internal struct NeighborTable
{
    /// <summary>Our choice: enough witnesses to ask, few enough for one short line.</summary>
    private const int ToldAtMost = 8;

    /// <summary>Null once the links are this peer's own affair.</summary>
    private StandingOverlay? standing;

    private Own? own;
    private readonly int node;
    private readonly int firstEnd;

    private sealed class Own
    {
        /// <summary>Empty while the links stand as they stood.</summary>
        public NodeAddress[] Addresses = [];

        public Neighbor?[] Neighbors = [];
        public NodeAddress[]? Told;
    }

    /// <summary>The links of a node as they stand before it starts.</summary>
    public NeighborTable(StandingOverlay overlay, int node)
    {
        standing = overlay;
        this.node = node;
        firstEnd = overlay.FirstEndOf(node);
        Count = overlay.Degree(node);
    }

    public int Count { get; private set; }

    /// <summary>What is known of the neighbor at a place.</summary>
    public Neighbor this[int place]
    {
        get
        {
            var neighbors = (own ??= new Own()).Neighbors;
            if (neighbors.Length == 0) neighbors = own.Neighbors = new Neighbor?[Count];
            return neighbors[place] ??= NeighborStandingAt(place);
        }
    }

    /// <summary>Where in the table an address is; -1 when it is no neighbor's.</summary>
    public readonly int PlaceOf(NodeAddress address) =>
        standing is not null ? standing.PlaceOf(address, firstEnd, Count)
        : own is not null ? NodeAddress.IndexOf(own.Addresses.AsSpan(0, Count), address)
        : -1;

    public readonly bool Contains(NodeAddress address) => PlaceOf(address) >= 0;

    public Neighbor? Find(NodeAddress address) => PlaceOf(address) is >= 0 and var place ? this[place] : null;

    public readonly NodeAddress AddressAt(int place) =>
        standing is not null ? standing.AddressAt(firstEnd + place) : own!.Addresses[place];

    public void Add(Neighbor neighbor)
    {
        var links = TakeOver();
        if (Count == links.Addresses.Length)
        {
            var larger = Math.Max(4, Count + (Count / 2));
            Array.Resize(ref links.Addresses, larger);
            Array.Resize(ref links.Neighbors, larger);
        }

        links.Addresses[Count] = neighbor.Address;
        links.Neighbors[Count] = neighbor;
        Count++;
    }

    public void Remove(Neighbor neighbor)
    {
        var place = PlaceOf(neighbor.Address);
        if (place < 0) return;
        var links = TakeOver();
        Count--;
        Array.Copy(links.Addresses, place + 1, links.Addresses, place, Count - place);
        Array.Copy(links.Neighbors, place + 1, links.Neighbors, place, Count - place);
        links.Neighbors[Count] = null;
    }

    /// <summary>The neighbors named in a PONG; made anew only when links changed.</summary>
    public NodeAddress[] Told()
    {
        own ??= new Own();
        if (own.Told is not null) return own.Told;
        own.Told = new NodeAddress[Math.Min(Count, ToldAtMost)];
        for (var place = 0; place < own.Told.Length; place++) own.Told[place] = AddressAt(place);
        return own.Told;
    }

    public NodeAddress[] OpenedHere(int limit)
    {
        var opened = new List<NodeAddress>();
        for (var place = 0; place < Count && opened.Count < limit; place++)
            if (this[place].IsOpenedHere) opened.Add(AddressAt(place));
        return [.. opened];
    }

    /// <summary>The links are about to change: from now on they are this peer's own.</summary>
    private Own TakeOver()
    {
        var links = own ??= new Own();
        links.Told = null;
        if (standing is null) return links;
        var addresses = new NodeAddress[Count];
        var neighbors = new Neighbor?[Count];
        for (var place = 0; place < Count; place++)
            (addresses[place], neighbors[place]) = (AddressAt(place), this[place]);
        (links.Addresses, links.Neighbors) = (addresses, neighbors);
        standing = null;
        return links;
    }

    /// <summary>As in an overlay that grew, the younger end is the one that opened the link.</summary>
    private readonly Neighbor NeighborStandingAt(int place)
    {
        var end = standing!.EndAt(firstEnd + place);
        return new Neighbor(
            standing.Plan[end], standing.NodeIdAt(end), StandingOverlay.Epoch, StandingOverlay.JoinStampOf(end),
            isOpenedHere: end < node);
    }
}
