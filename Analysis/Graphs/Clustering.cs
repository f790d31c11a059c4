namespace GossipSim.Analysis;

/// <summary>How often two neighbors of a node are linked: two numbers, with different weights.</summary>
public sealed record Clustering
{
    public required long Triangles { get; init; }

    /// <summary>Paths of two edges; a triangle has three of them.</summary>
    public required long Triples { get; init; }

    /// <summary>
    /// Three times the triangles over the triples: a share of all triples, so hubs weigh most. Null without triples.
    /// </summary>
    public double? Transitivity => Triples == 0 ? null : 3.0 * Triangles / Triples;

    /// <summary>
    /// Mean over all nodes of the share of linked pairs of neighbors (Watts and Strogatz 1998): every node weighs the
    /// same, and those with fewer than two neighbors count as 0. Null without nodes.
    /// </summary>
    public required double? AverageLocal { get; init; }

    /// <summary>The same over the nodes with two neighbors or more; null without such.</summary>
    public required double? AverageLocalOfConnected { get; init; }

    public static Clustering Of(Graph graph)
    {
        long[] triangles = TrianglesOf(graph);
        long triples = 0, corners = 0;
        double sum = 0;
        int connected = 0;
        for (int node = 0; node < triangles.Length; node++)
        {
            long degree = graph.Degree(node), pairs = degree * (degree - 1) / 2;
            if (pairs == 0) continue;
            connected++;
            triples += pairs;
            corners += triangles[node];
            sum += (double)triangles[node] / pairs;
        }

        return new Clustering
        {
            Triangles = corners / 3,
            Triples = triples,
            AverageLocal = graph.Nodes == 0 ? null : sum / graph.Nodes,
            AverageLocalOfConnected = connected == 0 ? null : sum / connected,
        };
    }

    /// <summary>
    /// In how many triangles each node is. Every edge is looked at from its end of smaller degree, so that no list is
    /// longer than the square root of twice the edges (Latapy 2008, "forward").
    /// </summary>
    private static long[] TrianglesOf(Graph graph)
    {
        var (offsets, targets) = Upward(graph);
        var triangles = new long[graph.Nodes];
        var marks = new int[graph.Nodes];
        for (int a = 0; a < graph.Nodes; a++)
        {
            ReadOnlySpan<int> above = targets.AsSpan(offsets[a], offsets[a + 1] - offsets[a]);
            if (above.Length < 2) continue;
            foreach (int b in above) marks[b] = a + 1;
            foreach (int b in above)
            {
                foreach (int c in targets.AsSpan(offsets[b], offsets[b + 1] - offsets[b]))
                {
                    if (marks[c] != a + 1) continue;
                    triangles[a]++;
                    triangles[b]++;
                    triangles[c]++;
                }
            }
        }

        return triangles;
    }

    private static (int[] Offsets, int[] Targets) Upward(Graph graph)
    {
        var offsets = new int[graph.Nodes + 1];
        var targets = new int[graph.Edges];
        int filled = 0;
        for (int node = 0; node < graph.Nodes; node++)
        {
            int degree = graph.Degree(node);
            foreach (int neighbor in graph.Neighbors(node))
            {
                int other = graph.Degree(neighbor);
                if (other > degree || (other == degree && neighbor > node)) targets[filled++] = neighbor;
            }

            offsets[node + 1] = filled;
        }

        return (offsets, targets);
    }
}
