namespace GossipSim.Analysis;

/// <summary>Union by size with path halving: components in nearly linear time.</summary>
internal sealed class DisjointSets
{
    /// <summary>Of a root minus the size of its set, of the others the next one on the way to the root.</summary>
    private readonly int[] parents;

    public DisjointSets(int count)
    {
        parents = new int[count];
        Array.Fill(parents, -1);
        Count = count;
        LargestSize = Math.Min(count, 1);
    }

    public int Count { get; private set; }

    public int LargestSize { get; private set; }

    public void Join(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        if (a == b) return;

        if (parents[a] > parents[b]) (a, b) = (b, a);
        parents[a] += parents[b];
        parents[b] = a;
        LargestSize = Math.Max(LargestSize, -parents[a]);
        Count--;
    }

    private int Root(int node)
    {
        int[] parents = this.parents;
        while (parents[node] is >= 0 and var parent)
        {
            if (parents[parent] < 0) return parent;
            node = parents[node] = parents[parent];
        }

        return node;
    }
}
