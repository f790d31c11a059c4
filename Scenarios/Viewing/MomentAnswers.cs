using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Viewing;

/// <summary>What pages ask of a log: the way from one moment to another, what comes next, what came before.
/// </summary>
internal static class MomentAnswers
{
    /// <summary>Our choice: what a page can show within a frame or two; beyond, it is told the state.</summary>
    private const int MostSteps = 20_000;

    /// <summary>What a page asks of the way: after which number, until when.</summary>
    /// <param name="from">The number of the last event that the page knows.</param>
    public static void WriteWay(Utf8JsonWriter json, StoredEvents log, long from, int to)
    {
        var begin = log.PlaceOfSeq(from + 1);
        if (to < begin || to - begin > MostSteps || CountTold(log, begin, to) > FeedBatch.MostEvents)
        {
            json.WriteStartObject();
            json.WritePropertyName("snapshot"u8);
            log.WriteState(json, to);
            json.WriteEndObject();
            return;
        }

        WriteBatch(json, log, begin, to, from);
    }

    /// <summary>The latest events before a moment that are no gossip, oldest first.</summary>
    public static void WriteBefore(Utf8JsonWriter json, StoredEvents log, int count, int limit)
    {
        List<int> places = [];
        for (var place = count - 1; place >= 0 && places.Count < limit; place--)
            if (!IsGossip(log[place].Kind)) places.Add(place);
        places.Reverse();
        WriteEvents(json, log, places);
    }

    /// <summary>The next event of a kind, or the one before: of any node or of one.</summary>
    /// <param name="kind">-1 for all that is no gossip.</param>
    /// <param name="node">-1 for all.</param>
    public static void WriteNext(Utf8JsonWriter json, StoredEvents log, int place, int step, int kind, int node)
    {
        for (; place >= 0 && place < log.Count; place += step)
        {
            var e = log[place];
            if (kind >= 0 ? e.Kind != kind : IsGossip(e.Kind)) continue;
            if (node >= 0 && e.Node != node && e.About != node) continue;
            WriteEvents(json, log, [place]);
            return;
        }

        WriteEvents(json, log, []);
    }

    /// <summary>All of a message: where it was published and every first receipt. Or all of and about a node.</summary>
    public static void WriteFollowed(Utf8JsonWriter json, StoredEvents log, int node, int message, int limit)
    {
        List<int> places = [];
        for (var place = 0; place < log.Count && places.Count < limit; place++)
        {
            ref readonly var e = ref log.Span[place];
            var isMessage = IsGossip(e.Kind) && e.Kind != (byte)EventKind.GossipDuplicate && e.Detail == message;
            if (message >= 0 ? isMessage : !IsGossip(e.Kind) && (e.Node == node || e.About == node)) places.Add(place);
        }

        WriteEvents(json, log, places);
    }

    private static void WriteEvents(Utf8JsonWriter json, StoredEvents log, List<int> places)
    {
        json.WriteStartObject();
        json.WriteStartArray("events"u8);
        // Neighbors in the log are mostly in one block, which is unpacked once.
        for (var first = 0; first < places.Count;)
        {
            var last = first;
            while (last + 1 < places.Count && places[last + 1] - places[first] < FeedBatch.MostEvents) last++;
            var place = places[first];
            foreach (var line in log.Lines(places[first], places[last] + 1))
            {
                if (place++ != places[first]) continue;
                json.WriteRawValue(line.Span, skipInputValidation: true);
                first++;
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static int CountTold(StoredEvents log, int begin, int to)
    {
        var told = 0;
        foreach (ref readonly var e in log.Span[begin..to])
            if (!IsLeft(e.Kind) && e.Kind != (byte)EventKind.GossipDelivered) told++;
        return told;
    }

    private static void WriteBatch(Utf8JsonWriter json, StoredEvents log, int begin, int to, long from)
    {
        var left = new long[StoredKinds.ScenarioStarted];
        var latencies = new LatencyBins();
        var deliveries = 0;
        var place = begin;
        json.WriteStartObject();
        json.WriteNumber("from"u8, from);
        json.WriteNumber("to"u8, to > 0 ? log[to - 1].Seq : 0);
        EventLine.WriteTime(json, "time"u8, to > 0 ? log[to - 1].At : Instant.Zero);
        json.WriteStartArray("events"u8);
        foreach (var line in log.Lines(begin, to))
        {
            var e = log[place++];
            var isDelivery = e.Kind == (byte)EventKind.GossipDelivered;
            if (!IsLeft(e.Kind) && !(isDelivery && deliveries++ >= FeedBatch.MostDeliveries))
            {
                json.WriteRawValue(line.Span, skipInputValidation: true);
                continue;
            }

            left[e.Kind]++;
            if (log.LatencyBinOf(e) is >= 0 and var bin) latencies.Add(bin);
        }

        json.WriteEndArray();
        EventLine.WriteCounts(json, "left"u8, left);
        latencies.Write(json, "leftLatency"u8);
        json.WriteEndObject();
    }

    private static bool IsLeft(byte kind) => FeedBatch.IsLeft((EventKind)kind);

    private static bool IsGossip(byte kind) =>
        (EventKind)kind is >= EventKind.GossipPublished and <= EventKind.GossipGivenUp || IsLeft(kind);
}
