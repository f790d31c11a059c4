using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Hosting;

/// <summary>
/// How long a node that failed stays down before it starts again: twice as long after each failure, up to a limit, so
/// that a failure that repeats does not take the machine's time; short again after a quiet while.
/// </summary>
internal sealed class RestartPause(TransportLimits limits)
{
    private TimeSpan next = limits.FirstRestartPause;
    private Instant latest;

    /// <summary>The pause after a failure at this moment.</summary>
    public TimeSpan After(Instant failure)
    {
        if (failure - latest > limits.RestartPauseMemory) next = limits.FirstRestartPause;
        latest = failure;
        var pause = next;
        next = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, limits.LongestRestartPause.Ticks));
        return pause;
    }
}
