namespace GossipSim.Analysis;

/// <summary>Union by size with path halving: components in nearly linear time.</summary>
internal sealed class DisjointSets
{
    private readonly int[] parents;
    private readonly int[] sizes;

    public DisjointSets(int count)
    {
        parents = new int[count];
        sizes = new int[count];
        for (int i = 0; i < count; i++) (parents[i], sizes[i]) = (i, 1);
        Count = count;
        LargestSize = Math.Min(count, 1);
    }

    public int Count { get; private set; }

    public int LargestSize { get; private set; }

    public void Join(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        if (a == b) return;

        if (sizes[a] < sizes[b]) (a, b) = (b, a);
        parents[b] = a;
        sizes[a] += sizes[b];
        LargestSize = Math.Max(LargestSize, sizes[a]);
        Count--;
    }

    private int Root(int node)
    {
        while (parents[node] != node) node = parents[node] = parents[parents[node]];
        return node;
    }
}
