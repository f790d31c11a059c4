namespace GossipSim.Scenarios.Viewing;

/// <summary>Latencies by their order of magnitude, twenty bins each, as pages draw them: from 1 microsecond on.</summary>
internal static class LatencyBins
{
    public const int Count = 181;

    private const int PerDecade = 20;

    private const int OfOneMillisecond = 60;

    public static int Of(long microseconds) => Math.Clamp(
        (int)Math.Floor(PerDecade * Math.Log10(Math.Max(1, microseconds) / 1000.0)) + OfOneMillisecond, 0, Count - 1);
}
