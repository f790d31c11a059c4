using System.Runtime.InteropServices;

namespace GossipSim.Analysis;

/// <summary>
/// Nodes without which an overlay falls apart (Hopcroft and Tarjan, Algorithm 447, 1973), by one depth-first search
/// without recursion, in time linear in nodes and edges.
/// </summary>
public sealed class ArticulationPoints
{
    private readonly Graph graph;
    private readonly int[] found;
    private readonly int[] lowest;
    private readonly int[] parents;
    private readonly int[] sizes;
    private readonly int[] separated;
    private readonly int[] largestSeparated;
    private readonly int[] next;
    private readonly List<int> component = [];
    private readonly List<(int Node, int CutOff)> points = [];
    private int clock;

    private ArticulationPoints(Graph graph)
    {
        this.graph = graph;
        int nodes = graph.Nodes;
        (found, lowest, parents) = (new int[nodes], new int[nodes], new int[nodes]);
        (sizes, separated, largestSeparated) = (new int[nodes], new int[nodes], new int[nodes]);
        next = new int[nodes];
    }

    /// <summary>
    /// Each articulation point with the number of nodes that its loss cuts off from the largest part that is left of
    /// its component; those that cut off most come first, then those with the smaller index.
    /// </summary>
    /// <param name="nodes">Nodes are 0 .. nodes - 1.</param>
    /// <param name="edges">Undirected; an edge given twice counts once for connectivity.</param>
    public static IReadOnlyList<(int Node, int CutOff)> Of(int nodes, ReadOnlySpan<(int A, int B)> edges) =>
        Of(Graph.Of(nodes, edges));

    /// <summary>The same of a graph that is there already.</summary>
    public static IReadOnlyList<(int Node, int CutOff)> Of(Graph graph)
    {
        var search = new ArticulationPoints(graph);
        for (int root = 0; root < graph.Nodes; root++)
            if (search.found[root] == 0) search.Search(root);
        search.points.Sort((one, other) => one.CutOff != other.CutOff
            ? other.CutOff.CompareTo(one.CutOff)
            : one.Node.CompareTo(other.Node));
        return search.points;
    }

    private void Search(int root)
    {
        component.Clear();
        parents[root] = -1;
        var path = new Stack<int>();
        Enter(root, path);
        while (path.Count > 0)
        {
            int node = path.Peek();
            if (next[node] < graph.Degree(node)) Look(node, graph.Neighbors(node)[next[node]++], path);
            else Leave(path.Pop());
        }

        foreach (int node in CollectionsMarshal.AsSpan(component)) Judge(node, root);
    }

    private void Enter(int node, Stack<int> path)
    {
        found[node] = lowest[node] = ++clock;
        sizes[node] = 1;
        component.Add(node);
        path.Push(node);
    }

    private void Look(int node, int neighbor, Stack<int> path)
    {
        if (found[neighbor] == 0)
        {
            parents[neighbor] = node;
            Enter(neighbor, path);
        }
        else if (neighbor != parents[node])
        {
            lowest[node] = Math.Min(lowest[node], found[neighbor]);
        }
    }

    private void Leave(int node)
    {
        int parent = parents[node];
        if (parent < 0) return;
        sizes[parent] += sizes[node];
        lowest[parent] = Math.Min(lowest[parent], lowest[node]);
        if (lowest[node] < found[parent]) return;

        // Nothing below reaches around the parent: without it this subtree is a part of its own.
        separated[parent] += sizes[node];
        largestSeparated[parent] = Math.Max(largestSeparated[parent], sizes[node]);
    }

    private void Judge(int node, int root)
    {
        int others = component.Count - 1;
        int rest = node == root ? 0 : others - separated[node];
        int cutOff = others - Math.Max(rest, largestSeparated[node]);
        if (cutOff > 0) points.Add((node, cutOff));
    }
}
