namespace GossipSim.Engine.Protocol;

/// <summary>
/// What a seed node believes about degrees: an edge is told by the peer that opened it, in its REFRESH, and counts at
/// both ends. Hints only: stale between refreshes. Draws members in proportion to them in O(log n) (a Fenwick tree
/// over the places of the membership list).
/// </summary>
internal sealed class DegreeHints(MembershipList members)
{
    private readonly List<NodeAddress[]> opened = [];
    private readonly List<int> degrees = [];
    private readonly List<bool> drawable = [];
    private readonly List<long> tree = [0];

    public int Of(int place) => degrees[place];

    /// <summary>Makes room for a new place of the membership list.</summary>
    public void Grow(int count)
    {
        while (degrees.Count < count)
        {
            opened.Add([]);
            degrees.Add(0);
            drawable.Add(false);
            AppendToTree();
        }
    }

    /// <summary>A live member may be drawn, with weight 1 even before anybody linked to it; others may not.</summary>
    public void SetAlive(int place, bool alive)
    {
        var before = Weight(place);
        drawable[place] = alive;
        AddToTree(place, Weight(place) - before);
    }

    /// <summary>A member told which links it has opened, in place of what it told before.</summary>
    public void Replace(int place, NodeAddress[] links)
    {
        CountLinks(place, opened[place], -1);
        opened[place] = links;
        CountLinks(place, links, +1);
    }

    /// <summary>The place of a live member, drawn in proportion to its degree; -1 when there is none.</summary>
    public int Draw(ref NodeRandom random)
    {
        var total = Total();
        if (total == 0) return -1;
        return Find((long)Math.Floor(random.NextUnit() * total));
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
        var before = Weight(place);
        // A link told before its end was known here may be taken back without having counted.
        degrees[place] = Math.Max(0, degrees[place] + change);
        AddToTree(place, Weight(place) - before);
    }

    private int Weight(int place) => drawable[place] ? Math.Max(1, degrees[place]) : 0;

    private void AppendToTree()
    {
        var node = tree.Count;
        long sum = 0;
        for (var child = node - 1; child > node - (node & -node); child -= child & -child) sum += tree[child];
        tree.Add(sum);
    }

    private void AddToTree(int place, long change)
    {
        if (change == 0) return;
        for (var node = place + 1; node < tree.Count; node += node & -node) tree[node] += change;
    }

    private long Total()
    {
        long sum = 0;
        for (var node = tree.Count - 1; node > 0; node -= node & -node) sum += tree[node];
        return sum;
    }

    private int Find(long target)
    {
        var node = 0;
        var step = 1;
        while (step * 2 < tree.Count) step *= 2;
        for (; step > 0; step /= 2)
        {
            if (node + step >= tree.Count || tree[node + step] > target) continue;
            node += step;
            target -= tree[node];
        }

        return Math.Min(node, degrees.Count - 1);
    }
}
