using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Everything that happened, one JSON object a line, written as it happens. The first line names the schema; after it
/// <c>seq</c> counts from 1, <c>time</c> is in seconds since the run began, and <c>cause</c> is the seq of what led
/// to it. The first line also holds what readers need to judge the rest: seed nodes, quorum, detection bound. With
/// <c>loggedPeers</c> in it the log is a sample of the peers (<see cref="EventSample"/>), and seq has gaps.
/// </summary>
internal sealed class EventLog : ITrace, ILogWriter, IDisposable
{
    public const string Schema = "gossipsim.events";

    public const int SchemaVersion = 2;

    /// <summary>The lines of the run itself.</summary>
    public const string ScenarioStarted = "scenarioStarted";

    public const string RunEnded = "runEnded";

    private const int BufferBytes = 64 * 1024;

    private static readonly JsonEncodedText[] KindNames =
        [.. Enum.GetValues<EventKind>().Select(kind => JsonEncodedText.Encode(EventDetail.Name(kind.ToString())))];

    private readonly GZipStream stream;
    private readonly ArrayBufferWriter<byte> buffer = new(BufferBytes * 2);
    private readonly Utf8JsonWriter json;
    private readonly EventCauses causes = new();
    private readonly Dictionary<NodeAddress, JsonEncodedText> names = [];
    private long seq;

    public EventLog(Stream output, RunFacts facts)
    {
        stream = new GZipStream(output, CompressionLevel.Fastest);
        json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        json.WriteStartObject();
        json.WriteString("schema"u8, Schema);
        json.WriteNumber("version"u8, SchemaVersion);
        json.WriteString("scenario"u8, facts.Scenario);
        json.WriteString("runtime"u8, facts.RuntimeName);
        json.WriteNumber("randomSeed"u8, facts.RandomSeed);
        EventDetail.WriteAddresses(json, "seedNodes", facts.SeedNodes);
        json.WriteNumber("quorum"u8, facts.Quorum);
        json.WriteNumber("peers"u8, facts.PeersWanted);
        json.WriteNumber("mostPeers"u8, facts.MostPeers);
        if (facts.LoggedPeers is { } logged) json.WriteNumber("loggedPeers"u8, logged);
        json.WriteNumber("detectionBoundMs"u8, facts.DetectionBound.TotalMilliseconds);
        json.WriteEndObject();
        EndLine();
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        Write(seq + 1, node, now, protocolEvent);

    public void Write(long number, NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        seq = number;
        json.WriteStartObject();
        json.WriteNumber("seq"u8, seq);
        WriteTime(now);
        if (!node.IsNone) json.WriteString("node"u8, NameOf(node));
        json.WriteString("kind"u8, KindNames[(int)protocolEvent.Kind]);
        var cause = causes.Find(node, protocolEvent);
        if (cause is { } led) json.WriteNumber("cause"u8, led);
        if (!protocolEvent.About.IsNone) json.WriteString("about"u8, NameOf(protocolEvent.About));
        if (protocolEvent.Number != 0) json.WriteNumber("number"u8, protocolEvent.Number);
        if (protocolEvent.Detail is not null) EventDetail.Write(json, protocolEvent, cause);
        json.WriteEndObject();
        EndLine();
        causes.Note(node, protocolEvent, seq);
    }

    /// <summary>A line of the run itself: where scenario time 0 is, and where the run ends.</summary>
    public void Mark(string kind, Instant now) => Mark(seq + 1, kind, now);

    public void Mark(long number, string kind, Instant now)
    {
        seq = number;
        json.WriteStartObject();
        json.WriteNumber("seq"u8, seq);
        WriteTime(now);
        json.WriteString("kind"u8, kind);
        json.WriteEndObject();
        EndLine();
    }

    public void Dispose()
    {
        stream.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        json.Dispose();
        stream.Dispose();
    }

    // Whole microseconds as seconds, without the noise of a binary fraction.
    private void WriteTime(Instant now)
    {
        json.WritePropertyName("time"u8);
        Span<char> text = stackalloc char[32];
        var seconds = now.Microseconds / 1_000_000m;
        seconds.TryFormat(text, out var used, "0.000000", CultureInfo.InvariantCulture);
        json.WriteRawValue(text[..used], skipInputValidation: true);
    }

    private void EndLine()
    {
        json.Flush();
        json.Reset();
        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        if (buffer.WrittenCount < BufferBytes) return;
        stream.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    private JsonEncodedText NameOf(NodeAddress node)
    {
        if (names.TryGetValue(node, out var name)) return name;
        names.Add(node, name = JsonEncodedText.Encode(node.ToString()));
        return name;
    }
}
