using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The one way in which a summary becomes JSON: for the file, for <c>--json</c> and for expectations.
/// </summary>
internal static class SummaryJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Summary summary) => JsonSerializer.Serialize(summary, Options);

    /// <exception cref="JsonException">It is no summary, or misses a figure.</exception>
    public static Summary Read(string text) =>
        JsonSerializer.Deserialize<Summary>(text, Options) ?? throw new JsonException("there is nothing in it");

    // Through text, so that numbers compare as a reader of the file would see them.
    public static JsonObject ToNode(Summary summary) => JsonNode.Parse(Write(summary))!.AsObject();
}
