using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// How many links a joining peer opens, as a file says it: a number, a range of which each peer draws one, or a word.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed record LinksPerJoin
{
    public const int Most = 64;

    /// <summary>floor(n/2)+1 of the n members that the peer was told of.</summary>
    public const string HalfWord = "floorHalfPlusOne";

    public static readonly string Words =
        $"a whole number from 1 to {Most}, a range such as {{ \"from\": 1, \"to\": 3 }} or \"{HalfWord}\"";

    private LinksPerJoin(LinkRange? range) => Range = range;

    public static LinksPerJoin FloorHalfPlusOne { get; } = new(range: null);

    /// <summary>Null for the word.</summary>
    public LinkRange? Range { get; }

    public static LinksPerJoin Exactly(int links) => Between(links, links);

    public static LinksPerJoin Between(int from, int to) => new(new LinkRange { From = from, To = to });

    /// <summary>As messages name it.</summary>
    public override string ToString() => Range switch
    {
        null => HalfWord,
        { From: var from, To: var to } when from == to => $"{from}",
        { From: var from, To: var to } => $"{from} to {to}",
    };

    private sealed class Converter : JsonConverter<LinksPerJoin>
    {
        public override LinksPerJoin Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.Number => Exactly(reader.GetInt32()),
                JsonTokenType.String when reader.ValueTextEquals(HalfWord) => FloorHalfPlusOne,
                JsonTokenType.StartObject => new(JsonSerializer.Deserialize<LinkRange>(ref reader, options)),
                _ => throw new JsonException(Words),
            };

        public override void Write(Utf8JsonWriter writer, LinksPerJoin value, JsonSerializerOptions options)
        {
            if (value.Range is not { } range)
                writer.WriteStringValue(HalfWord);
            else if (range.From == range.To)
                writer.WriteNumberValue(range.From);
            else
                JsonSerializer.Serialize(writer, range, options);
        }
    }
}

internal sealed record LinkRange
{
    [Description("The fewest links that a joining peer opens.")]
    [Range(1, LinksPerJoin.Most)]
    public required int From { get; init; }

    [Description("The most; each number in between has the same chance.")]
    [Range(1, LinksPerJoin.Most)]
    public required int To { get; init; }
}
