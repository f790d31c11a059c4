namespace GossipSim.Analysis;

/// <summary>In which order the nodes of a graph are taken away; each order names every node once.</summary>
public static class RemovalOrder
{
    /// <summary>
    /// By a random number for each node: that at place node + 1 + number * 2^32 of SplitMix64 (Steele, Lea and Flood
    /// 2014) from state 0.
    /// </summary>
    /// <param name="number">Which one of many such orders, from 0.</param>
    public static int[] Random(int nodes, int number)
    {
        ulong offset = ((ulong)number << 32) + 1;
        int bits = Math.Max(1, 32 - int.LeadingZeroCount(nodes));
        var starts = new int[(1 << bits) + 1];
        var keys = new ulong[nodes];
        for (int node = 0; node < nodes; node++)
        {
            keys[node] = CounterRandom.SplitMix64((ulong)node + offset);
            starts[(keys[node] >> (64 - bits)) + 1]++;
        }

        for (int i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        // As many bins as nodes: one holds a node or two, and what is left to sort is short.
        var (order, sorted, next) = (new int[nodes], new ulong[nodes], (int[])starts.Clone());
        for (int node = 0; node < nodes; node++)
        {
            int place = next[keys[node] >> (64 - bits)]++;
            (order[place], sorted[place]) = (node, keys[node]);
        }

        for (int i = 0; i < starts.Length - 1; i++)
            if (starts[i + 1] - starts[i] is > 1 and var length) Array.Sort(sorted, order, starts[i], length);
        return order;
    }

    /// <summary>
    /// By the degree in the whole graph, the largest first; of equals the smaller node (Albert, Jeong and Barabasi
    /// 2000).
    /// </summary>
    public static int[] ByDegree(Graph graph)
    {
        int most = MostNeighbors(graph);
        var places = new int[most + 2];
        for (int node = 0; node < graph.Nodes; node++) places[most - graph.Degree(node) + 1]++;
        for (int i = 1; i < places.Length; i++) places[i] += places[i - 1];
        var order = new int[graph.Nodes];
        for (int node = 0; node < order.Length; node++) order[places[most - graph.Degree(node)]++] = node;
        return order;
    }

    /// <summary>
    /// By the degree in what is left at each step, the largest first; of equals the smaller node (Holme et al. 2002,
    /// "recalculated degree").
    /// </summary>
    public static int[] ByRemainingDegree(Graph graph) => new Recalculation(graph).Run();

    private static int MostNeighbors(Graph graph)
    {
        int most = 0;
        for (int node = 0; node < graph.Nodes; node++) most = Math.Max(most, graph.Degree(node));
        return most;
    }

    /// <summary>
    /// A chain of nodes for each degree. Degrees only fall, so while the highest chain is emptied nobody joins it; who
    /// has fallen meanwhile is moved to a lower chain when it is met.
    /// </summary>
    private sealed class Recalculation
    {
        private const int Removed = -1;
        private const int End = -1;

        private readonly Graph graph;
        private readonly int[] degrees;
        private readonly int[] heads;
        private readonly int[] following;
        private readonly int[] order;
        private int taken;

        public Recalculation(Graph graph)
        {
            this.graph = graph;
            (degrees, following, order) = (new int[graph.Nodes], new int[graph.Nodes], new int[graph.Nodes]);
            heads = new int[MostNeighbors(graph) + 1];
            Array.Fill(heads, End);
            for (int node = 0; node < graph.Nodes; node++)
            {
                degrees[node] = graph.Degree(node);
                Chain(node);
            }
        }

        public int[] Run()
        {
            var candidates = new List<int>();
            for (int degree = heads.Length - 1; degree >= 0; degree--)
            {
                candidates.Clear();
                for (int node = heads[degree], next; node != End; node = next)
                {
                    next = following[node];
                    if (degrees[node] == degree) candidates.Add(node);
                    else Chain(node);
                }

                candidates.Sort();
                foreach (int node in candidates)
                {
                    if (degrees[node] == degree) Remove(node);
                    else Chain(node);
                }
            }

            return order;
        }

        private void Chain(int node)
        {
            ref int head = ref heads[degrees[node]];
            (following[node], head) = (head, node);
        }

        private void Remove(int node)
        {
            order[taken++] = node;
            degrees[node] = Removed;
            foreach (int neighbor in graph.Neighbors(node))
                if (degrees[neighbor] != Removed) degrees[neighbor]--;
        }
    }
}
