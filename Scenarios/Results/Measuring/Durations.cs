using System.Runtime.InteropServices;
using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>Turns samples in milliseconds into the percentiles that a summary shows (nearest rank).</summary>
internal static class Durations
{
    public static DurationSummary Of(List<double> milliseconds) => Of(CollectionsMarshal.AsSpan(milliseconds));

    public static DurationSummary Of(ReadOnlySpan<double> milliseconds)
    {
        var latency = LatencySummary.Of(milliseconds);
        return new DurationSummary
        {
            P50 = Rounded(latency.P50), P90 = Rounded(latency.P90),
            P99 = Rounded(latency.P99), Max = Rounded(latency.Max),
        };
    }

    // Clocks tick in microseconds; what a division adds behind them is noise.
    private static double? Rounded(double? milliseconds) =>
        milliseconds is { } value ? Math.Round(value, 3) : null;
}
