using System.Runtime.CompilerServices;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// The links of a peer, in the order in which they were made. Whom they lead to is one array of addresses, searched as
/// a whole; how the neighbors fare is another, and who each of them is an object. A peer of a
/// <see cref="StandingOverlay"/> reads the addresses there until its links change, and has the rest made when it is
/// first asked for.
/// </summary>
/// <remarks>A struct inside its peer: among a million peers each object more costs a tenth of the time.</remarks>
internal struct NeighborTable
{
    /// <summary>Our choice: enough witnesses to ask, few enough for one short line.</summary>
    private const int ToldAtMost = 8;

    /// <summary>Our choice: the cache lines of five neighbors; most have no more.</summary>
    private const int VitalsLines = 3;

    /// <summary>
    /// The <see cref="StandingOverlay"/> while whom the links lead to is all that is known, then <see cref="Own"/>.
    /// </summary>
    private object? links;

    private readonly int node;

    private sealed class Own
    {
        public StandingOverlay? Overlay;

        /// <summary>Null while the links stand as they stood.</summary>
        public NodeAddress[]? Addresses;

        public Vitals[] Vitals = [];
        public Neighbor?[] Neighbors = [];
        public Pong? Answer;
        public PingRounds Pings;
    }

    /// <summary>The links of a node as they stand before it starts.</summary>
    public NeighborTable(StandingOverlay overlay, int node)
    {
        links = overlay;
        this.node = node;
        Count = overlay.Degree(node);
    }

    public int Count { get; private set; }

    /// <summary>In which links once stood; null where none did.</summary>
    public readonly StandingOverlay? Overlay => links as StandingOverlay ?? (links as Own)?.Overlay;

    /// <summary>This peer's number in the overlay.</summary>
    public readonly int Node => node;

    /// <summary>In which links stand as they once stood; null where they changed, or none did.</summary>
    private readonly StandingOverlay? Unchanged =>
        links as StandingOverlay ?? (links is Own { Addresses: null } own ? own.Overlay : null);

    /// <summary>How all neighbors fare, by place.</summary>
    public Span<Vitals> Vitals => Known().Vitals.AsSpan(0, Count);

    /// <summary>How one of them fares.</summary>
    public ref Vitals VitalsAt(int place) => ref Known().Vitals[place];

    /// <summary>How all of them are asked how they fare: beside it, for a round touches both.</summary>
    public ref PingRounds Pings => ref Known().Pings;

    /// <summary>What this peer answers to pings; null when that is to be made anew, because links changed.</summary>
    public Pong? Answer
    {
        readonly get => (links as Own)?.Answer;
        set => Known().Answer = value;
    }

    /// <summary>Who the neighbor at a place is.</summary>
    public Neighbor this[int place]
    {
        get
        {
            var known = Known();
            if (known.Neighbors.Length == 0) known.Neighbors = new Neighbor?[Count];
            return known.Neighbors[place] ??= NeighborStandingAt(place, known.Overlay!);
        }
    }

    /// <summary>
    /// Whether the neighbor at a place is the process and the member that an answer names. Asked of all of them once,
    /// so nobody is made an object for it.
    /// </summary>
    public readonly bool IsStill(int place, NodeId nodeId, int epoch) =>
        links is Own { Neighbors.Length: > 0 } own && own.Neighbors[place] is { } known
            ? known.NodeId == nodeId && known.Epoch == epoch
            : Overlay!.NodeIdAt(Overlay.NeighborsOf(node)[place]) == nodeId && epoch == StandingOverlay.Epoch;

    /// <inheritdoc cref="Node.BringStateNear"/>
    public readonly void BringNear() => Prefetch.Object(in links);

    /// <inheritdoc cref="Node.BringListsNear"/>
    public readonly void BringListsNear(int standingPlace)
    {
        if (links is not Own own) return;
        if (own.Addresses is not null) Prefetch.Object(in own.Addresses);
        if (standingPlace >= 0 && own.Addresses is null) Prefetch.Item(in own.Vitals, standingPlace);
        else Prefetch.Object(in own.Vitals, VitalsLines);
    }

