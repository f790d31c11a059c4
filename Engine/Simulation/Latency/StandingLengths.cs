using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// The base latencies of all links of a <see cref="StandingOverlay"/>, drawn before anybody sends: to draw one again
/// for each message takes a twelfth of the time of a flood.
/// </summary>
internal sealed class StandingLengths
{
    /// <summary>
    /// Our choice, 16 MB: the links of some 700,000 peers. Where there are more, memory is dearer than time, and they
    /// are drawn when they are asked for.
    /// </summary>
    private const int MostEnds = 1 << 22;

    private readonly StandingOverlay overlay;
    private readonly LinkLengths links;

    /// <summary>Of all nodes one after the other, as the overlay has their neighbors; null when not kept.</summary>
    private readonly int[]? kept;

    /// <param name="mostEnds">With more of them the lengths are not kept.</param>
    public StandingLengths(StandingOverlay overlay, LinkLengths links, int mostEnds = MostEnds)
    {
        this.overlay = overlay;
        this.links = links;
        if (overlay.Ends > mostEnds) return;
        kept = new int[overlay.Ends];
        for (var node = 0; node < overlay.Plan.Count; node++)
            Draw(node, kept.AsSpan(overlay.FirstEndOf(node), overlay.Degree(node)));
    }

    /// <summary>In microseconds, by the places of the node's neighbors.</summary>
    /// <param name="room">Where they are drawn if need be; larger afterwards if it was too small.</param>
    public ReadOnlySpan<int> Of(int node, ref int[] room)
    {
        var degree = overlay.Degree(node);
        if (kept is not null) return kept.AsSpan(overlay.FirstEndOf(node), degree);
        if (room.Length < degree) room = new int[2 * degree];
        Draw(node, room.AsSpan(0, degree));
        return room.AsSpan(0, degree);
    }

    /// <summary>In microseconds, of the link to the neighbor at a place.</summary>
    public long To(int place, int node) => kept is not null
        ? kept[overlay.FirstEndOf(node) + place]
        : links.Between(node, overlay.NeighborsOf(node)[place]);

    /// <summary>Those of one node come into the cache.</summary>
    public void BringNear(int node)
    {
        if (kept is not null) Prefetch.Item(in kept, overlay.FirstEndOf(node));
    }

    private void Draw(int node, Span<int> lengths)
    {
        var neighbors = overlay.NeighborsOf(node);
        var own = links.Of(node);
        // No link is so long that it does not fit.
        for (var place = 0; place < lengths.Length; place++) lengths[place] = (int)own.To(neighbors[place]);
    }
}
