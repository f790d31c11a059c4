using BenchmarkDotNet.Attributes;
using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Benchmarks;

/// <summary>
/// One event out of the ring and one in, while the same number wait all the time (the hold model: Jones, "An empirical
/// comparison of priority-queue and event-set implementations", 1986).
/// </summary>
public class QueueRingBenchmarks
{
    private const int Waiting = 1 << 16;
    private const int Nodes = 1 << 16;

    /// <summary>Windows of 8,192 microseconds: those of a smallest latency of 10 ms.</summary>
    private const int Shift = 13;

    private EventRing ring = null!;
    private ChunkPool pool = null!;
    private Blocks blocks;
    private long window;
    private int windowsAhead;

    /// <summary>Messages on their way, timers of some seconds, timers beyond the reach of the second ring.</summary>
    public enum Distance
    {
        Near,
        Far,
        Distant,
    }

    [ParamsAllValues]
    public Distance Ahead { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        windowsAhead = Ahead switch { Distance.Near => 8, Distance.Far => 1 << 10, _ => 1 << 14 };
        (pool, blocks, window) = (new ChunkPool(), new Blocks(Nodes, seedNodes: 0, workers: 1), 0);
        ring = new EventRing(blocks, Shift, pool);
        var random = new NodeRandom(1);
        for (var waiting = 0; waiting < Waiting; waiting++)
        {
            var time = (long)(random.NextUnit() * windowsAhead * (1 << Shift));
            ring.Add(new QueuedEvent(time, random.Next(Nodes), waiting, 0, 0, hops: 1), time);
        }
    }

    /// <summary>Each waiting event comes once, and is put back as far ahead as it was.</summary>
    [Benchmark(OperationsPerInvoke = Waiting)]
    public int TakeAndAdd()
    {
        var taken = 0;
        for (var end = window + windowsAhead; window < end; window++)
        {
            ring.MoveTo(window);
            for (var block = 0; block < blocks.Count; block++) taken += PutBack(ring.Take(window, block));
        }

        return taken;
    }

    private int PutBack(EventList list)
    {
        var taken = 0;
        var (start, ahead) = (window << Shift, (long)windowsAhead << Shift);
        foreach (var events in list.DrainTo(pool))
        {
            foreach (ref readonly var waiting in events)
            {
                var time = start + (waiting.Time - (uint)start) + ahead;
                ring.Add(new QueuedEvent(time, waiting.Target, waiting.Sender, 0, 0, hops: 1), time);
            }

            taken += events.Length;
        }

        return taken;
    }
}
