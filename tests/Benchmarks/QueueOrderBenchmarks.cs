using BenchmarkDotNet.Attributes;
using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Benchmarks;

/// <summary>One event of a window on its way from the list of what was sent into the order of its receiver.</summary>
public class QueueOrderBenchmarks
{
    /// <summary>Of one invocation: that many events, in one batch or in several.</summary>
    private const int Ordered = 1 << 16;

    private readonly ChunkPool pool = new();
    private readonly WindowBatch batch;
    private QueuedEvent[] events = [];

    public QueueOrderBenchmarks() => batch = new WindowBatch(pool);

    /// <summary>A window of a small network, and of one block of a large one.</summary>
    [Params(1 << 10, 1 << 16)]
    public int BatchSize { get; set; }

    /// <summary>Quiet peers, busy peers, and hubs.</summary>
    [Params(4, 64, 1024)]
    public int PerReceiver { get; set; }

    [GlobalSetup]
    public void Draw()
    {
        var random = new NodeRandom(1);
        events = new QueuedEvent[BatchSize];
        foreach (ref var drawn in events.AsSpan())
            drawn = new QueuedEvent(
                random.Next(8192), random.Next(BatchSize / PerReceiver), random.Next(BatchSize), 0, 0, hops: 1);
    }

    [Benchmark(OperationsPerInvoke = Ordered)]
    public long Order()
    {
        var latest = 0L;
        for (var ordered = 0; ordered < Ordered; ordered += events.Length)
        {
            batch.Clear(firstNodeOfBlock: 0);
            EventListEnd list = default;
            foreach (ref readonly var waiting in events.AsSpan()) list.Add(waiting, pool);
            batch.Add(list.Take());
            latest += batch.InOrder(more: 0)[^1].Time;
        }

        return latest;
    }
}
