using System.Runtime.Intrinsics;

namespace GossipSim.Analysis;

/// <summary>
/// Breadth-first searches from up to 256 sources at once, a bit each: what they have in common is done once (Then et
/// al. 2014, "The More the Merrier"; there 64 bits a word, here four words). A level with few active nodes pushes along
/// their edges; one with many lets the others pull (Beamer, Asanovic and Patterson 2012).
/// </summary>
internal sealed class ManySourceSearch(Graph graph)
{
    public const int MostSources = 256;

    /// <summary>Our choice: pulling looks at every edge, but writes in order and stops early.</summary>
    private const int PullDivisor = 4;

    private readonly Vector256<ulong>[] seen = new Vector256<ulong>[graph.Nodes];
    private readonly Vector256<ulong>[] frontier = new Vector256<ulong>[graph.Nodes];
    private readonly Vector256<ulong>[] next = new Vector256<ulong>[graph.Nodes];
    private readonly int[] active = new int[graph.Nodes];
    private readonly int[] touched = new int[graph.Nodes];
    private Vector256<ulong> all;
    private Vector256<ulong> found;
    private int activeCount;
    private int touchedCount;

    public SourceTally Run(ReadOnlySpan<int> sources, bool countsSources)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sources.Length, MostSources, nameof(sources));
        var tally = new SourceTally(sources.Length, countsSources);
        Begin(sources);
        while (activeCount > 0)
        {
            tally.BeginLevel();
            touchedCount = 0;
            if (ActiveEnds() > graph.Ends / PullDivisor) Pull();
            else Push();
            Settle(tally);
        }

        tally.DropLevel();
        return tally;
    }

    private void Begin(ReadOnlySpan<int> sources)
    {
        Array.Clear(seen);
        Array.Clear(frontier);
        (all, activeCount) = (Vector256<ulong>.Zero, 0);
        for (int i = 0; i < sources.Length; i++)
        {
            int node = sources[i];
            if (frontier[node] == Vector256<ulong>.Zero) active[activeCount++] = node;
            Vector256<ulong> bit = Vector256<ulong>.Zero.WithElement(i / 64, 1UL << (i % 64));
            all |= bit;
            seen[node] |= bit;
            frontier[node] |= bit;
        }
    }

    private long ActiveEnds()
    {
        long ends = 0;
        for (int i = 0; i < activeCount; i++) ends += graph.Degree(active[i]);
        return ends;
    }

    private void Push()
    {
        for (int i = 0; i < activeCount; i++)
        {
            Vector256<ulong> bits = frontier[active[i]];
            foreach (int neighbor in graph.Neighbors(active[i]))
            {
                ref Vector256<ulong> arriving = ref next[neighbor];
                if (arriving == Vector256<ulong>.Zero) touched[touchedCount++] = neighbor;
                arriving |= bits;
            }
        }
    }

    private void Pull()
    {
        for (int node = 0; node < seen.Length; node++)
        {
            Vector256<ulong> has = seen[node];
            if (has == all) continue;
            Vector256<ulong> arriving = Vector256<ulong>.Zero;
            foreach (int neighbor in graph.Neighbors(node))
            {
                arriving |= frontier[neighbor];
                if ((arriving | has) == all) break;
            }

            if (arriving == Vector256<ulong>.Zero) continue;
            next[node] = arriving;
            touched[touchedCount++] = node;
        }
    }

    private void Settle(SourceTally tally)
    {
        for (int i = 0; i < activeCount; i++) frontier[active[i]] = Vector256<ulong>.Zero;
        (activeCount, found) = (0, Vector256<ulong>.Zero);
        for (int i = 0; i < touchedCount; i++)
        {
            int node = touched[i];
            Vector256<ulong> fresh = Vector256.AndNot(next[node], seen[node]);
            next[node] = Vector256<ulong>.Zero;
            if (fresh == Vector256<ulong>.Zero) continue;
            seen[node] |= fresh;
            frontier[node] = fresh;
            found |= fresh;
            active[activeCount++] = node;
            tally.Add(fresh);
        }

        tally.EndLevel(found);
    }
}
