using System.Buffers;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Pages;

/// <summary>
/// Events that pages are told together, as one server-sent event. What is too much to be told one by one is counted;
/// when even what changes nodes and links is too much, pages begin anew with a snapshot.
/// </summary>
internal sealed class FeedBatch : IDisposable
{
    /// <summary>Our choice: a twentieth of a second of this is what a page can still show.</summary>
    public const int MostDeliveries = 400;

    public const int MostEvents = 3000;

    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    private readonly EventLine line = new();
    private readonly long[] left = new long[Enum.GetValues<EventKind>().Length];
    private readonly LatencyBins leftLatency = new();
    private readonly Utf8JsonWriter json;
    private int events;
    private int deliveries;

    public FeedBatch() => json = new Utf8JsonWriter(buffer, PageAnswer.Writing);

    public static byte[] Again { get; } = "event: again\ndata: {}\n\n"u8.ToArray();

    /// <summary>The number of the last event before it.</summary>
    public long From { get; private set; }

    /// <summary>There is more in it than can be told.</summary>
    public bool IsTooMuch => events > MostEvents;

    public bool IsEmpty { get; private set; } = true;

    /// <summary>What is counted and never told one by one.</summary>
    public static bool IsLeft(EventKind kind) =>
        kind is EventKind.GossipDuplicate or EventKind.SignOfLifeAsked or EventKind.SignOfLifeHeard;

    public void Begin(long from)
    {
        From = from;
        (events, deliveries) = (0, 0);
        Array.Clear(left);
        leftLatency.Clear();
        buffer.ResetWrittenCount();
        json.Reset();
        IsEmpty = true;
    }

    /// <param name="latencyBin">Of a delivery; -1: none.</param>
    public void Add(in FedEvent fed, int latencyBin)
    {
        if (IsEmpty) Open();
        if (fed.Mark is { } mark) EventLine.WriteMark(json, fed.Seq, mark, fed.Now);
        else if (IsToldOneByOne(fed.Event.Kind)) Tell(fed);
        else Leave(fed.Event.Kind, latencyBin);
    }

    /// <summary>Gossip that not even the ring had room for.</summary>
    public void Leave(EventKind kind, int latencyBin = -1, long count = 1)
    {
        if (IsEmpty) Open();
        left[(int)kind] += count;
        if (latencyBin >= 0) leftLatency.Add(latencyBin);
    }

    public void Dispose() => json.Dispose();

    /// <summary>The whole batch, ready to be sent.</summary>
    /// <param name="number">Batches count from 1; a snapshot says which one it includes last.</param>
    public byte[] Close(long number, long to, Instant at)
    {
        json.WriteEndArray();
        json.WriteNumber("batch"u8, number);
        json.WriteNumber("from"u8, From);
        json.WriteNumber("to"u8, to);
        EventLine.WriteTime(json, "time"u8, at);
        EventLine.WriteCounts(json, "left"u8, left);
        leftLatency.Write(json, "leftLatency"u8);
        json.WriteEndObject();
        json.Flush();
        return [.. "event: batch\ndata: "u8, .. buffer.WrittenSpan, .. "\n\n"u8];
    }

    private void Open()
    {
        IsEmpty = false;
        json.WriteStartObject();
        json.WriteStartArray("events"u8);
    }

    private bool IsToldOneByOne(EventKind kind) => kind switch
    {
        _ when IsLeft(kind) => false,
        EventKind.GossipDelivered => deliveries++ < MostDeliveries,
        _ => !IsTooMuch,
    };

    private void Tell(in FedEvent fed)
    {
        if (fed.Event.Kind != EventKind.GossipDelivered) events++;
        line.Write(json, fed.Seq, fed.Node, fed.Now, fed.Event, cause: null, namesKey: false);
    }
}
