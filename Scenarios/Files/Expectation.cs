using System.ComponentModel;
using System.Text.Json.Serialization;

namespace GossipSim.Scenarios.Files;

/// <summary>A sentence about the run's summary that must hold for the exit code 0.</summary>
internal sealed record Expectation
{
    [Description("A path in summary.json.")]
    [MetricName]
    public required string Metric { get; init; }

    [Description("How the metric must compare to the value.")]
    public required Comparison Op { get; init; }

    [Description("The value: a number, or true, false or a text for metrics of that kind.")]
    public required ExpectedValue Value { get; init; }
}

internal enum Comparison
{
    [JsonStringEnumMemberName("==")]
    Equal,

    [JsonStringEnumMemberName("!=")]
    NotEqual,

    [JsonStringEnumMemberName("<")]
    Less,

    [JsonStringEnumMemberName("<=")]
    LessOrEqual,

    [JsonStringEnumMemberName(">")]
    Greater,

    [JsonStringEnumMemberName(">=")]
    GreaterOrEqual,
}
