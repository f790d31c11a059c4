using System.Numerics;
using System.Runtime.Intrinsics;

namespace GossipSim.Analysis;

/// <summary>What a search from many sources found: how many pairs lie how far apart, each source's part.</summary>
/// <param name="countsSources">Whether sums for each source are kept too: one addition for each pair.</param>
internal sealed class SourceTally(int sources, bool countsSources)
{
    private readonly List<long> pairs = [sources];

    /// <summary>Ordered pairs (source, node) by distance; those at 0 are the sources themselves.</summary>
    public IReadOnlyList<long> Pairs => pairs;

    /// <summary>By source: the largest distance to a node that it reaches.</summary>
    public int[] Eccentricities { get; } = new int[sources];

    /// <summary>By source, over the nodes that it reaches; null where not asked for.</summary>
    public long[]? DistanceSums { get; } = countsSources ? new long[sources] : null;

    /// <summary>By source: other nodes that it reaches.</summary>
    public int[]? ReachedNodes { get; } = countsSources ? new int[sources] : null;

    public void BeginLevel() => pairs.Add(0);

    public void DropLevel() => pairs.RemoveAt(pairs.Count - 1);

    public void Add(in Vector256<ulong> fresh)
    {
        int distance = pairs.Count - 1;
        for (int word = 0; word < Vector256<ulong>.Count; word++)
        {
            ulong bits = fresh.GetElement(word);
            pairs[distance] += BitOperations.PopCount(bits);
            if (DistanceSums is null) continue;
            for (; bits != 0; bits &= bits - 1)
            {
                int source = word * 64 + BitOperations.TrailingZeroCount(bits);
                DistanceSums[source] += distance;
                ReachedNodes![source]++;
            }
        }
    }

    /// <summary>The sources that found somebody at this distance.</summary>
    public void EndLevel(in Vector256<ulong> found)
    {
        for (int source = 0; source < Eccentricities.Length; source++)
            if ((found.GetElement(source / 64) >> (source % 64) & 1) != 0) Eccentricities[source] = pairs.Count - 1;
    }
}
