using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// The parts of a run. Time 0 is the end of formation; warm-up, measurement and drain follow it in this order, and
/// the times of faults count from it too.
/// </summary>
internal sealed record PhaseSettings
{
    /// <summary>A week.</summary>
    public const double LongestSeconds = 604_800;

    [Description("How long registering and linking all peers may take; beyond it the run ends with exit code 4.")]
    [Range(1, 86_400)]
    public double FormationSeconds { get; init; } = 60;

    [Description("Gossip runs, but nothing published now is measured.")]
    [Range(0, LongestSeconds)]
    public double WarmupSeconds { get; init; } = 5;

    [Description("What is published now is measured.")]
    [Range(0.001, LongestSeconds)]
    public double MeasureSeconds { get; init; } = 60;

    [Description("Nothing is published any more; what is under way may still arrive.")]
    [Range(0, LongestSeconds)]
    public double DrainSeconds { get; init; } = 5;

    /// <summary>Seconds from time 0 until the run ends.</summary>
    internal double TotalSeconds => WarmupSeconds + MeasureSeconds + DrainSeconds;
}
