using GossipSim.Analysis;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Repeating;

/// <summary>What <c>run --runs N</c> prints with <c>--json</c> and leaves as <c>summary.json</c>.</summary>
/// <param name="Runs">How many ran to their end: means are over these, held or not.</param>
/// <param name="Held">How many of them kept every promise and met every expectation.</param>
/// <param name="Metrics">By their paths in the summary of a run.</param>
/// <param name="NotMeasured">Usual figures that no run has, and what was to be known with a precision.</param>
internal sealed record RepeatSummary(
    string Scenario, string Runtime, long FirstRandomSeed, int ExitCode, int Runs, int Held,
    IReadOnlyList<RepeatTrouble> Troubles, double Level, IReadOnlyDictionary<string, MetricRepeats> Metrics,
    IReadOnlyList<string> NotMeasured, ReachedPrecision? Precision, double WallSeconds, string Directory,
    IReadOnlyList<RepeatedWarning> Warnings);

/// <summary>A run that did not hold, and the command that repeats it.</summary>
internal sealed record RepeatTrouble(long RandomSeed, int ExitCode, string What, string Repeat);

/// <summary>One figure over the runs that have it.</summary>
/// <param name="Low">Of the interval that holds the true mean with the probability of the level; null for one run.
/// </param>
internal sealed record MetricRepeats(
    string Unit, int Count, double Mean, double? Low, double? High, double StandardDeviation, double Min, double Max)
{
    public static MetricRepeats Of(string metric, MeanInterval interval) => new(
        MetricPaths.UnitOf(metric), interval.Count, interval.Mean, interval.Low, interval.High,
        interval.StandardDeviation, interval.Minimum, interval.Maximum);
}

/// <summary>What was wanted with <c>--precision</c>, and whether the runs sufficed for it.</summary>
internal sealed record ReachedPrecision(string Metric, double HalfWidth, bool IsRelative, bool IsReached);
