using System.Numerics;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// Nodes in blocks, and blocks dealt out to workers: what one worker hands its inputs to is always the same, so that
/// the inputs of one sender stay in order. Where there are several workers they have about the same to do: each seed
/// node, which has more to do than all others, is a block of its own; and the blocks of the oldest peers are small,
/// because those have the most links: where newcomers prefer the well-connected, the links of the first peers grow
/// with the root of their number (Barabási and Albert, Science 1999). None of this changes what happens.
/// </summary>
internal readonly struct Blocks
{
    /// <summary>
    /// Our choice: all that comes to so many nodes in one window fits the cache of one core, and so do the ends of the
    /// lists to which all these blocks' events are added.
    /// </summary>
    public const int LargestSize = 1 << 14;

    /// <summary>Our choice: so that none has much more to do than another.</summary>
    private const int BlocksPerWorker = 8;

    /// <summary>Our choice: the table of them stays in cache.</summary>
    private const int MostPages = 1 << 12;

    private readonly int workers;
    private readonly int alone;
    private readonly int pageShift;
    private readonly ushort[] blockOfPage;
    private readonly int[] firstOfBlock;

    public Blocks(int nodes, int seedNodes, int workers)
    {
        this.workers = workers;
        alone = workers > 1 ? seedNodes : 0;
        var others = Math.Max(1, nodes - alone);
        pageShift = BitOperations.Log2((uint)PageSize(others, workers));
        blockOfPage = new ushort[((others - 1) >> pageShift) + 1];
        List<int> firsts = [.. Enumerable.Range(0, alone)];
        // Blocks of 1, 3, 5 pages and so on: n of them are n * n pages, and have as many links each.
        for (var (page, pages) = (0, 1); page < blockOfPage.Length; pages += 2)
        {
            var end = Math.Min(page + Math.Min(pages, LargestSize >> pageShift), blockOfPage.Length);
            blockOfPage.AsSpan(page..end).Fill((ushort)firsts.Count);
            firsts.Add(alone + (page << pageShift));
            page = end;
        }

        firstOfBlock = [.. firsts];
    }

    public int Count => firstOfBlock.Length;

    public int Of(int node) =>
        Count == 1 ? 0
        : node < alone ? node
        : blockOfPage[(node - alone) >> pageShift];

    public int FirstOf(int block) => firstOfBlock[block];

    /// <summary>To and fro, so that who gets the larger of two blocks gets the smaller of the next two.</summary>
    public int WorkerOf(int block)
    {
        var (round, place) = int.DivRem(block, workers);
        return int.IsEvenInteger(round) ? place : workers - 1 - place;
    }

    /// <summary>The blocks of one worker, in order.</summary>
    public int[] DealtTo(int worker)
    {
        List<int> dealt = [];
        for (var block = 0; block < Count; block++)
            if (WorkerOf(block) == worker) dealt.Add(block);
        return [.. dealt];
    }

    /// <summary>How many nodes a page has, of which blocks are made.</summary>
    private static int PageSize(int others, int workers)
    {
        if (workers == 1) return LargestSize;
        var blocks = workers * BlocksPerWorker;
        return Math.Clamp(others / Math.Min(blocks * blocks, MostPages), 1, LargestSize);
    }
}
