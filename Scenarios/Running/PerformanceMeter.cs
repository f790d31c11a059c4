using System.Diagnostics;
using GossipSim.Analysis;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// What a run costs this process, and those of its nodes. Made before the first node; memory counts from there.
/// </summary>
internal sealed class PerformanceMeter
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly long before = Environment.WorkingSet;
    private readonly List<double> latenessMs = [];
    private (TimeSpan Wall, TimeSpan Processor) scenarioStart;
    private double? processorShare;
    private long peak;

    /// <summary>From here on it counts how busy the machine is: forming a network may take what there is.</summary>
    public void MarkScenarioStart()
    {
        latenessMs.Clear();
        scenarioStart = (watch.Elapsed, ProcessorTime());
    }

    /// <summary>A timer that was asked for one span and took another.</summary>
    public void NoteTimer(TimeSpan asked, TimeSpan took) =>
        latenessMs.Add(Math.Max(0, (took - asked).TotalMilliseconds));

    /// <summary>The end of what is measured: what comes after it, such as figures, does not count.</summary>
    public void MarkScenarioEnd()
    {
        var wall = watch.Elapsed - scenarioStart.Wall;
        if (wall > TimeSpan.Zero)
            processorShare = (ProcessorTime() - scenarioStart.Processor) / wall / Environment.ProcessorCount;
    }

    /// <summary>To be called while the network is up, from time to time and at its end.</summary>
    /// <param name="ofProcesses">Bytes that processes of nodes hold beside this one.</param>
    public void Sample(long ofProcesses = 0) => peak = Math.Max(peak, Environment.WorkingSet + ofProcesses);

    public PerformanceSummary Conclude(long events, int peers)
    {
        var seconds = watch.Elapsed.TotalSeconds;
        double[] late = [.. latenessMs.Order()];
        using var process = Process.GetCurrentProcess();
        return new PerformanceSummary
        {
            Events = events,
            WallSeconds = Math.Round(seconds, 3),
            EventsPerSecond = Math.Round(events / seconds),
            PeakRssBytes = Math.Max(process.PeakWorkingSet64, peak),
            RssPerPeerBytes = Math.Round(Math.Max(0, peak - before) / (double)Math.Max(1, peers)),
            ProcessorShare = processorShare is { } share ? Math.Round(share, 3) : null,
            TimerLatenessP99Ms = late.Length == 0 ? null : Math.Round(Percentile.NearestRank(late, 99), 3),
        };
    }

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
