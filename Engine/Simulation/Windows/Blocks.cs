using System.Numerics;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// Nodes in blocks, and blocks dealt out to workers in turn: what one worker hands its inputs to is always the same,
/// so that the inputs of one sender stay in order. Where there are several workers each seed node is a block of its
/// own, because seed nodes have more to do than all others. Neither changes what happens.
/// </summary>
internal readonly struct Blocks
{
    /// <summary>
    /// Our choice: all that comes to so many nodes in one window fits the cache of one core, and so do the ends of the
    /// lists to which all these blocks' events are added.
    /// </summary>
    public const int LargestSize = 1 << 14;

    /// <summary>Our choice: blocks for each worker, so that none has much more to do than another.</summary>
    private const int BlocksPerWorker = 8;

    private readonly int alone;
    private readonly int shift;

    public Blocks(int nodes, int seedNodes, int workers)
    {
        Workers = workers;
        alone = workers > 1 ? seedNodes : 0;
        var fairSize = Math.Max(1, (nodes - alone) / (workers * BlocksPerWorker));
        var size = workers > 1 ? BitOperations.RoundUpToPowerOf2((uint)fairSize) : LargestSize;
        shift = BitOperations.Log2(Math.Min(LargestSize, size));
        Count = alone + ((Math.Max(0, nodes - alone - 1) >> shift) + 1);
    }

    public int Workers { get; }

    public int Count { get; }

    public int Of(int node) => node < alone ? node : alone + ((node - alone) >> shift);

    public int FirstOf(int block) => block < alone ? block : alone + ((block - alone) << shift);

    public int WorkerOf(int block) => block % Workers;
}
