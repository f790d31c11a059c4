using GossipSim.Analysis;
using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Analysis.Graphs;

/// <summary>Graphs to measure: the open case, small ones of every kind, random ones.</summary>
internal static class SampleGraphs
{
    public static Graph Open()
    {
        (int A, int B)[] edges =
        [
            .. OpenCase.Lines("ba-m4-n2000.edges").Select(line => line.Split((char[])[' ', '\t']))
                .Select(pair => (int.Parse(pair[0]), int.Parse(pair[1]))),
        ];
        return Graph.Of(2000, edges);
    }

    public static Graph Ring(int nodes) =>
        Graph.Of(nodes, [.. Enumerable.Range(0, nodes).Select(node => (node, (node + 1) % nodes))]);

    public static Graph Line(int nodes) =>
        Graph.Of(nodes, [.. Enumerable.Range(1, nodes - 1).Select(node => (node - 1, node))]);

    public static Graph Star(int leaves) =>
        Graph.Of(leaves + 1, [.. Enumerable.Range(1, leaves).Select(leaf => (0, leaf))]);

    public static Graph Clique(int nodes) => Graph.Of(
        nodes, [.. Enumerable.Range(0, nodes).SelectMany(a => Enumerable.Range(0, a).Select(b => (a, b)))]);

    /// <summary>From nobody linked to everybody, with loops and double edges on the way.</summary>
    public static Graph Random(ulong randomSeed, int mostNodes = 40)
    {
        var random = new NodeRandom(randomSeed);
        int nodes = 1 + random.Next(mostNodes);
        int edges = random.Next(3 * nodes + 1);
        return Graph.Of(
            nodes, [.. Enumerable.Range(0, edges).Select(_ => (random.Next(nodes), random.Next(nodes)))]);
    }

    /// <summary>Grown by preferential attachment with three links for each newcomer.</summary>
    public static Graph Grown(int nodes, ulong randomSeed)
    {
        const int Links = 3;
        var random = new NodeRandom(randomSeed);
        var (edges, ends) = (new List<(int, int)>(), new List<int>());
        for (int node = 1; node < nodes; node++)
        {
            var targets = new SortedSet<int>();
            while (targets.Count < Math.Min(Links, node))
                targets.Add(node <= Links ? random.Next(node) : ends[random.Next(ends.Count)]);
            foreach (int target in targets)
            {
                edges.Add((node, target));
                ends.AddRange([node, target]);
            }
        }

        return Graph.Of(nodes, [.. edges]);
    }
}
