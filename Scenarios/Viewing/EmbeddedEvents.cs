using System.Text.Json;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// Those events of a run that a report has room for, as numbers: from scenario time 0 all that is no gossip, as far as
/// it goes, and all of every so manieth message.
/// </summary>
internal sealed class EmbeddedEvents
{
    /// <summary>Our choice: bytes of all that is no gossip; the report stays one that can be sent around.</summary>
    private const int MostBytes = 110_000;

    /// <summary>Our choice, for gossip: 5,000 receipts.</summary>
    private const int MostGossip = 5000;

    private const int BytesOfRow = 24;

    private readonly StoredEvents log;
    private readonly int begin;
    private readonly List<string> details = [];
    private readonly Dictionary<string, int> placeOfDetail = [];
    private readonly Dictionary<int, int> detailOf = [];
    private readonly int end;
    private readonly int everyMessage;

    public EmbeddedEvents(StoredEvents log)
    {
        this.log = log;
        begin = log.HasScenarioStart ? log.PlaceAfter(log.ScenarioStart) : 0;
        end = Choose();
        var gossip = 0;
        foreach (ref readonly var e in log.Span[begin..end])
            if (IsToldGossip(e)) gossip++;
        everyMessage = Math.Max(1, (int)Math.Ceiling(gossip / (double)MostGossip));
    }

    public int Count { get; private set; }

    /// <summary>What is in it, for readers.</summary>
    public string InWords()
    {
        var messages = everyMessage == 1 ? "all messages" : $"one message of {everyMessage}";
        var until = end < log.Count ? $", until {log.SinceStart(log[end - 1].Microseconds).TotalSeconds:0.0} s" : "";
        return FormattableString.Invariant(
            $"{Count:N0} of the {log.Count:N0} events are here: from scenario time 0{until}, {messages}, ")
            + "and no copies that were dropped.";
    }

    public void Write(Utf8JsonWriter json, ReadOnlyMemory<byte> about)
    {
        json.WriteStartObject();
        json.WritePropertyName("about"u8);
        json.WriteRawValue(about.Span, skipInputValidation: true);
        json.WritePropertyName("base"u8);
        log.WriteState(json, begin);
        WriteTexts(json, "kinds", StoredKinds.Names);
        WriteTexts(json, "nodes", log.Nodes.All);
        WriteTexts(json, "messages", log.Messages.All);
        json.WriteStartArray("rows"u8);
        var (seq, time) = (begin > 0 ? log[begin - 1].Seq : 0u, 0L);
        for (var place = begin; place < end; place++)
        {
            var e = log[place];
            if (!IsIn(e)) continue;
            Count++;
            json.WriteNumberValue(e.Seq - seq);
            json.WriteNumberValue(e.Microseconds - time);
            json.WriteNumberValue(e.Kind);
            json.WriteNumberValue(e.Node);
            json.WriteNumberValue(e.About);
            json.WriteNumberValue(e.Number);
            json.WriteNumberValue(IsToldGossip(e) ? e.Detail : detailOf.GetValueOrDefault(place, -1));
            (seq, time) = (e.Seq, e.Microseconds);
        }

        json.WriteEndArray();
        json.WriteStartArray("details"u8);
        foreach (var detail in details) json.WriteRawValue(detail);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Keeps the details of all that is no gossip, until there is no room for more.</summary>
    /// <returns>Where that is.</returns>
    private int Choose()
    {
        var bytes = 0;
        var place = begin;
        foreach (var line in log.Lines(begin, log.Count))
        {
            var e = log[place];
            if (!IsGossip(e))
            {
                bytes += BytesOfRow + KeepDetail(place, line);
                if (bytes > MostBytes) return place;
            }

            place++;
        }

        return log.Count;
    }

    /// <returns>How many bytes that takes.</returns>
    private int KeepDetail(int place, ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        if (!json.RootElement.TryGetProperty("detail", out var found)) return 0;
        // Escaped, so that no text of a scenario or a peer can end the element that holds it.
        var detail = JsonSerializer.Serialize(found, ViewJson.Options);
        var isKnown = placeOfDetail.TryGetValue(detail, out var known);
        if (!isKnown)
        {
            placeOfDetail.Add(detail, known = details.Count);
            details.Add(detail);
        }

        detailOf.Add(place, known);
        return isKnown ? 0 : detail.Length;
    }

    private bool IsIn(in StoredEvent e) => IsToldGossip(e) ? e.Detail % everyMessage == 0 : !IsGossip(e);

    private static bool IsToldGossip(in StoredEvent e) =>
        (EventKind)e.Kind is EventKind.GossipPublished or EventKind.GossipDelivered && e.Detail >= 0;

    private static bool IsGossip(in StoredEvent e) =>
        (EventKind)e.Kind is >= EventKind.GossipPublished and <= EventKind.GossipGivenUp;

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
