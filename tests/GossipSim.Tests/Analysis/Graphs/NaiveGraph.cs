using GossipSim.Analysis;

namespace GossipSim.Tests.Analysis.Graphs;

/// <summary>The definitions, without a thought about time: what the fast ways are compared with.</summary>
internal sealed class NaiveGraph(Graph graph)
{
    private readonly HashSet<int>[] neighbors =
        [.. Enumerable.Range(0, graph.Nodes).Select(node => graph.Neighbors(node).ToArray().ToHashSet())];

    /// <summary>Between each two nodes (Floyd and Warshall); -1 where no path leads.</summary>
    public int[,] Distances()
    {
        int n = graph.Nodes;
        var distances = new int[n, n];
        for (int a = 0; a < n; a++)
            for (int b = 0; b < n; b++) distances[a, b] = a == b ? 0 : neighbors[a].Contains(b) ? 1 : n;
        for (int over = 0; over < n; over++)
            for (int a = 0; a < n; a++)
                for (int b = 0; b < n; b++)
                    distances[a, b] = Math.Min(distances[a, b], distances[a, over] + distances[over, b]);
        for (int a = 0; a < n; a++)
            for (int b = 0; b < n; b++) distances[a, b] = distances[a, b] >= n && a != b ? -1 : distances[a, b];
        return distances;
    }

    /// <summary>From the number of shortest paths between each two nodes.</summary>
    public double[] Betweenness()
    {
        int n = graph.Nodes;
        int[,] distances = Distances();
        var paths = new double[n, n];
        for (int a = 0; a < n; a++)
        {
            paths[a, a] = 1;
            foreach (int b in Enumerable.Range(0, n).Where(b => distances[a, b] > 0).OrderBy(b => distances[a, b]))
                paths[a, b] = neighbors[b].Where(via => distances[a, via] == distances[a, b] - 1)
                    .Sum(via => paths[a, via]);
        }

        var sums = new double[n];
        for (int a = 0; a < n; a++)
            for (int b = 0; b < a; b++)
                for (int via = 0; via < n; via++)
                    if (via != a && via != b && distances[a, b] > 0 && distances[a, via] > 0 && distances[b, via] > 0
                        && distances[a, via] + distances[via, b] == distances[a, b])
                        sums[via] += paths[a, via] * paths[via, b] / paths[a, b];
        return sums;
    }

    /// <summary>Takes nodes with fewer than k neighbors away until there is none, for each k.</summary>
    public int[] Cores()
    {
        var cores = new int[graph.Nodes];
        for (int k = 1; k <= graph.Nodes; k++)
        {
            var left = Enumerable.Range(0, graph.Nodes).ToHashSet();
            while (left.RemoveWhere(node => neighbors[node].Count(left.Contains) < k) > 0) { }
            foreach (int node in left) cores[node] = k;
        }

        return cores;
    }

    public int LargestComponentWithout(IEnumerable<int> removed)
    {
        var left = Enumerable.Range(0, graph.Nodes).Except(removed).ToHashSet();
        int largest = 0;
        while (left.Count > 0)
        {
            var component = new HashSet<int> { left.First() };
            while (component.SelectMany(node => neighbors[node]).Where(left.Contains).ToHashSet() is var more
                && !more.IsSubsetOf(component))
                component.UnionWith(more);
            largest = Math.Max(largest, component.Count);
            left.ExceptWith(component);
        }

        return largest;
    }

    public int[] OrderByRemainingDegree()
    {
        var left = Enumerable.Range(0, graph.Nodes).ToList();
        var order = new List<int>();
        while (left.Count > 0)
        {
            int next = left.MaxBy(node => (neighbors[node].Count(left.Contains), -node));
            left.Remove(next);
            order.Add(next);
        }

        return [.. order];
    }

    public (double Local, long Triangles) Clustering()
    {
        double local = 0;
        long corners = 0;
        foreach (HashSet<int> around in neighbors)
        {
            int pairs = around.Count * (around.Count - 1) / 2;
            int linked = around.Sum(one => around.Count(other => other < one && neighbors[one].Contains(other)));
            corners += linked;
            if (pairs > 0) local += (double)linked / pairs;
        }

        return (local / graph.Nodes, corners / 3);
    }
}
