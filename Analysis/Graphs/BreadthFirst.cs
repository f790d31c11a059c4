namespace GossipSim.Analysis;

/// <summary>Distances from one node, again and again with the same memory.</summary>
/// <remarks>A search costs time in proportion to what it reaches, not to the graph.</remarks>
internal sealed class BreadthFirst
{
    private const int NotReached = -1;

    private readonly Graph graph;
    private readonly int[] distances;
    private readonly int[] queue;

    public BreadthFirst(Graph graph)
    {
        this.graph = graph;
        (distances, queue) = (new int[graph.Nodes], new int[graph.Nodes]);
        Array.Fill(distances, NotReached);
    }

    /// <summary>Links to each node; negative where no path leads.</summary>
    public ReadOnlySpan<int> Distances => distances;

    /// <summary>The nodes that were reached, the nearest first.</summary>
    public ReadOnlySpan<int> Reached => queue.AsSpan(0, Count);

    public int Count { get; private set; }

    public int Farthest => queue[Count - 1];

    public int Eccentricity => distances[Farthest];

    public void Run(int source)
    {
        foreach (int node in Reached) distances[node] = NotReached;
        distances[source] = 0;
        queue[0] = source;
        int head = 0, tail = 1;
        while (head < tail)
        {
            int node = queue[head++];
            foreach (int neighbor in graph.Neighbors(node))
            {
                if (distances[neighbor] >= 0) continue;
                distances[neighbor] = distances[node] + 1;
                queue[tail++] = neighbor;
            }
        }

        Count = tail;
    }

    /// <summary>The node in the middle of a shortest path from the source to a node that was reached.</summary>
    public int Middle(int node)
    {
        for (int left = distances[node] / 2; left > 0; left--)
        {
            foreach (int neighbor in graph.Neighbors(node))
            {
                if (distances[neighbor] != distances[node] - 1) continue;
                node = neighbor;
                break;
            }
        }

        return node;
    }
}
