using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// Reads JSON in one pass into a tree that knows the line and column of every key and value. Comments and trailing
/// commas are allowed; a key given twice is an error, since readers disagree about which of the two counts.
/// </summary>
internal ref struct SourceReader
{
    /// <summary>Deeper than any scenario; hostile nesting ends here.</summary>
    private const int DeepestNesting = 32;

    private static readonly UTF8Encoding strictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> text;
    private readonly LineIndex lines;
    private readonly Stack<Origin> open = new();
    private Utf8JsonReader reader;

    private SourceReader(ReadOnlySpan<byte> text, LineIndex lines)
    {
        this.text = text;
        this.lines = lines;
        reader = new Utf8JsonReader(text, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = DeepestNesting,
        });
    }

    /// <summary>Reads a scenario file's bytes; <paramref name="source"/> is what messages call the file.</summary>
    public static SourceObject ReadFile(ReadOnlySpan<byte> bytes, string source)
    {
        ReadOnlySpan<byte> text = WithoutByteOrderMark(bytes, source);
        SourceNode root = Read(text, new LineIndex(source, text));
        return root as SourceObject
            ?? throw new ScenarioException(root.Origin, $"a scenario is an object {{ … }}, found {root.Describe()}");
    }

    /// <summary>Reads the value of an option; all of it has the option as its place. Null if it is not JSON.</summary>
    public static SourceNode? TryReadOption(string value, string option)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        try
        {
            return Read(text, LineIndex.OfOption(option));
        }
        catch (ScenarioException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> bytes, string source)
    {
        if (OtherEncoding(bytes) is { } found)
            throw new ScenarioException(new Origin(source, 1, 1), $"the file is {found}; save it as UTF-8");
        return bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
    }

    /// <summary>What the byte order mark says. That of UTF-16 begins the one of UTF-32.</summary>
    private static string? OtherEncoding(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => "UTF-32",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16",
        _ => null,
    };

    private static SourceNode Read(ReadOnlySpan<byte> text, LineIndex lines)
    {
        RequireUtf8(text, lines);
        var source = new SourceReader(text, lines);
        try
        {
            source.reader.Read();
            SourceNode root = source.ReadValue();
            source.reader.Read();   // only what is not JSON can follow, and that throws
            return root;
        }
        catch (JsonException broken)
        {
            throw source.Explain(broken);
        }
    }

    private static void RequireUtf8(ReadOnlySpan<byte> text, LineIndex lines)
    {
        try
        {
            strictUtf8.GetCharCount(text);
        }
        catch (DecoderFallbackException broken)
        {
            throw new ScenarioException(lines.At(Math.Max(0, broken.Index)), "not UTF-8 text; save the file as UTF-8");
        }
    }

    private SourceNode ReadValue()
    {
        Origin here = lines.At(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(here),
            JsonTokenType.StartArray => ReadArray(here),
            JsonTokenType.String => new SourceScalar(here, JsonValueKind.String, ReadText(here)),
            JsonTokenType.Number => new SourceScalar(here, JsonValueKind.Number, ReadNumber(here)),
            JsonTokenType.True => new SourceScalar(here, JsonValueKind.True, "true"),
            JsonTokenType.False => new SourceScalar(here, JsonValueKind.False, "false"),
            JsonTokenType.Null => new SourceScalar(here, JsonValueKind.Null, "null"),
            _ => throw new InvalidOperationException($"A value cannot start with {reader.TokenType}."),
        };
    }

    private SourceObject ReadObject(Origin here)
    {
        var members = new List<SourceMember>();
        var places = new Dictionary<string, Origin>();
        open.Push(here);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            Origin keyOrigin = lines.At(reader.TokenStartIndex);
            string key = ReadText(keyOrigin);
            if (!places.TryAdd(key, keyOrigin))
                throw new ScenarioException(keyOrigin, $"the key \"{key}\" is given twice, first at {places[key]}");
            reader.Read();
            members.Add(new SourceMember(key, keyOrigin, ReadValue()));
        }

        open.Pop();
        return new SourceObject(here, members);
    }

    private SourceArray ReadArray(Origin here)
    {
        var items = new List<SourceNode>();
        open.Push(here);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadValue());
        open.Pop();
        return new SourceArray(here, items);
    }

    private readonly string ReadText(Origin here)
    {
        try
        {
            string read = reader.GetString()!;
            // A text may become the name of a file, and no file can have this in its name.
            return read.Contains('\0', StringComparison.Ordinal)
                ? throw new ScenarioException(here, "the text contains \\u0000, allowed are all other characters")
                : read;
        }
        catch (InvalidOperationException)
        {
            throw new ScenarioException(here, "the text contains half of a \\u surrogate pair");
        }
    }

    /// <summary>Whole numbers come out as digits however they were written (200, 200.0, 2e2).</summary>
    private readonly string ReadNumber(Origin here)
    {
        string written = Encoding.ASCII.GetString(reader.ValueSpan);
        if (long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return written;

        double value = double.Parse(written, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            throw new ScenarioException(here, $"the number {written} is beyond what numbers here can hold (1e308)");
        bool isWhole = double.IsInteger(value) && Math.Abs(value) <= Scenario.LargestRandomSeed;
        return isWhole ? ((long)value).ToString(CultureInfo.InvariantCulture) : written;
    }

    private readonly ScenarioException Explain(JsonException broken)
    {
        Origin here = lines.AtLine(broken.LineNumber ?? 0, broken.BytePositionInLine ?? 0);
        long offset = lines.Offset(broken.LineNumber ?? 0, broken.BytePositionInLine ?? 0);
        if (offset >= text.Length && reader.TokenType == JsonTokenType.None)
            return new ScenarioException(lines.At(0), "the file is empty; a scenario is an object { … }");
        if (offset >= text.Length && open.TryPeek(out Origin unclosed))
            return new ScenarioException(here, $"broken JSON: the file ends, but what {unclosed} opens is not closed");
        return new ScenarioException(here, $"broken JSON: {BrokenJson.Explain(broken, text, (int)offset)}");
    }
}
