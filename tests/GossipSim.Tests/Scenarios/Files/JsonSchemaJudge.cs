using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

/// <summary>
/// Judges a value by a JSON Schema (2020-12), for the keywords that the scenario schema uses; any other keyword is an
/// error, so that the judge cannot quietly ignore one.
/// </summary>
internal static class JsonSchemaJudge
{
    public static bool Accepts(JsonNode schema, JsonNode? value) => schema is JsonValue constant
        ? (bool)constant
        : schema.AsObject().All(keyword => Accepts(keyword.Key, keyword.Value!, schema.AsObject(), value));

    private static bool Accepts(string keyword, JsonNode demand, JsonObject schema, JsonNode? value) => keyword switch
    {
        "$schema" or "title" or "description" or "default" => true,
        "type" => demand is JsonArray types
            ? types.Any(type => IsOf((string)type!, value))
            : IsOf((string)demand!, value),
        "enum" => demand.AsArray().Any(word => JsonNode.DeepEquals(word, value)),
        "const" => JsonNode.DeepEquals(demand, value),
        "minimum" => !IsOf("number", value) || Number(value) >= Number(demand),
        "maximum" => !IsOf("number", value) || Number(value) <= Number(demand),
        "pattern" => !IsOf("string", value) || Regex.IsMatch((string)value!, (string)demand!),
        "maxLength" => !IsOf("string", value) || ((string)value!).Length <= (int)demand,
        "minItems" => value is not JsonArray list || list.Count >= (int)demand,
        "maxItems" => value is not JsonArray list || list.Count <= (int)demand,
        "items" => value is not JsonArray list || list.All(item => Accepts(demand, item)),
        "anyOf" => demand.AsArray().Any(choice => Accepts(choice!, value)),
        "required" => value is not JsonObject members || demand.AsArray().All(key => members.ContainsKey((string)key!)),
        "properties" => value is not JsonObject members
            || demand.AsObject().All(each => !members.TryGetPropertyValue(each.Key, out JsonNode? member)
                || Accepts(each.Value!, member)),
        "propertyNames" => value is not JsonObject members
            || members.All(each => Accepts(demand, JsonValue.Create(each.Key))),
        "additionalProperties" => value is not JsonObject members
            || members.Where(each => !(schema["properties"]?.AsObject().ContainsKey(each.Key) ?? false))
                .All(each => Accepts(demand, each.Value)),
        _ => throw new AssertionException($"The schema uses {keyword}, which this judge does not know."),
    };

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "integer" => IsOf("number", value) && double.IsInteger(Number(value)),
        _ => throw new AssertionException($"The schema uses the type {type}."),
    };

    private static double Number(JsonNode? value) => double.Parse(value!.ToJsonString());
}
