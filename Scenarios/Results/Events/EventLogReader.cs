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
        var version = head.GetProperty("version").GetInt32();
        if (version != EventLog.SchemaVersion)
            throw new FormatException(
                $"the log has version {version}; this program reads version {EventLog.SchemaVersion}");
        return FactsOf(head);
    }

    private static RunFacts FactsOf(JsonElement head) => new()
    {
        Scenario = head.GetProperty("scenario").GetString()!,
        Runtime = head.GetProperty("runtime").GetString() == "tcp" ? RuntimeKind.Tcp : RuntimeKind.Sim,
        RandomSeed = head.GetProperty("randomSeed").GetInt64(),
        SeedNodes = [.. head.GetProperty("seedNodes").EnumerateArray().Select(seed => NodeAddress.Parse(
            seed.GetString()!))],
        Quorum = head.GetProperty("quorum").GetInt32(),
        PeersWanted = head.GetProperty("peers").GetInt32(),
        MostPeers = head.GetProperty("mostPeers").GetInt32(),
        LoggedPeers = head.TryGetProperty("loggedPeers", out var logged) ? logged.GetInt32() : null,
        DetectionBound = TimeSpan.FromMilliseconds(head.GetProperty("detectionBoundMs").GetDouble()),
    };

    private LoggedEvent Read(JsonElement json)
    {
        var found = json.GetProperty("seq").GetInt64();
        if (found < seq || (found > seq && Facts.LoggedPeers is null))
            throw new FormatException($"the number (seq) is {found}, expected {seq}");
        seq = found;
        var at = new Instant((long)(json.GetProperty("time").GetDecimal() * 1_000_000));
        var node = Address(json, "node");
        var word = json.GetProperty("kind").GetString()!;
        if (word is EventLog.ScenarioStarted or EventLog.RunEnded)
            return new LoggedEvent(seq, null, at, node, word, default);
        if (!kinds.TryGetValue(word, out var kind))
            throw new FormatException($"no event is called '{word}'{Suggestion.DidYouMean(word, kinds.Keys)}");

        var about = Address(json, "about");
        var number = json.TryGetProperty("number", out var count) ? count.GetInt64() : 0;
        var detail = json.TryGetProperty("detail", out var told)
            ? EventDetailReader.Read(kind, about, number, told)
            : null;
        long? cause = json.TryGetProperty("cause", out var led) ? led.GetInt64() : null;
        return new LoggedEvent(seq, cause, at, node, null, new ProtocolEvent(kind, about, number, detail));
    }

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
