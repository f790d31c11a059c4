using System.Text.Json;
using System.Text.Json.Serialization;

namespace GossipSim.Scenarios.Files;

/// <summary>One side of a partition: the nodes of its selectors, or with the word "rest" everybody else.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record PartitionGroup
{
    public const string RestWord = "rest";

    private PartitionGroup(IReadOnlyList<NodeSelector>? selectors) => Selectors = selectors;

    public static PartitionGroup Rest { get; } = new(selectors: null);

    /// <summary>The selectors whose nodes together are the group; null for "rest".</summary>
    public IReadOnlyList<NodeSelector>? Selectors { get; }

    public bool IsRest => Selectors is null;

    public static PartitionGroup Of(IReadOnlyList<NodeSelector> selectors) => new(selectors);

    private sealed class Converter : JsonConverter<PartitionGroup>
    {
        public override PartitionGroup Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(RestWord)
                ? Rest
                : Of(JsonSerializer.Deserialize<IReadOnlyList<NodeSelector>>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, PartitionGroup value, JsonSerializerOptions options)
        {
            if (value.IsRest)
                writer.WriteStringValue(RestWord);
            else
                JsonSerializer.Serialize(writer, value.Selectors, options);
        }
    }
}
