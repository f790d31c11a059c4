using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GossipSim.Scenarios.Files;

/// <summary>How the scenario records and JSON correspond; checker, schema and writer all ask here.</summary>
internal static class ScenarioJson
{
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    public static JsonTypeInfo ContractOf(Type type) => Options.GetTypeInfo(type);

    /// <summary>The words that a value of this enum may be.</summary>
    public static IReadOnlyList<string> WordsOf(Type enumType) =>
    [
        .. Enum.GetValues(enumType).Cast<object>().Select(WordOf),
    ];

    /// <summary>The word that files use for an enum's value.</summary>
    public static string WordOf(object value) =>
        JsonSerializer.SerializeToElement(value, value.GetType(), Options).GetString()!;

    /// <summary>The scenario with every default written out, as <c>scenario.effective.json</c>.</summary>
    public static string Write(Scenario scenario)
    {
        JsonObject tree = JsonSerializer.SerializeToNode(scenario, Options)!.AsObject();
        if (scenario.Protocol is not null)
            RemoveAll(tree, ProtocolChoiceRules.Meaningless);
        return tree.ToJsonString(Options).ReplaceLineEndings("\n") + "\n";
    }

    public static Scenario Read(SourceObject checkedTree) => (Scenario)Read(checkedTree, typeof(Scenario));

    public static object Read(SourceObject checkedTree, Type type)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            checkedTree.WriteTo(writer);
        return JsonSerializer.Deserialize(buffer.ToArray(), type, Options)!;
    }

    private static void RemoveAll(JsonObject tree, IReadOnlyList<string> paths)
    {
        foreach (string[] keys in paths.Select(path => path.Split('.')))
        {
            JsonObject parent = keys.SkipLast(1).Aggregate(tree, (inside, key) => inside[key]!.AsObject());
            parent.Remove(keys[^1]);
        }
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            AllowOutOfOrderMetadataProperties = true,
            WriteIndented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // for readers of files; never put into HTML
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }
}
