using GossipSim.Scenarios.Repeating;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>What <c>sweep --json</c> and <c>sweep merge --json</c> print, and leave as <c>summary.json</c>.</summary>
/// <param name="Held">How many runs kept every promise and met every expectation.</param>
/// <param name="Incomplete">Runs that did not come to their end: they have a row, and no part in any mean.</param>
internal sealed record SweepSummary(
    string Scenario, string Version, string? Commit, long RandomSeed, int Cells, int Repeats, int Runs, int Held,
    int Incomplete, int ExitCode, IReadOnlyList<SweepSummary.Effect> Effects,
    IReadOnlyList<RepeatedWarning> Warnings)
{
    /// <param name="Low">Of the interval of the true effect; null when there are too few repeats.</param>
    /// <param name="IsShown">Whether it is larger than its interval.</param>
    internal sealed record Effect(
        string Metric, string Kind, string Parameter, string From, string To, int Repeats, double? Size, double? Low,
        double? High, bool IsShown);

    public static SweepSummary Of(SweepData data, IReadOnlyList<SweepEffect> effects, int exitCode) => new(
        data.Plan.Name, data.Plan.Program.Version, data.Plan.Program.Commit, data.Plan.RandomSeed,
        data.Plan.Cells.Count, data.Plan.Repeats, data.Results.Count, data.Held,
        data.Results.Count(result => !result.IsComplete), exitCode,
        [
            .. effects.Select(effect => new Effect(
                effect.Metric.Path, EventDetail.Name(effect.Kind.ToString()), effect.Parameter, effect.From, effect.To,
                effect.Interval?.Count ?? 0, effect.Interval?.Mean, effect.Interval?.Low, effect.Interval?.High,
                effect.IsShown)),
        ],
        RepeatedWarning.Of(data.Results.Select(result => result.Warnings)));
}
