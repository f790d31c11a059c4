using System.Numerics;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// Nodes in blocks, and blocks dealt out to workers in turn: what one worker hands its inputs to is always the same,
/// so that the inputs of one sender stay in order. Where there are several workers each seed node is a block of its
/// own, because seed nodes have more to do than all others. Neither changes what happens.
/// </summary>
internal readonly struct Blocks
{
    /// <summary>Our choice: the state of so many nodes fits the cache of one core, and their count a few of it.</summary>
    public const int LargestSize = 1 << 11;

    /// <summary>Our choice: blocks for each worker, so that none has much more to do than another.</summary>
    private const int BlocksPerWorker = 8;

    private readonly int alone;
    private readonly int shift;

    public Blocks(int nodes, int seedNodes, int workers)
    {
        Workers = workers;
        alone = workers > 1 ? seedNodes : 0;
        var fairSize = BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, (nodes - alone) / (workers * BlocksPerWorker)));
        shift = BitOperations.Log2(Math.Min(LargestSize, workers > 1 ? fairSize : LargestSize));
        Count = alone + ((Math.Max(0, nodes - alone - 1) >> shift) + 1);
    }

    public int Workers { get; }

    public int Count { get; }

    public int Of(int node) => node < alone ? node : alone + ((node - alone) >> shift);

    public int FirstOf(int block) => block < alone ? block : alone + ((block - alone) << shift);

    public int WorkerOf(int block) => block % Workers;
}
