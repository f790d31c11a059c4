using System.Buffers;
using System.Text.Json;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Wire;

/// <summary>
/// Walks over a line once before anything is built from it: well-formed, within the limits, no key twice at the top,
/// and of what type. So a hostile line costs no more than its own bytes.
/// </summary>
internal static class LineCheck
{
    private static readonly JsonReaderOptions readerOptions = new() { MaxDepth = WireLimits.Depth };

    /// <summary>
    /// Hops is 0 when the line has none. Throws <see cref="JsonException"/> when the line is no JSON.
    /// </summary>
    /// <param name="anyNumber">Whether negative numbers and fractions are numbers of this vocabulary too.</param>
    /// <param name="from">What a field of that name says; an address that nobody has when it says no address.</param>
    public static Refusal Run(
        ReadOnlySpan<byte> line, bool anyNumber, out ReadOnlySpan<byte> typeName, out int hops, out NodeAddress from)
    {
        typeName = default;
        hops = 0;
        from = NodeAddress.None;
        var reader = new Utf8JsonReader(line, readerOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return Refusal.InvalidJson;
        Span<int> entries = stackalloc int[WireLimits.Depth + 1];
        entries.Clear();
        var field = Field.Other;
        var seen = Field.Other;
        while (reader.Read())
        {
            if (reader.ValueIsEscaped && !IsText(ref reader)) return Refusal.MalformedFields;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                field = reader.CurrentDepth == 1 ? FieldOf(ref reader) : Field.Other;
                if ((seen & field) != 0) return Refusal.DuplicateKey;
                seen |= field;
                continue;
            }

            var refusal = Value(ref reader, anyNumber, entries);
            if (refusal != Refusal.None) return refusal;
            if (field == Field.Type && !TryReadType(ref reader, out typeName)) return Refusal.MissingType;
            if (field == Field.Hops && !TryReadHops(ref reader, out hops)) return Refusal.MalformedFields;
            if (field == Field.From) from = ReadFrom(ref reader);
            field = Field.Other;
        }

        return Refusal.None;
    }

    /// <summary>Deep nesting is told from other broken JSON by walking again: only refused lines pay for it.</summary>
    public static Refusal ReasonOf(ReadOnlySpan<byte> line)
    {
        var depth = 0;
        var inString = false;
        for (var index = 0; index < line.Length; index++)
        {
            var next = line[index];
            if (next == '\\' && inString) index++;
            else if (next == '"') inString = !inString;
            else if (!inString && next is (byte)'[' or (byte)'{') depth++;
            else if (!inString && next is (byte)']' or (byte)'}') depth--;
            if (depth > WireLimits.Depth) return Refusal.TooDeep;
        }

        return Refusal.InvalidJson;
    }

    /// <summary>
    /// Whether no escape is half of a surrogate pair: reading such a name or value later would throw, whether or not
    /// this version knows the field.
    /// </summary>
    private static bool IsText(scoped ref Utf8JsonReader reader)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            reader.CopyString(buffer);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;   // the reader knows no other way to tell
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Refusal Value(scoped ref Utf8JsonReader reader, bool anyNumber, scoped Span<int> entries)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                entries[reader.CurrentDepth + 1] = 0;
                break;
            case JsonTokenType.StartObject:
                // Fields of an object are not entries: a limit on them is what the type says.
                entries[reader.CurrentDepth + 1] = int.MinValue;
                break;
            case JsonTokenType.String when reader.ValueSpan.Length > WireLimits.StringBytes:
                return Refusal.StringTooLong;
            case JsonTokenType.Number when !IsNumber(ref reader, anyNumber):
                return Refusal.NumberOutOfRange;
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                return Refusal.None;
        }

        var depth = reader.CurrentDepth;
        return ++entries[depth] > WireLimits.Entries ? Refusal.TooManyEntries : Refusal.None;
    }

    private static bool IsNumber(scoped ref Utf8JsonReader reader, bool anyNumber) => anyNumber
        ? reader.TryGetDouble(out var number) && double.IsFinite(number)
        : reader.TryGetInt64(out var whole) && whole >= 0;

    private static Field FieldOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("type"u8)) return Field.Type;
        if (reader.ValueTextEquals("from"u8)) return Field.From;
        return reader.ValueTextEquals("hops"u8) ? Field.Hops : Field.Other;
    }

    private static NodeAddress ReadFrom(scoped ref Utf8JsonReader reader)
    {
        Span<byte> text = stackalloc byte[NodeAddress.LongestText];
        return ShortText.TryRead(ref reader, text, out var length) && NodeAddress.TryParse(text[..length], out var from)
            ? from
            : new NodeAddress(uint.MaxValue, ushort.MaxValue);
    }

    private static bool TryReadType(scoped ref Utf8JsonReader reader, out ReadOnlySpan<byte> typeName)
    {
        typeName = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped ? reader.ValueSpan : default;
        return !typeName.IsEmpty;
    }

    private static bool TryReadHops(ref Utf8JsonReader reader, out int hops)
    {
        hops = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out hops) && hops >= 1;
    }

    [Flags]
    private enum Field : byte
    {
        Other = 0,
        Type = 1,
        Hops = 2,
        From = 4,
    }
}
