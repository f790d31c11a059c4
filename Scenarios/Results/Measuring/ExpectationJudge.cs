using System.Globalization;
using System.Text.Json.Nodes;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>Compares expectations with a summary: the metric is a path of names in its JSON.</summary>
internal static class ExpectationJudge
{
    public static IReadOnlyList<ExpectationOutcome> Judge(Summary summary, IReadOnlyList<Expectation> expectations)
    {
        if (expectations.Count == 0) return [];
        var json = SummaryJson.ToNode(summary);
        return [.. expectations.Select(expectation => Judge(json, expectation))];
    }

    private static ExpectationOutcome Judge(JsonObject summary, Expectation expectation)
    {
        var wanted = expectation.Value;
        var text = $"{expectation.Metric} {Symbol(expectation.Op)} {InWords(wanted)}";
        if (!TryFind(summary, expectation.Metric, out var found))
            return new ExpectationOutcome(text, Met: false, NotMeasured(expectation.Metric));
        if (found is not JsonValue value)
        {
            var why = found is null ? NotMeasured(expectation.Metric) : "not a single value";
            return new ExpectationOutcome(text, Met: false, why);
        }

        var met = wanted switch
        {
            { Number: { } number } => value.TryGetValue<double>(out var actual)
                && Holds(actual.CompareTo(number), expectation.Op),
            { Truth: { } truth } => value.TryGetValue<bool>(out var actual)
                && Holds(actual.CompareTo(truth), expectation.Op),
            { Text: { } word } => value.TryGetValue<string>(out var actual)
                && Holds(string.CompareOrdinal(actual, word), expectation.Op),
            _ => false,
        };
        return new ExpectationOutcome(text, met, value.ToJsonString());
    }

    private static string NotMeasured(string metric) =>
        MetricPaths.All.GetValueOrDefault(metric)?.MeasuredWhen is { } needed
            ? $"not measured in this run; it is measured only when {needed}"
            : "not measured in this run";

    private static bool TryFind(JsonObject root, string path, out JsonNode? found)
    {
        found = root;
        foreach (var name in path.Split('.'))
        {
            if (found is not JsonObject branch || !branch.TryGetPropertyValue(name, out found)) return false;
        }

        return true;
    }

    private static bool Holds(int order, Comparison op) => op switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        Comparison.GreaterOrEqual => order >= 0,
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    private static string Symbol(Comparison op) => op switch
    {
        Comparison.Equal => "==",
        Comparison.NotEqual => "!=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    private static string InWords(ExpectedValue value) => value switch
    {
        { Number: { } number } => number.ToString(CultureInfo.InvariantCulture),
        { Truth: { } truth } => truth ? "true" : "false",
        _ => value.Text ?? "",
    };
}
