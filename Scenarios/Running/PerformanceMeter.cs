using System.Diagnostics;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>What a run costs this process. Made before the first node; memory counts from there.</summary>
internal sealed class PerformanceMeter
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly long before = Environment.WorkingSet;
    private long peak;

    /// <summary>To be called while the network is up, from time to time and at its end.</summary>
    public void Sample() => peak = Math.Max(peak, Environment.WorkingSet);

    public PerformanceSummary Conclude(long events, int peers)
    {
        var seconds = watch.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        return new PerformanceSummary
        {
            Events = events,
            WallSeconds = Math.Round(seconds, 3),
            EventsPerSecond = Math.Round(events / seconds),
            PeakRssBytes = Math.Max(process.PeakWorkingSet64, peak),
            RssPerPeerBytes = Math.Round(Math.Max(0, peak - before) / (double)Math.Max(1, peers)),
        };
    }
}
