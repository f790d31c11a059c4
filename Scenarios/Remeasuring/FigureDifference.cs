using System.Text.Json.Nodes;

namespace GossipSim.Scenarios.Remeasuring;

/// <summary>A figure that two summaries have differently.</summary>
/// <param name="Path">As expectations name it, such as <c>gossip.latencyMs.p99</c>.</param>
internal sealed record FigureDifference(string Path, string Stored, string Measured)
{
    public static IReadOnlyList<FigureDifference> Between(JsonNode? stored, JsonNode? measured, string path = "")
    {
        if (JsonNode.DeepEquals(stored, measured)) return [];
        if (stored is not JsonObject one || measured is not JsonObject other)
            return [new FigureDifference(path, TextOf(stored), TextOf(measured))];
        return
        [
            .. one.Select(property => property.Key).Union(other.Select(property => property.Key))
                .SelectMany(name => Between(one[name], other[name], path.Length == 0 ? name : $"{path}.{name}")),
        ];
    }

    private static string TextOf(JsonNode? value) => value?.ToJsonString() ?? "null";
}
