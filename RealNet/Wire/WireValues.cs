using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Wire;

/// <summary>An address as people write it: <c>"127.0.0.1:7000"</c>.</summary>
internal sealed class AddressValue : JsonConverter<NodeAddress>
{
    // Some fields may name nobody.
    private static readonly string nobody = NodeAddress.None.ToString();

    public override NodeAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader);

    public override void Write(Utf8JsonWriter writer, NodeAddress value, JsonSerializerOptions options) =>
        Write(writer, value);

    public static NodeAddress Read(ref Utf8JsonReader reader)
    {
        Span<byte> text = stackalloc byte[NodeAddress.LongestText];
        if (!ShortText.TryRead(ref reader, text, out var length)) throw new JsonException("expected ip:port");
        if (NodeAddress.TryParse(text[..length], out var address)) return address;
        return reader.ValueTextEquals(nobody) ? NodeAddress.None : throw new JsonException("expected ip:port");
    }

    public static void Write(Utf8JsonWriter writer, NodeAddress value)
    {
        Span<byte> text = stackalloc byte[NodeAddress.LongestText];
        writer.WriteStringValue(text[..value.Write(text)]);
    }
}

internal sealed class NodeIdValue : JsonConverter<NodeId>
{
    public override NodeId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(HexText.Read(ref reader));

    public override void Write(Utf8JsonWriter writer, NodeId value, JsonSerializerOptions options) =>
        HexText.Write(writer, value.Value);
}

/// <summary>64 bits as 16 hex digits: a JSON number of that size would be rounded by every JavaScript reader.</summary>
internal sealed class BitsValue : JsonConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        HexText.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) =>
        HexText.Write(writer, value);
}

internal static class HexText
{
    private const int Digits = 16;

    public static ulong Read(ref Utf8JsonReader reader)
    {
        Span<byte> text = stackalloc byte[Digits];
        if (!ShortText.TryRead(ref reader, text, out var length) || length != Digits
            || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            throw new JsonException("expected 16 hex digits");
        return bits;
    }

    public static void Write(Utf8JsonWriter writer, ulong bits)
    {
        Span<byte> text = stackalloc byte[Digits];
        bits.TryFormat(text, out _, "x16", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text);
    }
}

/// <summary>Enums as the documents write them. Numbers are not names: they are refused.</summary>
internal sealed class EnumValue<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly (T Value, string Name)[] names =
        [.. Enum.GetValues<T>().Select(value => (value, WireName.Of(value.ToString())))];

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (var (value, name) in names)
                if (reader.ValueTextEquals(name)) return value;
        }

        throw new JsonException("expected one of the known words");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        foreach (var (known, name) in names)
        {
            if (!EqualityComparer<T>.Default.Equals(known, value)) continue;
            writer.WriteStringValue(name);
            return;
        }

        throw new JsonException($"{typeof(T).Name} has no value {value}");
    }
}

internal sealed class EnumValues : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(EnumValue<>).MakeGenericType(typeToConvert))!;
}

/// <summary>Reads short strings without allocating them.</summary>
internal static class ShortText
{
    public static bool TryRead(scoped ref Utf8JsonReader reader, scoped Span<byte> into, out int length)
    {
        length = 0;
        if (reader.TokenType != JsonTokenType.String) return false;
        var bytes = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (bytes > into.Length) return false;   // CopyString never writes more bytes than there were
        length = reader.CopyString(into);
        return true;
    }
}
