using System.Diagnostics;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>The run's clock: monotone, shared by all nodes of the run, on one machine also across processes.</summary>
/// <param name="zero">The time stamp of its instant zero.</param>
internal sealed class RunClock(long zero)
{
    public Instant Now => new(Stopwatch.GetElapsedTime(zero).Ticks / TimeSpan.TicksPerMicrosecond);
}
