using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Repeating;

/// <summary>Says of figures that no run has where they are missing, and what a run needs to have them.</summary>
internal static class NotMeasured
{
    /// <summary>In place of a value.</summary>
    public const string Words = "not measured";

    public static string Or(double? value) => value is { } measured ? Numbers.Significant(measured) : Words;

    /// <summary>
    /// One sentence for all figures that are missing at the same place for the same reason, such as: gossip.redundancy
    /// was measured in no run of B (only when a message arrives).
    /// </summary>
    /// <param name="figures">Where each is missing, such as "in no run of B".</param>
    public static IEnumerable<string> Sentences(IEnumerable<(string Metric, string Where)> figures) => figures
        .GroupBy(figure => (figure.Where, Condition: ConditionOf(figure.Metric)))
        .Select(group =>
        {
            var names = group.Select(figure => figure.Metric).ToList();
            var condition = group.Key.Condition is { } needed ? $" (only when {needed})" : "";
            return $"{Listed(names)} {(names.Count == 1 ? "was" : "were")} measured {group.Key.Where}{condition}.";
        });

    /// <summary>Why none of these runs has a figure, in a few words.</summary>
    /// <param name="runs">One or more.</param>
    public static string Why(string metric, IReadOnlyList<Repeat> runs)
    {
        var complete = runs.Count(run => run.IsComplete);
        if (complete == 0) return $"{Words}: no run came to its end ({runs[0].Trouble})";
        var condition = ConditionOf(metric) is { } needed ? $", only when {needed}" : "";
        return $"{Words}: in none of {Numbers.Plural(complete, "run")}{condition}";
    }

    public static string? ConditionOf(string metric) =>
        MetricPaths.All.GetValueOrDefault(metric)?.MeasuredWhen;

    private static string Listed(List<string> names) => names.Count == 1
        ? names[0]
        : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
