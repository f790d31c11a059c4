namespace GossipSim.Analysis;

/// <summary>
/// One source's part of the betweenness of all nodes (Brandes 2001): the number of shortest paths forward, what
/// depends on each node backward. Memory is kept from source to source.
/// </summary>
internal sealed class ShortestPathCounts
{
    private readonly Graph graph;
    private readonly int[] order;
    private readonly Visit[] visits;

    public ShortestPathCounts(Graph graph)
    {
        this.graph = graph;
        (order, visits) = (new int[graph.Nodes], new Visit[graph.Nodes]);
        Array.Fill(visits, new Visit { Distance = -1 });
    }

    /// <summary>Adds the source's dependency on each node, and its square where asked for.</summary>
    public void Add(int source, double[] sums, double[]? squares)
    {
        int count = Forward(source);
        for (int i = count - 1; i > 0; i--)
        {
            int node = order[i];
            ref Visit visit = ref visits[node];
            double shares = 0;
            foreach (int neighbor in graph.Neighbors(node))
                if (visits[neighbor].Distance > visit.Distance) shares += visits[neighbor].Share;
            double dependency = visit.Paths * shares;
            visit.Share = (1 + dependency) / visit.Paths;
            sums[node] += dependency;
            if (squares is not null) squares[node] += dependency * dependency;
        }

        for (int i = 0; i < count; i++) visits[order[i]].Distance = -1;
    }

    private int Forward(int source)
    {
        (visits[source], order[0]) = (new Visit { Paths = 1 }, source);
        int head = 0, tail = 1;
        while (head < tail)
        {
            int node = order[head++];
            Visit visit = visits[node];
            foreach (int neighbor in graph.Neighbors(node))
            {
                ref Visit other = ref visits[neighbor];
                if (other.Distance < 0)
                {
                    other = new Visit { Distance = visit.Distance + 1, Paths = visit.Paths };
                    order[tail++] = neighbor;
                }
                else if (other.Distance > visit.Distance)
                {
                    other.Paths += visit.Paths;
                }
            }
        }

        return tail;
    }

    /// <summary>Side by side, because one neighbor after the other is met far away in memory.</summary>
    private struct Visit
    {
        /// <summary>Negative before it is reached.</summary>
        public int Distance;

        /// <summary>Shortest paths from the source.</summary>
        public double Paths;

        /// <summary>What depends on this node, itself included, for each path to it.</summary>
        public double Share;
    }
}
