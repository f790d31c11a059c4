using System.Text.Json;

namespace GossipSim.Scenarios.Viewing;

/// <summary>What came of a fork, as <c>fork.json</c> in its folder and the page have it.</summary>
/// <param name="Of">The name of the folder of the run that was forked.</param>
/// <param name="Run">The name of the fork's own folder.</param>
/// <param name="AtSeconds">In scenario time: both runs are one until then.</param>
/// <param name="Changes">What was changed, in words.</param>
/// <param name="OriginalPrefix">The fingerprint of all that nodes handled and decided before, in the run.</param>
/// <param name="ForkPrefix">The same in the fork.</param>
internal sealed record ForkOutcome(
    string Of, string Run, double AtSeconds, IReadOnlyList<string> Changes, string OriginalPrefix, string ForkPrefix,
    IReadOnlyList<ForkOutcome.Figure> Figures)
{
    public const string FileName = "fork.json";

    public bool IsPrefixIdentical => OriginalPrefix == ForkPrefix;

    /// <summary>A figure of both runs; null where a run has none.</summary>
    internal sealed record Figure(string Name, string Path, double? Original, double? Fork);

    private static readonly (string Name, string Path)[] compared =
    [
        ("peers removed after a crash", "detection.removed"), ("crashes", "detection.crashes"),
        ("false removals", "detection.falseRemovals"),
        ("crash to removed everywhere, at most (ms)", "detection.timeToRemovalMs.max"),
        ("live peers at the end", "peers.live"), ("messages", "gossip.messages"),
        ("deliveries", "gossip.deliveries"), ("coverage of live peers, at worst", "gossip.coverageOfLivePeersMin"),
        ("latency, half of the receipts (ms)", "gossip.latencyMs.p50"),
        ("latency, 99 of 100 receipts (ms)", "gossip.latencyMs.p99"),
        ("links at the end", "overlay.edges"), ("largest degree at the end", "overlay.degreeMax"),
    ];

    public static IReadOnlyList<Figure> Compare(JsonElement original, JsonElement fork) =>
        [.. compared.Select(figure => new Figure(
            figure.Name, figure.Path, ValueOf(original, figure.Path), ValueOf(fork, figure.Path)))];

    public string ToJson() => JsonSerializer.Serialize(this, ViewJson.Options);

    private static double? ValueOf(JsonElement summary, string path)
    {
        foreach (var name in path.Split('.'))
            if (summary.ValueKind != JsonValueKind.Object || !summary.TryGetProperty(name, out summary)) return null;
        return summary.ValueKind == JsonValueKind.Number ? summary.GetDouble() : null;
    }
}
