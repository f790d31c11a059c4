using System.Diagnostics;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// What a run costs this process, and those of its nodes. Made before the first node; memory counts from there.
/// </summary>
internal sealed class PerformanceMeter
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly long before = Environment.WorkingSet;
    private long peak;

    /// <summary>To be called while the network is up, from time to time and at its end.</summary>
    /// <param name="ofProcesses">Bytes that processes of nodes hold beside this one.</param>
    public void Sample(long ofProcesses = 0) => peak = Math.Max(peak, Environment.WorkingSet + ofProcesses);

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
