namespace GossipSim.Engine.Protocol;

/// <summary>
/// What a seed node believes about degrees: an edge is told by the peer that opened it, in its REFRESH, and counts at
/// both ends. Hints only: stale between refreshes.
/// </summary>
internal sealed class DegreeHints(MembershipList members)
{
    private readonly Column<NodeAddress[]> opened = new();
    private readonly Column<int> degrees = new();
    private readonly WeightTree weights = new();

    public int Of(int place) => degrees[place];

    /// <summary>Makes room for a new place of the membership list.</summary>
    public void Grow(int count)
    {
        while (degrees.Count < count)
        {
            opened.Add([]);
            degrees.Add(0);
            weights.Add();
        }
    }

    /// <summary>A live member may be drawn, with weight 1 even before anybody linked to it; others may not.</summary>
    public void SetAlive(int place, bool alive) => weights[place] = alive ? Math.Max(1, degrees[place]) : 0;

    /// <summary>A member told which links it has opened, in place of what it told before.</summary>
    public void Replace(int place, NodeAddress[] links)
    {
        CountLinks(place, opened[place], -1);
        opened[place] = links;
        CountLinks(place, links, +1);
    }

    /// <summary>The place of a live member, drawn in proportion to its degree; -1 when there is none.</summary>
    public int Draw(ref NodeRandom random) =>
        weights.Total == 0 ? -1 : weights.Find((long)Math.Floor(random.NextUnit() * weights.Total));

    /// <summary>
    /// Fills in the places of distinct live members, drawn in proportion to their degree one after the other; returns
    /// how many, which is less than asked for only where fewer live.
    /// </summary>
    /// <param name="draws">How often each was drawn until there were enough: as good as its degree to who knows only
    /// the sample.</param>
    public int Sample(Span<int> places, Span<int> draws, ref NodeRandom random)
    {
        var drawn = 0;
        for (var draw = 0; draw < 4 * places.Length && drawn < places.Length; draw++)
        {
            var place = Draw(ref random);
            if (place < 0) break;
            var known = places[..drawn].IndexOf(place);
            if (known >= 0) draws[known]++;
            else (places[drawn], draws[drawn++]) = (place, 1);
        }

        return drawn == places.Length ? drawn : Complete(places, draws, drawn, ref random);
    }

    /// <summary>
    /// A few members hold most of the degree and are drawn again and again: they are put aside meanwhile, which
    /// changes nothing about the chances of the others.
    /// </summary>
    private int Complete(Span<int> places, Span<int> draws, int drawn, ref NodeRandom random)
    {
        foreach (var place in places[..drawn]) SetAlive(place, false);
        while (drawn < places.Length && weights.Total > 0)
        {
            (places[drawn], draws[drawn]) = (Draw(ref random), 1);
            SetAlive(places[drawn++], false);
        }

        foreach (var place in places[..drawn]) SetAlive(place, true);
        return drawn;
    }

    private void CountLinks(int place, NodeAddress[] links, int change)
    {
        foreach (var link in links)
        {
            var other = members.PlaceOf(link);
            if (other < 0 || other == place) continue;
            Count(other, change);
            Count(place, change);
        }
    }

    private void Count(int place, int change)
    {
        // A link told before its end was known here may be taken back without having counted.
        degrees[place] = Math.Max(0, degrees[place] + change);
        if (weights[place] > 0) SetAlive(place, true);
    }
}
