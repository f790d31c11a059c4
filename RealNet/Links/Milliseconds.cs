namespace GossipSim.RealNet.Links;

/// <summary>The unit of the system's timers, which count whole ones.</summary>
internal static class Milliseconds
{
    /// <summary>So many that a span of microseconds is over then.</summary>
    public static long UpTo(long microseconds) => Math.Max(0, (microseconds + 999) / 1000);
}
