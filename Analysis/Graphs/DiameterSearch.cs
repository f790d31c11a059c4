namespace GossipSim.Analysis;

/// <summary>
/// Bounds of the diameter where not all nodes can be searched from: two double sweeps find a long path and a node near
/// its middle; from there the farthest nodes are searched first, because between nodes within distance i of it no path
/// is longer than 2i (iFUB: Crescenzi et al. 2013). Where the bounds meet, the diameter is exact.
/// </summary>
internal sealed class DiameterSearch
{
    private readonly Graph graph;
    private readonly BreadthFirst sweep;
    private readonly ManySourceSearch search;
    private int atLeast;
    private int passes;

    private DiameterSearch(Graph graph, int atLeast, int passes)
    {
        this.graph = graph;
        (this.atLeast, this.passes) = (atLeast, passes);
        (sweep, search) = (new BreadthFirst(graph), new ManySourceSearch(graph));
    }

    /// <param name="atLeast">A length that some shortest path is known to have.</param>
    /// <param name="passes">How often 256 nodes may be searched from.</param>
    public static (int AtLeast, int AtMost) Bounds(Graph graph, GraphComponents components, int atLeast, int passes)
    {
        var bounds = new DiameterSearch(graph, atLeast, passes);
        int atMost = 0;
        int[] hubs = HubOfEach(graph, components);
        // A component of n nodes has no path longer than n - 1: small ones seldom matter.
        foreach (int component in Enumerable.Range(0, hubs.Length).OrderByDescending(i => components.Sizes[i]))
        {
            if (components.Sizes[component] - 1 <= bounds.atLeast) break;
            atMost = Math.Max(atMost, bounds.Search(hubs[component]));
        }

        return (bounds.atLeast, Math.Max(atMost, bounds.atLeast));
    }

    private static int[] HubOfEach(Graph graph, GraphComponents components)
    {
        var hubs = new int[components.Count];
        Array.Fill(hubs, -1);
        for (int node = 0; node < graph.Nodes; node++)
        {
            ref int hub = ref hubs[components.ComponentOf(node)];
            if (hub < 0 || graph.Degree(node) > graph.Degree(hub)) hub = node;
        }

        return hubs;
    }

    /// <summary>An upper bound for the component of a hub; raises the lower bound on the way.</summary>
    private int Search(int hub)
    {
        int centre = Centre(hub);
        sweep.Run(centre);
        atLeast = Math.Max(atLeast, sweep.Eccentricity);
        // The sweep stands still from here on.
        ReadOnlySpan<int> reached = sweep.Reached, distances = sweep.Distances;
        int end = reached.Length;
        for (int level = sweep.Eccentricity; level > 0; level--)
        {
            if (2 * level <= atLeast) return atLeast;
            int start = end;
            while (start > 0 && distances[reached[start - 1]] == level) start--;
            if (!SearchFrom(reached[start..end], 2 * level)) return 2 * level;
            end = start;
        }

        return atLeast;
    }

    /// <summary>
    /// The middle of a path between two nodes that are far apart, or the hub where it sees no farther.
    /// </summary>
    private int Centre(int hub)
    {
        sweep.Run(hub);
        var (centre, least) = (hub, sweep.Eccentricity);
        int start = sweep.Farthest;
        for (int repeat = 0; repeat < 2; repeat++)
        {
            sweep.Run(start);
            atLeast = Math.Max(atLeast, sweep.Eccentricity);
            int middle = sweep.Middle(sweep.Farthest);
            sweep.Run(middle);
            start = sweep.Farthest;
            if (sweep.Eccentricity < least) (centre, least) = (middle, sweep.Eccentricity);
        }

        return centre;
    }

    /// <summary>Whether all could be searched from, or the lower bound came up to where more is of no use.</summary>
    private bool SearchFrom(ReadOnlySpan<int> nodes, int enough)
    {
        for (int start = 0; start < nodes.Length; start += ManySourceSearch.MostSources)
        {
            if (atLeast >= enough) return true;
            if (passes-- <= 0) return false;
            ReadOnlySpan<int> sources = nodes[start..Math.Min(nodes.Length, start + ManySourceSearch.MostSources)];
            atLeast = Math.Max(atLeast, search.Run(sources, countsSources: false).Eccentricities.Max());
        }

        return true;
    }
}
