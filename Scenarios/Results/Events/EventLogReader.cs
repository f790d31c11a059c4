using System.IO.Compression;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Reads an event log line by line, as <see cref="EventLog"/> wrote it; no more than one line is held. What is wrong
/// with the log is told with the number of the line.
/// </summary>
internal sealed class EventLogReader : IDisposable
{
    private static readonly Dictionary<string, EventKind> kinds = Enum.GetValues<EventKind>()
        .ToDictionary(kind => EventDetail.Name(kind.ToString()), StringComparer.Ordinal);

    /// <summary>Our choice: thirty thousand years, far within what microseconds can count.</summary>
    private const decimal LastSecond = 1_000_000_000_000;

    private readonly StreamReader lines;
    private readonly string name;
    private readonly Dictionary<string, NodeAddress> addresses = [];
    private long line;
    private long seq;

    /// <param name="name">What messages call the log.</param>
    /// <exception cref="EventLogException">It does not begin like an event log of this version.</exception>
    public EventLogReader(Stream compressed, string name)
    {
        this.name = name;
        lines = new StreamReader(new GZipStream(compressed, CompressionMode.Decompress));
        Facts = ReadHead();
    }

    /// <summary>What the log says about its run.</summary>
    public RunFacts Facts { get; }

    /// <exception cref="EventLogException">A line is broken, or the file ends within one.</exception>
    public IEnumerable<LoggedEvent> Events()
    {
        while (NextLine() is { } text)
        {
            seq++;
            yield return Parse(text, Read);
        }
    }

    public void Dispose() => lines.Dispose();

    private RunFacts ReadHead()
    {
        var text = NextLine() ?? throw new EventLogException($"{name} is empty");
        return Parse(text, FactsOfHead);
    }

    /// <summary>What the first line of a log says about its run.</summary>
    /// <exception cref="FormatException">It is not the first line of an event log of this version.</exception>
    public static RunFacts FactsOfHead(JsonElement head)
    {
        var schema = head.TryGetProperty("schema", out var word) ? word.GetString() : null;
        if (schema != EventLog.Schema) throw new FormatException($"this is no {EventLog.Schema} log");
        var version = head.Needed("version").GetInt32();
        if (version != EventLog.SchemaVersion)
            throw new FormatException(
                $"the log has version {version}; this program reads version {EventLog.SchemaVersion}");
        return FactsOf(head);
    }

    private static RunFacts FactsOf(JsonElement head) => new()
    {
        Scenario = head.Needed("scenario").GetString()!,
        Runtime = head.Needed("runtime").GetString() == "tcp" ? RuntimeKind.Tcp : RuntimeKind.Sim,
        RandomSeed = head.Needed("randomSeed").GetInt64(),
        SeedNodes = [.. head.Needed("seedNodes").EnumerateArray().Select(seed => NodeAddress.Parse(
            seed.GetString()!))],
        Quorum = head.Needed("quorum").GetInt32(),
        PeersWanted = head.Needed("peers").GetInt32(),
        MostPeers = head.Needed("mostPeers").GetInt32(),
        LoggedPeers = head.TryGetProperty("loggedPeers", out var logged) ? logged.GetInt32() : null,
        DetectionBound = TimeSpan.FromMilliseconds(head.Needed("detectionBoundMs").GetDouble()),
        // Logs of earlier versions lack it, and tell all else without it.
        Detection = head.TryGetProperty("detection", out var rules)
            ? rules.Deserialize<DetectionRules>(ScenarioJson.Options)
            : null,
    };

    private LoggedEvent Read(JsonElement json)
    {
        var found = Whole(json.Needed("seq"), "seq");
        if (found < seq || (found > seq && Facts.LoggedPeers is null))
            throw new FormatException($"the number (seq) is {found}, expected {seq}");
        seq = found;
        var at = TimeOf(json.Needed("time"));
        var node = Address(json, "node");
        var word = json.Needed("kind").GetString()!;
        if (word is EventLog.ScenarioStarted or EventLog.RunEnded)
            return new LoggedEvent(seq, null, at, node, word, default);
        if (!kinds.TryGetValue(word, out var kind))
            throw new FormatException($"no event is called '{word}'{Suggestion.DidYouMean(word, kinds.Keys)}");

        var about = Address(json, "about");
        var number = json.TryGetProperty("number", out var count) ? Whole(count, "number") : 0;
        if (kind == EventKind.GossipDelivered && number < 0)
            throw new FormatException($"\"number\" is {number}, allowed is a number of hops from 0 on");
        json.TryGetProperty("detail", out var told);
        var detail = EventDetailReader.Read(kind, about, number, told);
        long? cause = json.TryGetProperty("cause", out var led) ? Whole(led, "cause") : null;
        return new LoggedEvent(seq, cause, at, node, null, new ProtocolEvent(kind, about, number, detail));
    }

    private static Instant TimeOf(JsonElement time) =>
        time.ValueKind == JsonValueKind.Number && time.TryGetDecimal(out var seconds)
        && seconds is >= 0 and <= LastSecond
            ? new Instant((long)(seconds * 1_000_000))
            : throw new FormatException(
                $"\"time\" is {time.GetRawText()}, allowed is a number of seconds from 0 to {LastSecond}");

    private static long Whole(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : throw new FormatException($"\"{name}\" is {value.GetRawText()}, allowed is a whole number");

    private NodeAddress Address(JsonElement json, string property)
    {
        if (!json.TryGetProperty(property, out var value)) return NodeAddress.None;
        var text = value.GetString() ?? "";
        if (addresses.TryGetValue(text, out var address)) return address;
        addresses.Add(text, address = NodeAddress.Parse(text));
        return address;
    }

    private T Parse<T>(string text, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return read(json.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or KeyNotFoundException
            or InvalidOperationException or OverflowException)
        {
            // The parser counts lines within the text; only ours means something.
            var reason = wrong is JsonException ? "not a whole JSON object" : wrong.Message;
            throw new EventLogException($"{name}, line {line}: {reason}");
        }
    }

    private string? NextLine()
    {
        try
        {
            line++;
            return lines.ReadLine();
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException)
        {
            throw new EventLogException($"{name}, line {line}: the file is damaged or was cut off ({wrong.Message})");
        }
    }
}
