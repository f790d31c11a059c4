namespace GossipSim.Analysis;

/// <summary>How large the largest component of a graph is while its nodes are taken away one by one.</summary>
public sealed class RobustnessCurve
{
    private readonly int[] largest;

    private RobustnessCurve(int[] largest) => this.largest = largest;

    public int Nodes => largest.Length - 1;

    /// <summary>
    /// R: the mean over all removals of the share of nodes in the largest component that is left, from 0 to 0.5
    /// (Schneider et al. 2011, equation 1). Null without nodes.
    /// </summary>
    public double? R { get; private init; }

    /// <summary>Nodes in the largest component when so many are gone.</summary>
    public int LargestAfter(int removed) => largest[removed];

    /// <summary>Least share of the nodes whose loss leaves no component with half of the nodes; null without.</summary>
    public double? HalvedAt
    {
        get
        {
            if (Nodes == 0) return null;
            int removed = 0;
            while (2L * largest[removed] >= Nodes) removed++;
            return (double)removed / Nodes;
        }
    }

    /// <summary>
    /// Backwards, the nodes come back one by one and components only grow together: one pass of union-find gives every
    /// point of the curve, so that no fraction has to be sampled.
    /// </summary>
    /// <param name="order">Every node once, the first one to be removed first.</param>
    public static RobustnessCurve Of(Graph graph, ReadOnlySpan<int> order)
    {
        if (order.Length != graph.Nodes) throw new ArgumentException("Every node once.", nameof(order));
        var places = new int[order.Length];
        for (int place = 0; place < order.Length; place++) places[order[place]] = place;
        var largest = new int[order.Length + 1];
        var components = new DisjointSets(order.Length);
        long sum = 0;
        for (int place = order.Length - 1; place >= 0; place--)
        {
            foreach (int neighbor in graph.Neighbors(order[place]))
                if (places[neighbor] > place) components.Join(place, places[neighbor]);
            sum += largest[place + 1];
            largest[place] = components.LargestSize;
        }

        double nodes = order.Length;
        return new RobustnessCurve(largest) { R = order.IsEmpty ? null : sum / (nodes * nodes) };
    }
}
