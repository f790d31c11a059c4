using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Everything that happened, one JSON object a line, written as it happens. The first line names the schema; after it
/// <c>seq</c> counts from 1, <c>time</c> is in seconds since the run began, and <c>cause</c> is the seq of what led
/// to it. The first line also holds what readers need to judge the rest: seed nodes, quorum, detection bound. With
/// <c>loggedPeers</c> in it the log is a sample of the peers (<see cref="EventSample"/>), and seq has gaps.
/// </summary>
internal sealed class EventLog : ITrace, ILogWriter, IDisposable
{
    /// <summary>In the folder of a run.</summary>
    public const string FileName = "events.jsonl.gz";

    public const string Schema = "gossipsim.events";

    public const int SchemaVersion = 2;

    /// <summary>The lines of the run itself.</summary>
    public const string ScenarioStarted = "scenarioStarted";

    public const string RunEnded = "runEnded";

    private const int BufferBytes = 64 * 1024;

    private readonly GZipStream stream;
    private readonly ArrayBufferWriter<byte> buffer = new(BufferBytes * 2);
    private readonly Utf8JsonWriter json;
    private readonly EventCauses causes = new();
    private readonly EventLine line = new();
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
        if (facts.Detection is { } rules)
        {
            json.WritePropertyName("detection"u8);
            JsonSerializer.Serialize(json, rules, ScenarioJson.Options);
        }

        json.WriteEndObject();
        EndLine();
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        Write(seq + 1, node, now, protocolEvent);

    public void Write(long number, NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        seq = number;
        var cause = causes.Find(node, protocolEvent);
        line.Write(json, seq, node, now, protocolEvent, cause, namesKey: cause is null);
        EndLine();
        causes.Note(node, protocolEvent, seq);
    }

    /// <summary>A line of the run itself: where scenario time 0 is, and where the run ends.</summary>
    public void Mark(string kind, Instant now) => Mark(seq + 1, kind, now);

    public void Mark(long number, string kind, Instant now)
    {
        seq = number;
        EventLine.WriteMark(json, seq, kind, now);
        EndLine();
    }

    public void Dispose()
    {
        stream.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        json.Dispose();
        stream.Dispose();
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
}
