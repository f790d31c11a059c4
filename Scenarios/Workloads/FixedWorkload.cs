using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Scenarios.Workloads;

/// <summary>
/// A workload that never changes, so that its figures can be compared over time and with other simulators: peers that
/// stand in an overlay grown with m = 3, links of 10 to 100 ms, and nothing happens but the workload. The peers are the
/// same class, behind the same seam, as in every scenario.
/// </summary>
internal abstract class FixedWorkload(int peers, ulong randomSeed, int threads) : ITrace
{
    private const int LinksPerNewcomer = 3;

    private readonly AddressPlan plan =
        new(new NodeAddress(0x7F000001, 6000), seedNodes: 0, new NodeAddress(0x0A000001, 7000), peers);

    protected AddressPlan Plan => plan;

    /// <summary>Links between peers, once the overlay stands.</summary>
    protected long Links { get; private set; }

    /// <summary>How the peers behave: quiet, but for the workload.</summary>
    protected static PeerOptions Quiet => new()
    {
        SeedNodes = [],
        RefreshInterval = Timeout.InfiniteTimeSpan,
        RepairInterval = Timeout.InfiniteTimeSpan,
        PingInterval = Timeout.InfiniteTimeSpan,
        GossipInterval = TimeSpan.FromDays(30),
    };

    public WorkloadFigures Run()
    {
        var overlay = GrownOverlay.Grow(plan, LinksPerNewcomer, randomSeed);
        var options = Options();
        var network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = plan,
                Factories = _ => start => new Peer(options, start, overlay),
                RandomSeed = randomSeed,
                Latency = new UniformLatency(10, 100),
                Overlay = overlay,
                Threads = threads,
            },
            this);
        for (var peer = 0; peer < peers; peer++) network.StartAt(Instant.Zero, plan[peer]);
        network.RunUntil(Instant.Zero);
        for (var peer = 0; peer < peers; peer++) Links += overlay.Degree(peer);
        Links /= 2;
        Schedule(network);
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
            Count(network.Events - before.Events, network.Messages - before.Messages), seconds, processorSeconds, peak,
            Math.Round((double)peak / peers, 1),
            network.Fingerprint.ToString("x16", CultureInfo.InvariantCulture));
    }

    bool ITrace.Wants(EventKind kind) => false;

    void ITrace.Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
    }

    protected abstract PeerOptions Options();

    protected abstract void Schedule(SimulatedNetwork network);

    protected abstract Instant End { get; }

    /// <summary>What the workload counts, from what the network handled.</summary>
    protected abstract long Count(long events, long messages);
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
