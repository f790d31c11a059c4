using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>A link of a <see cref="StandingOverlay"/> as one of its ends sees it.</summary>
/// <param name="Other">The other end, by index.</param>
/// <param name="Length">The base latency in microseconds.</param>
/// <param name="PlaceThere">
/// This end's place among the neighbors of the other; <see cref="Recipients.NoPlace"/> when it was not looked for.
/// </param>
internal readonly record struct StandingLink(int Other, int Length, int PlaceThere);

/// <summary>
/// All links of a <see cref="StandingOverlay"/>, worked out before anybody sends: to draw a length again for each
/// message, and to look for its sender among the receiver's neighbors, takes a fifth of the time of a flood.
/// </summary>
internal sealed class StandingLinks
{
    /// <summary>
    /// Our choice, 24 MB: the links of some 350,000 peers. Where there are more, memory is dearer than time, and they
    /// are worked out when they are asked for.
    /// </summary>
    private const int MostEnds = 1 << 21;

    /// <summary>Our choice: the cache lines of ten links; most nodes have no more.</summary>
    private const int NearLines = 2;

    private readonly StandingOverlay overlay;
    private readonly LinkLengths lengths;

    /// <summary>Of all nodes one after the other, as the overlay has their neighbors; null when not kept.</summary>
    private readonly StandingLink[]? kept;

    /// <param name="mostEnds">With more of them the links are not kept.</param>
    public StandingLinks(StandingOverlay overlay, LinkLengths lengths, int mostEnds = MostEnds)
    {
        this.overlay = overlay;
        this.lengths = lengths;
        if (overlay.Ends > mostEnds) return;
        kept = new StandingLink[overlay.Ends];
        for (var node = 0; node < overlay.Plan.Count; node++)
        {
            var links = KeptOf(node);
            Draw(node, links);
            foreach (ref var link in links)
                link = link with { PlaceThere = overlay.PlaceOf(node, link.Other) };
        }
    }

    /// <summary>By the places of the node's neighbors.</summary>
    /// <param name="room">Where they are drawn if need be; larger afterwards if it was too small.</param>
    public ReadOnlySpan<StandingLink> Of(int node, ref StandingLink[] room)
    {
        if (kept is not null) return KeptOf(node);
        var degree = overlay.Degree(node);
        if (room.Length < degree) room = new StandingLink[2 * degree];
        Draw(node, room.AsSpan(0, degree));
        return room.AsSpan(0, degree);
    }

    /// <summary>The one that leads from a node to another.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(int node, int other, out StandingLink link)
    {
        var place = overlay.PlaceOf(other, node);
        link = place < 0 ? default
            : kept is not null ? At(node, place)
            : Drawn(other, lengths.Between(node, other));
        return place >= 0;
    }

    /// <summary>The one that leads from a node to the neighbor at a place.</summary>
    public ref readonly StandingLink At(int node, int place) => ref kept![overlay.FirstEndOf(node) + place];

    /// <summary>Those of one node come into the cache.</summary>
    public void BringNear(int node)
    {
        if (kept is null) overlay.BringNear(node);
        else Prefetch.Item(in kept, overlay.FirstEndOf(node), NearLines);
    }

    private Span<StandingLink> KeptOf(int node) => kept.AsSpan(overlay.FirstEndOf(node), overlay.Degree(node));

    private void Draw(int node, Span<StandingLink> links)
    {
        var neighbors = overlay.NeighborsOf(node);
        var own = lengths.Of(node);
        for (var place = 0; place < links.Length; place++)
            links[place] = Drawn(neighbors[place], own.To(neighbors[place]));
    }

    // No link is so long that it does not fit.
    private static StandingLink Drawn(int other, long length) =>
        new(other, (int)length, PlaceThere: Recipients.NoPlace);
}
