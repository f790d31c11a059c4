using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Hosting;

/// <summary>By how much a node's own clock is wrong, from when on; true time is the run's.</summary>
/// <param name="OffsetMs">How far it is ahead when it is set.</param>
/// <param name="DriftPpm">By how many millionths it runs faster than true time from then on.</param>
/// <param name="SetAt">In microseconds.</param>
internal sealed record ClockError(double OffsetMs, double DriftPpm, long SetAt)
{
    public bool IsNone => OffsetMs == 0 && DriftPpm == 0;
}

/// <summary>What a node takes for the time. It belongs to the machine: its next process has the same clock.</summary>
internal sealed class NodeClock
{
    private volatile ClockError? error;

    public void Set(ClockError skew) => error = skew.IsNone ? null : skew;

    /// <summary>What the clock shows at a true time.</summary>
    public Instant Read(Instant now)
    {
        if (error is not { } wrong) return now;
        var drifted = (now.Microseconds - wrong.SetAt) * (wrong.DriftPpm * 1e-6);
        return new Instant(now.Microseconds + (long)Math.Round((wrong.OffsetMs * 1000) + drifted));
    }

    /// <summary>How long it truly takes until the clock has gone on by a span; never less.</summary>
    public TimeSpan TrueSpan(TimeSpan span) => error is not { } wrong
        ? span
        : new TimeSpan((long)Math.Ceiling(span.Ticks / (1 + (wrong.DriftPpm * 1e-6))));
}
