namespace GossipSim.Analysis;

/// <summary>
/// Where a walker is who follows a random link, and with a chance of 0.15 starts anew at any node (Brin and Page 1998).
/// Who stands at a node without links starts anew.
/// </summary>
public static class PageRank
{
    private const double Damping = 0.85;

    /// <summary>Our choice: the sum of all changes in a step, for values whose sum is 1.</summary>
    private const double Tolerance = 1e-13;

    /// <summary>The change falls by at least the damping a step, so that 1e-13 is reached before.</summary>
    private const int MostSteps = 250;

    /// <summary>A sum is made of sums over so many nodes, so that it does not depend on the threads.</summary>
    private const int Block = 4096;

    /// <summary>By node; their sum is 1.</summary>
    public static double[] Of(Graph graph, int threads)
    {
        int nodes = graph.Nodes;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        var (ranks, shares) = (new double[nodes], new double[nodes]);
        Array.Fill(ranks, 1.0 / Math.Max(1, nodes));
        var changes = new double[(nodes + Block - 1) / Block];
        for (int step = 0; step < MostSteps; step++)
        {
            double alone = 0;
            for (int node = 0; node < nodes; node++)
            {
                int degree = graph.Degree(node);
                if (degree == 0) alone += ranks[node];
                else shares[node] = ranks[node] / degree;
            }

            double anew = (1 - Damping + Damping * alone) / nodes;
            Parallel.For(
                0, changes.Length, parallel, block => changes[block] = Step(graph, block, anew, ranks, shares));
            if (changes.Sum() < Tolerance) break;
        }

        return ranks;
    }

    private static double Step(Graph graph, int block, double anew, double[] ranks, double[] shares)
    {
        double change = 0;
        int end = Math.Min(ranks.Length, (block + 1) * Block);
        for (int node = block * Block; node < end; node++)
        {
            double sum = 0;
            foreach (int neighbor in graph.Neighbors(node)) sum += shares[neighbor];
            double rank = anew + Damping * sum;
            change += Math.Abs(rank - ranks[node]);
            ranks[node] = rank;
        }

        return change;
    }
}
