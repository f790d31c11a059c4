using System.Text.Json.Nodes;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Repeating;

/// <summary>
/// One of several runs of a scenario: its random seed, how it ended, and every figure of its summary.
/// </summary>
/// <param name="Figures">By their paths in <c>summary.json</c>; what the run cannot have is missing.</param>
/// <param name="Trouble">Why it did not hold, in a sentence; null when all held.</param>
internal sealed record Repeat(
    long RandomSeed, int ExitCode, string? Fingerprint, IReadOnlyDictionary<string, double> Figures, string? Trouble)
{
    /// <summary>What it did not test; empty when it was read from a table.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>What says which run it was, and not what came of it.</summary>
    private static readonly string[] Labels = ["randomSeed", "exitCode", "seedNodes"];

    /// <summary>
    /// Whether it ran to its end, held or not. One that did not form, or was stopped, has figures of something else.
    /// </summary>
    public bool IsComplete => (ExitCode)ExitCode is CommandLine.ExitCode.Held or CommandLine.ExitCode.Failed;

    public static Repeat Of(RunResult result)
    {
        var summary = result.Summary;
        var figures = new Dictionary<string, double>();
        Collect(SummaryJson.ToNode(summary), "", figures);
        foreach (var label in Labels) figures.Remove(label);
        return new Repeat(
            summary.RandomSeed, summary.ExitCode, summary.Fingerprint, figures,
            summary.ExitCode == 0 ? null : RunVerdict.Of(result).Detail)
        {
            Warnings = summary.Warnings,
        };
    }

    private static void Collect(JsonObject branch, string prefix, Dictionary<string, double> figures)
    {
        foreach (var (name, node) in branch)
        {
            var path = prefix + name;
            if (node is JsonObject inner) Collect(inner, path + ".", figures);
            else if (node is JsonValue value && value.TryGetValue<double>(out var number)) figures[path] = number;
            else if (node is JsonValue fact && fact.TryGetValue<bool>(out var holds)) figures[path] = holds ? 1 : 0;
        }
    }
}
