using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>What a run writes into its folder.</summary>
internal sealed record RecordingOptions
{
    public bool EventLog { get; init; } = true;

    public bool TextLogs { get; init; } = true;

    public IReadOnlyList<PlotKind> Plots { get; init; } = Enum.GetValues<PlotKind>();

    public IReadOnlyList<CompatLog> CompatLogs { get; init; } = [];

    /// <summary>The date and time of a run's instant zero, for text logs.</summary>
    public DateTimeOffset WallBase { get; init; } = RunLogs.SimulatedEpoch;

    /// <summary>Whoever follows the run while it goes on.</summary>
    public ILiveFeed? Live { get; init; }

    public MeasurementOptions Measurement { get; init; } = new();
}
