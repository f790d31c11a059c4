using System.Text.Json;
using System.Text.Json.Serialization;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// What an expectation compares to, and what a swept parameter may be: exactly one of the three is set.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed record ExpectedValue
{
    private ExpectedValue(double? number, bool? truth, string? text) => (Number, Truth, Text) = (number, truth, text);

    public double? Number { get; }

    public bool? Truth { get; }

    public string? Text { get; }

    public static ExpectedValue Of(double number) => new(number, truth: null, text: null);

    public static ExpectedValue Of(bool truth) => new(number: null, truth, text: null);

    public static ExpectedValue Of(string text) => new(number: null, truth: null, text);

    private sealed class Converter : JsonConverter<ExpectedValue>
    {
        public override ExpectedValue Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.Number => Of(reader.GetDouble()),
                JsonTokenType.True or JsonTokenType.False => Of(reader.GetBoolean()),
                JsonTokenType.String => Of(reader.GetString()!),
                _ => throw new JsonException("a number, true, false or a text"),
            };

        public override void Write(Utf8JsonWriter writer, ExpectedValue value, JsonSerializerOptions options)
        {
            if (value.Number is { } number)
                writer.WriteNumberValue(number);
            else if (value.Truth is { } truth)
                writer.WriteBooleanValue(truth);
            else
                writer.WriteStringValue(value.Text);
        }
    }
}
