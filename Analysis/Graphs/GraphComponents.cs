namespace GossipSim.Analysis;

/// <summary>The connected components of a graph.</summary>
public sealed class GraphComponents
{
    private readonly int[] componentOf;
    private readonly int[] sizes;

    private GraphComponents(int[] componentOf, int[] sizes) => (this.componentOf, this.sizes) = (componentOf, sizes);

    public int Count => sizes.Length;

    /// <summary>By the smallest node in them.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    public int LargestSize => sizes.Length == 0 ? 0 : sizes.Max();

    /// <summary>Pairs of nodes that a path connects.</summary>
    public long ConnectedPairs => sizes.Sum(size => (long)size * (size - 1) / 2);

    public int ComponentOf(int node) => componentOf[node];

    public static GraphComponents Of(Graph graph)
    {
        var componentOf = new int[graph.Nodes];
        Array.Fill(componentOf, -1);
        var sizes = new List<int>();
        var queue = new int[graph.Nodes];
        for (int root = 0; root < graph.Nodes; root++)
        {
            if (componentOf[root] >= 0) continue;
            int head = 0, tail = 0;
            componentOf[root] = sizes.Count;
            queue[tail++] = root;
            while (head < tail)
            {
                foreach (int neighbor in graph.Neighbors(queue[head++]))
                {
                    if (componentOf[neighbor] >= 0) continue;
                    componentOf[neighbor] = sizes.Count;
                    queue[tail++] = neighbor;
                }
            }

            sizes.Add(tail);
        }

        return new GraphComponents(componentOf, [.. sizes]);
    }
}
