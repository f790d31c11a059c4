using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Protocols;

/// <summary>
/// Who knows whom in a network whose links nobody negotiates: the overlay that joining peers would build by
/// preferential attachment (Barabasi and Albert, Science 286, 1999), node after node in starting order. The first m+1
/// know each other; each later one opens m links to distinct earlier ones, by degree. It depends on the random seed
/// alone, and the overlay of the first n nodes is the same whoever joins after them.
/// </summary>
internal sealed class GeneratedOverlay
{
    private const ulong Stream = 0x6F7665726C617901UL;

    private readonly int[][] neighbors;

    /// <param name="initial">Nodes that are there from the beginning, and know each other only.</param>
    public GeneratedOverlay(int nodes, int initial, int linksPerJoin, ulong randomSeed)
    {
        var opened = Grow(nodes, linksPerJoin, randomSeed);
        var known = new List<int>[nodes];
        for (var node = 0; node < nodes; node++)
        {
            known[node] = [.. opened[node]];
            if (node >= initial) continue;
            foreach (var target in opened[node]) known[target].Add(node);
        }

        neighbors = [.. known.Select(each => each.Order().ToArray())];
    }

    /// <summary>In ascending order.</summary>
    public IReadOnlyList<int> NeighborsOf(int node) => neighbors[node];

    /// <summary>The links that each node opens when it joins.</summary>
    private static int[][] Grow(int nodes, int linksPerJoin, ulong randomSeed)
    {
        var opened = new int[nodes][];
        var ends = new List<int>(2 * nodes * linksPerJoin);   // each node as often as it has links
        for (var node = 0; node < nodes; node++)
        {
            opened[node] = node <= linksPerJoin
                ? [.. Enumerable.Range(0, node)]
                : Draw(ends, linksPerJoin, new NodeRandom(Mix64.Of(randomSeed, Stream, (ulong)node)));
            foreach (var target in opened[node])
            {
                ends.Add(target);
                ends.Add(node);
            }
        }

        return opened;
    }

    private static int[] Draw(List<int> ends, int count, NodeRandom random)
    {
        var targets = new List<int>(count);
        while (targets.Count < count)
        {
            var target = ends[random.Next(ends.Count)];
            if (!targets.Contains(target)) targets.Add(target);
        }

        return [.. targets];
    }
}
