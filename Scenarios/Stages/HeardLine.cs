using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>A line that a hand-made peer was told.</summary>
/// <param name="From">Whose connection it came over.</param>
internal sealed record HeardLine(NodeAddress From, JsonObject Line)
{
    public string Type { get; } = WordOf(Line, "type");

    public string Word(string name) => WordOf(Line, name);

    /// <summary>A whole number; -1 when there is none of that name.</summary>
    public long Number(string name) => NumberOf(Line, name);

    public static string WordOf(JsonObject line, string name) =>
        line[name] is JsonValue value && value.TryGetValue<string>(out var word) ? word : "";

    public static long NumberOf(JsonObject line, string name) =>
        line[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : -1;
}
