using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace GossipSim.RealNet.Wire;

/// <summary>
/// Text with nothing escaped but what JSON requires (RFC 8259, section 7): control characters below U+0020, the quote
/// and the backslash. So a text that was read is never written longer than it came. The encoders of .NET escape more:
/// one byte 0x7F as six, an emoji as twelve.
/// </summary>
internal sealed class TextValue : JsonConverter<string>
{
    /// <summary>Bytes of the longest form of one UTF-16 unit, such as <c>\u0001</c>.</summary>
    public const int LongestEscape = 6;

    private const int OnStack = 512;

    private static readonly SearchValues<char> escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("expected text");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        var most = (value.Length * LongestEscape) + 2;
        var rented = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var line = rented is null ? stackalloc byte[OnStack] : rented;
        writer.WriteRawValue(line[..Quote(value, line)], skipInputValidation: true);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>How many bytes the text takes within its quotes.</summary>
    public static int LengthOf(ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        for (int next; (next = text.IndexOfAny(escaped)) >= 0; text = text[(next + 1)..])
            length += ShortEscapeOf(text[next]) == 0 ? LongestEscape - 1 : 1;
        return length;
    }

    private static int Quote(ReadOnlySpan<char> text, Span<byte> to)
    {
        var used = 0;
        to[used++] = (byte)'"';
        while (true)
        {
            var plain = text.IndexOfAny(escaped);
            // Half of a surrogate pair becomes U+FFFD.
            Utf8.FromUtf16(plain < 0 ? text : text[..plain], to[used..], out _, out var written);
            used += written;
            if (plain < 0) break;
            used += Escape(text[plain], to[used..]);
            text = text[(plain + 1)..];
        }

        to[used++] = (byte)'"';
        return used;
    }

    private static int Escape(char character, Span<byte> to)
    {
        to[0] = (byte)'\\';
        to[1] = ShortEscapeOf(character);
        if (to[1] != 0) return 2;
        "u00"u8.CopyTo(to[1..]);
        ((byte)character).TryFormat(to[4..], out _, "x2");
        return LongestEscape;
    }

    /// <returns>0 when the character has none.</returns>
    private static byte ShortEscapeOf(char character) => character switch
    {
        '"' => (byte)'"',
        '\\' => (byte)'\\',
        '\b' => (byte)'b',
        '\f' => (byte)'f',
        '\n' => (byte)'n',
        '\r' => (byte)'r',
        '\t' => (byte)'t',
        _ => 0,
    };
}
