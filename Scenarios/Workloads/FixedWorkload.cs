using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Scenarios.Workloads;

/// <summary>
/// A workload that never changes, so that its figures can be compared over time and with other simulators: a
/// <see cref="QuietNetwork"/> in which nothing happens but the workload.
/// </summary>
internal abstract class FixedWorkload(int peers, ulong randomSeed, int threads)
{
    public WorkloadFigures Run()
    {
        var quiet = new QuietNetwork(peers, Options, randomSeed, threads);
        var network = quiet.Simulation;
        Schedule(quiet);
        var before = (network.Events, network.Messages);

        // What making the overlay left behind is no part of the workload.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var memory = PeakMemory.Begin();
        var watch = Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        network.RunUntil(End);
        var seconds = watch.Elapsed.TotalSeconds;
        var processorSeconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        var peak = memory.Bytes();
        return new WorkloadFigures(
            Count(quiet, network.Events - before.Events, network.Messages - before.Messages), seconds,
            processorSeconds, peak, Math.Round((double)peak / peers, 1),
            network.Fingerprint.ToString("x16", CultureInfo.InvariantCulture));
    }

    protected abstract PeerOptions Options { get; }

    protected abstract Instant End { get; }

    protected abstract void Schedule(QuietNetwork network);

    /// <summary>What the workload counts, from what the network handled.</summary>
    protected abstract long Count(QuietNetwork network, long events, long messages);
}

/// <param name="Counted">Deliveries, or events, as the workload defines them.</param>
/// <param name="WallSeconds">Of the event loop alone.</param>
/// <param name="CpuSeconds">Of all threads, while the loop ran: it tells more than the wall on a busy machine.</param>
/// <param name="PeakRssBytes">Of the whole process while the loop ran.</param>
internal sealed record WorkloadFigures(
    long Counted, double WallSeconds, double CpuSeconds, long PeakRssBytes, double BytesPerPeer, string Fingerprint)
{
    public double CountedPerSecond => Math.Round(Counted / WallSeconds);
}