    /// <summary>Where in the table an address is; -1 when it is no neighbor's.</summary>
    public readonly int PlaceOf(NodeAddress address) =>
        Unchanged?.PlaceOf(address, node)
        ?? NodeAddress.IndexOf(((links as Own)?.Addresses).AsSpan(0, Count), address);

    /// <summary>Where in the table the sender of a message is; -1 for a stranger.</summary>
    public readonly int PlaceOf(in Envelope received) =>
        received.StandingPlace is >= 0 and var place && Unchanged is not null ? place : PlaceOf(received.From);

    public readonly bool Contains(NodeAddress address) => PlaceOf(address) >= 0;

    public Neighbor? Find(NodeAddress address) => PlaceOf(address) is >= 0 and var place ? this[place] : null;

    public readonly NodeAddress AddressAt(int place) =>
        Unchanged?.AddressAt(node, place) ?? ((Own)links!).Addresses![place];

    /// <summary>The neighbors as those to whom something goes.</summary>
    /// <param name="except">The place of the one to whom it does not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Recipients All(int except = Recipients.NoPlace)
    {
        var addresses = (links as Own)?.Addresses;
        return new Recipients(
            addresses is null ? Overlay : null, node, addresses is null ? default : addresses.AsSpan(0, Count), except);
    }

    public void Add(Neighbor neighbor, in Vitals vitals)
    {
        var own = TakeOver();
        if (Count == own.Addresses!.Length)
        {
            var larger = Math.Max(4, Count + (Count / 2));
            Array.Resize(ref own.Addresses, larger);
            Array.Resize(ref own.Vitals, larger);
            Array.Resize(ref own.Neighbors, larger);
        }

        (own.Addresses[Count], own.Vitals[Count], own.Neighbors[Count]) = (neighbor.Address, vitals, neighbor);
        Count++;
    }

    public void Remove(Neighbor neighbor)
    {
        var place = PlaceOf(neighbor.Address);
        if (place < 0) return;
        var own = TakeOver();
        Count--;
        Array.Copy(own.Addresses!, place + 1, own.Addresses!, place, Count - place);
        Array.Copy(own.Vitals, place + 1, own.Vitals, place, Count - place);
        Array.Copy(own.Neighbors, place + 1, own.Neighbors, place, Count - place);
        (own.Vitals[Count], own.Neighbors[Count]) = (default, null);
    }

    /// <summary>The neighbors that a PONG names.</summary>
    public readonly NodeAddress[] Told()
    {
        var told = new NodeAddress[Math.Min(Count, ToldAtMost)];
        for (var place = 0; place < told.Length; place++) told[place] = AddressAt(place);
        return told;
    }

    public NodeAddress[] OpenedHere(int limit)
    {
        var opened = new List<NodeAddress>();
        for (var place = 0; place < Count && opened.Count < limit; place++)
            if (this[place].IsOpenedHere) opened.Add(AddressAt(place));
        return [.. opened];
    }

    private Own Known() => links is Own own ? own : GetToKnow();

    private Own GetToKnow()
    {
        var known = links is StandingOverlay overlay
            ? new Own { Overlay = overlay, Vitals = new Vitals[Count] }
            : new Own { Addresses = [] };
        Array.Fill(known.Vitals, Protocol.Vitals.Unheard);
        links = known;
        return known;
    }

    /// <summary>The links are about to change: from now on they are this peer's own.</summary>
    private Own TakeOver()
    {
        var own = Known();
        own.Answer = null;
        if (own.Addresses is not null) return own;
        var addresses = new NodeAddress[Count];
        var neighbors = new Neighbor?[Count];
        for (var place = 0; place < Count; place++)
            (addresses[place], neighbors[place]) = (AddressAt(place), this[place]);
        (own.Addresses, own.Neighbors) = (addresses, neighbors);
        return own;
    }

    /// <summary>As in an overlay that grew, the younger end is the one that opened the link.</summary>
    private readonly Neighbor NeighborStandingAt(int place, StandingOverlay overlay)
    {
        var end = overlay.NeighborsOf(node)[place];
        return new Neighbor(
            overlay.Plan[end], overlay.NodeIdAt(end), StandingOverlay.Epoch, StandingOverlay.JoinStampOf(end),
            isOpenedHere: end < node);
    }
}
