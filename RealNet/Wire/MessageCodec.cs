using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Wire;

/// <summary>What a line said, or why it was refused.</summary>
internal readonly record struct Decoded(Message? Message, int Hops, Refusal Refusal)
{
    /// <summary>Whom the line itself calls its sender; none when it says nothing of that.</summary>
    public NodeAddress From { get; init; }

    public static Decoded Refuse(Refusal refusal) => new(null, 0, refusal);
}

/// <summary>
/// Messages as lines of JSON. Whatever the bytes are, decoding ends in a message or in a <see cref="Refusal"/>, never
/// in an exception.
/// </summary>
internal static class MessageCodec
{
    /// <summary>
    /// A received line up to this length has room to be passed on whatever it is written like here: our own messages
    /// grow by a default or a digit. Our choice.
    /// </summary>
    private const int SafeBytes = 8 * 1024;

    /// <summary>Where each message is written first, so that its line is the only memory that it takes.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? pad;

    [ThreadStatic]
    private static Utf8JsonWriter? pen;

    /// <summary>
    /// The line of a message with its newline. A message over the limits of the format is an error of its node.
    /// </summary>
    /// <exception cref="InvalidOperationException">The message does not fit the format.</exception>
    public static byte[] Encode(Message message, int hops)
    {
        if (LineFit.WhyNot(message) is { } why) throw new InvalidOperationException(why);
        var json = Write(message);
        // The object is closed anew, behind what is not the message's own.
        Span<byte> tail = stackalloc byte[LineFit.TailBytes];
        var format = (IFormatProvider)CultureInfo.InvariantCulture;
        var used = 0;
        if (MessageTypes.CountsHops(message))
            Utf8.TryWrite(tail, format, $",\"{WireJson.HopsField}\":{hops}", out used);
        "}\n"u8.CopyTo(tail[used..]);
        return [.. json[..^1], .. tail[..(used + 2)]];
    }

    /// <summary>
    /// Bytes of the line of a message with its newline, whether or not it fits the format; hops count as one digit.
    /// </summary>
    public static int LengthOf(Message message)
    {
        var tail = MessageTypes.CountsHops(message) ? $",\"{WireJson.HopsField}\":1".Length : 0;
        return Write(message).Length + tail + 1;
    }

    /// <summary>Reads one line without its newline; a carriage return at its end is ignored.</summary>
    public static Decoded Decode(in ReadOnlySequence<byte> line, MessageTypes types)
    {
        if (line.Length >= WireLimits.LineBytes) return Decoded.Refuse(Refusal.LineTooLong);
        if (line.IsSingleSegment) return Decode(line.FirstSpan, types);
        var length = (int)line.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        line.CopyTo(rented);
        var decoded = Decode(rented.AsSpan(0, length), types);
        ArrayPool<byte>.Shared.Return(rented);
        return decoded;
    }

    public static Decoded Decode(ReadOnlySpan<byte> line) => Decode(line, MessageTypes.OfProtocol);

    public static Decoded Decode(ReadOnlySpan<byte> line, MessageTypes types)
    {
        if (line.Length >= WireLimits.LineBytes) return Decoded.Refuse(Refusal.LineTooLong);
        if (line.Length > 0 && line[^1] == '\r') line = line[..^1];
        if (types.Recent.TryRead(line, out var known)) return known;
        var decoded = Read(line, types);
        types.Recent.Note(line, decoded);
        return decoded;
    }

    private static Decoded Read(ReadOnlySpan<byte> line, MessageTypes types)
    {
        if (!Utf8.IsValid(line)) return Decoded.Refuse(Refusal.InvalidUtf8);
        try
        {
            var refusal = LineCheck.Run(line, types.HasOwn, out var typeName, out var hops, out var from);
            if (refusal != Refusal.None) return Decoded.Refuse(refusal);
            var decoded = Read(line, types, typeName, hops);
            // Own protocols may mean what they like by the word.
            return types.HasOwn ? decoded : decoded with { From = from };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            // The reader knows no other way to tell; InvalidOperationException is an escaped half of a surrogate pair.
            return Decoded.Refuse(error is JsonException ? LineCheck.ReasonOf(line) : Refusal.InvalidUtf8);
        }
    }

    private static Decoded Read(ReadOnlySpan<byte> line, MessageTypes types, ReadOnlySpan<byte> typeName, int hops)
    {
        if (typeName.IsEmpty) return Decoded.Refuse(Refusal.MissingType);
        if (types.Find(typeName) is not { } type) return Decoded.Refuse(Refusal.UnknownType);
        try
        {
            var message = (Message)JsonSerializer.Deserialize(line, type)!;
            if (!MessageTypes.CountsHops(message)) return new Decoded(message, 1, Refusal.None);
            if (hops < 1) return Decoded.Refuse(Refusal.MalformedFields);
            // It may be passed on. What this end could not write is refused now, not found out then.
            return line.Length > SafeBytes && LengthOf(message) + LineFit.TailBytes > LineFit.LineBytes
                ? Decoded.Refuse(Refusal.LineTooLong)
                : new Decoded(message, hops, Refusal.None);
        }
        catch (JsonException)
        {
            return Decoded.Refuse(Refusal.MalformedFields);   // the JSON itself was already found well-formed
        }
    }

    /// <summary>The message without a line's end, valid until this thread writes the next.</summary>
    private static ReadOnlySpan<byte> Write(Message message)
    {
        var bytes = pad ??= new ArrayBufferWriter<byte>(1024);
        bytes.ResetWrittenCount();
        var json = pen ??= new Utf8JsonWriter(bytes, new JsonWriterOptions
        {
            Encoder = WireJson.Options.Encoder, MaxDepth = WireJson.Options.MaxDepth, SkipValidation = true,
        });
        json.Reset(bytes);
        JsonSerializer.Serialize(json, message, WireJson.Options.GetTypeInfo(message.GetType()));
        return bytes.WrittenSpan;
    }
}
