using System.Diagnostics;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>The run's clock: monotone, shared by all nodes of the process, zero at its construction.</summary>
internal sealed class RunClock
{
    private readonly long zero = Stopwatch.GetTimestamp();

    public Instant Now => new(Stopwatch.GetElapsedTime(zero).Ticks / TimeSpan.TicksPerMicrosecond);
}
