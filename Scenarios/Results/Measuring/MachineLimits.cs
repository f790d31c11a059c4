namespace GossipSim.Scenarios.Results;

/// <summary>Whether the machine was the bottleneck of a run on TCP: then its latencies are the machine's.</summary>
internal static class MachineLimits
{
    /// <summary>Our choice: timers that come so late are as late as a message takes over several links.</summary>
    private const double LateTimersMs = 50;

    /// <summary>Our choice: beyond this share threads wait for each other all the time.</summary>
    private const double BusyShare = 0.9;

    private const string HelloTimeout = "HELLO_TIMEOUT";

    /// <summary>A fault that ends processes leaves no connection half open; others may.</summary>
    private const string Crash = "crash";

    public static RunWarning? Of(Summary summary, RunMeasurements measurements)
    {
        if (summary.Transport is not { } transport) return null;
        var performance = summary.Performance;
        List<string> signs = [];
        if (performance.TimerLatenessP99Ms is { } late and >= LateTimersMs)
            signs.Add($"one timer in a hundred came {Numbers.Milliseconds(late)} late or later");
        if (performance.ProcessorShare is { } share and >= BusyShare)
            signs.Add($"the run alone used {Numbers.Percent(share)} of the processors");
        var onlyCrashes = measurements.Record.Course.Marks.All(mark => mark.Label == Crash);
        if (onlyCrashes && transport.Refused.GetValueOrDefault(HelloTimeout) is var waited and > 0)
            signs.Add($"{Numbers.Plural(waited, "connection")} ended because no HELLO came in time");
        return signs.Count == 0 ? null : new RunWarning(
            WarningKind.MachineTooSlow, "performance",
            $"latencies are not to be trusted, because this machine was the bottleneck: {string.Join("; ", signs)}");
    }
}
