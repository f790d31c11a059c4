using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>A node's clock that is wrong: ahead or behind by an offset, and running too fast or too slowly.</summary>
/// <param name="setAt">True time from which on it drifts, in microseconds.</param>
internal sealed class SimulatedClock(ClockSkew skew, long setAt)
{
    private readonly double rate = 1 + (skew.DriftPpm * 1e-6);

    /// <summary>What the clock shows at a true time, in microseconds.</summary>
    public long Read(long now)
    {
        var drifted = (now - setAt) * (skew.DriftPpm * 1e-6);
        return (new Instant(now) + skew.Offset).Microseconds + (long)Math.Round(drifted);
    }

    /// <summary>How long it truly takes until the clock has gone on by a span, in microseconds.</summary>
    public long TrueSpan(long span) => (long)Math.Round(span / rate);
}
