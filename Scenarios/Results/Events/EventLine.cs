using System.Globalization;
using System.Text.Json;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>One event as a JSON object, the same in a stored log and in what a page is told. For one thread.</summary>
internal sealed class EventLine
{
    private static readonly JsonEncodedText[] KindNames =
        [.. Enum.GetValues<EventKind>().Select(kind => JsonEncodedText.Encode(EventDetail.Name(kind.ToString())))];

    private readonly Dictionary<NodeAddress, JsonEncodedText> names = [];

    public static JsonEncodedText NameOf(EventKind kind) => KindNames[(int)kind];

    /// <param name="cause">The number of what led to it, where that is known.</param>
    /// <param name="namesKey">See <see cref="EventDetail.Write"/>.</param>
    public void Write(
        Utf8JsonWriter json, long seq, NodeAddress node, Instant now, in ProtocolEvent e, long? cause, bool namesKey)
    {
        json.WriteStartObject();
        json.WriteNumber("seq"u8, seq);
        WriteTime(json, "time"u8, now);
        if (!node.IsNone) json.WriteString("node"u8, NameOf(node));
        json.WriteString("kind"u8, NameOf(e.Kind));
        if (cause is { } led) json.WriteNumber("cause"u8, led);
        if (!e.About.IsNone) json.WriteString("about"u8, NameOf(e.About));
        if (e.Number != 0) json.WriteNumber("number"u8, e.Number);
        if (e.Detail is not null) EventDetail.Write(json, e, namesKey);
        json.WriteEndObject();
    }

    public static void WriteMark(Utf8JsonWriter json, long seq, string kind, Instant now)
    {
        json.WriteStartObject();
        json.WriteNumber("seq"u8, seq);
        WriteTime(json, "time"u8, now);
        json.WriteString("kind"u8, kind);
        json.WriteEndObject();
    }

    /// <summary>Whole microseconds as seconds, without the noise of a binary fraction.</summary>
    public static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, Instant now)
    {
        json.WritePropertyName(name);
        Span<char> text = stackalloc char[32];
        var seconds = now.Microseconds / 1_000_000m;
        seconds.TryFormat(text, out var used, "0.000000", CultureInfo.InvariantCulture);
        json.WriteRawValue(text[..used], skipInputValidation: true);
    }

    /// <summary>How many there are of each kind, as an object of those that there are.</summary>
    public static void WriteCounts(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<long> counts)
    {
        json.WriteStartObject(name);
        for (var kind = 0; kind < counts.Length; kind++)
            if (counts[kind] > 0) json.WriteNumber(NameOf((EventKind)kind), counts[kind]);
        json.WriteEndObject();
    }

    public JsonEncodedText NameOf(NodeAddress node)
    {
        if (names.TryGetValue(node, out var name)) return name;
        names.Add(node, name = JsonEncodedText.Encode(node.ToString()));
        return name;
    }
}
