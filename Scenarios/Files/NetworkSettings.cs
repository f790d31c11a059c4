using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>The simulated network. On TCP its latency only counts where it is emulated; the rest always does.</summary>
internal sealed record NetworkSettings
{
    [Description("How long a message is under way on a link.")]
    public LatencySettings Latency { get; init; } = new LogNormalLatencySettings { MedianMs = 20, Sigma = 0.4 };

    [Description("Chance that a message must be sent again after 200 ms (doubling); five in a row break the link.")]
    [Range(0, 0.9)]
    public double LossProbability { get; init; }

    [Description("What a link carries in each direction; messages queue behind each other. Default: without limit.")]
    [Range(100, 1e12)]
    public long? BandwidthBytesPerSecond { get; init; }

    [Description("Whether links on TCP are as long as the latency model says; else as this machine's own.")]
    public bool EmulateOnTcp { get; init; }
}
