using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Clocks of nodes: right unless a fault makes them wrong. Whatever the network itself does and reports is in true time.
public sealed partial class SimulatedNetwork
{
    /// <summary>
    /// Sets a node's clock wrong from now on, or with the default right again: what it reads, and how long the timers
    /// that it sets from now on take. It belongs to the machine: a new process has the same clock.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A drift with which the clock would stand or go back.</exception>
    public void SkewClock(NodeAddress address, ClockSkew skew)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(skew.DriftPpm, -1e6, nameof(skew));
        At(address).Clock = skew == default ? null : new SimulatedClock(skew, now);
    }

    private Instant LocalTime(SimulatedNode node) => node.Clock is { } clock ? new Instant(clock.Read(now)) : Now;
}
