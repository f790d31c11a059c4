using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>--json</c>: one JSON object on stdout, everything else on stderr.</summary>
internal static class JsonOption
{
    /// <summary>Scripts find every name, also where there is no value to give.</summary>
    private static readonly JsonSerializerOptions withNulls =
        new(ScenarioJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    public static Option<bool> Create(string description) => new("--json") { Description = description };

    public static void WriteLine(Terminal terminal, object value) => terminal.Output.WriteLine(Text(value));

    /// <summary>The value as a JSON object with one more property.</summary>
    public static JsonObject With(object value, string name, object more)
    {
        JsonObject json = JsonSerializer.SerializeToNode(value, withNulls)!.AsObject();
        json.Add(name, JsonSerializer.SerializeToNode(more, withNulls));
        return json;
    }

    /// <summary>The same text, for a file.</summary>
    public static string Text(object value) => JsonSerializer.Serialize(value, withNulls);
}
