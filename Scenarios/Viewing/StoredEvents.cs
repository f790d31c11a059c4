using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// The event log of a stored run, ready for any moment of it: all lines as values, their text in small packed blocks,
/// and the world at some of them. Read once, in one pass over its bytes; then it never changes.
/// </summary>
internal sealed class StoredEvents
{
    /// <summary>Our choice: what takes a gigabyte of memory. Longer logs are refused.</summary>
    private const int MostEvents = 20_000_000;

    /// <summary>Our choice: so many events are a matter of a millisecond.</summary>
    private const int CheckpointEvery = 4096;

    private static readonly NoDeeds untouchable = new("a stored run is over; a fork can change it");

    private readonly string name;
    private readonly StoredLineReader reader = new();
    private readonly List<StoredEvent> events = [];
    private readonly List<int> published = [];
    private readonly LineBlocks lines = new();
    private readonly Checkpoints checkpoints;

    private StoredEvents(Stream packed, string name, int checkpointEvery)
    {
        this.name = name;
        var text = new LogLines(new GZipStream(packed, CompressionMode.Decompress));
        Facts = Head(text);
        foreach (var seedNode in Facts.SeedNodes)
            reader.PlaceOf(Encoding.ASCII.GetBytes(seedNode.ToString()));
        checkpoints = new Checkpoints(this, checkpointEvery);
        ReadAll(text);
        lines.Complete();
    }

    /// <summary>What the log says about its run.</summary>
    public RunFacts Facts { get; }

    /// <summary>Where the log breaks off, in a sentence; null when it is whole.</summary>
    public string? Torn { get; private set; }

    public int Count => events.Count;

    public StoredEvent this[int place] => events[place];

    /// <summary>Addresses by the numbers that events have for them; the seed nodes are the first.</summary>
    public Utf8Names Nodes => reader.Nodes;

    public Utf8Names Messages => reader.Messages;

    /// <summary>Scenario time 0, in microseconds since the run began; 0 where the log has none.</summary>
    public long ScenarioStart { get; private set; }

    public bool HasScenarioStart { get; private set; }

    public long End => events.Count > 0 ? events[^1].Microseconds : 0;

    /// <exception cref="EventLogException">It is no event log, or a line in it is broken.</exception>
    public static StoredEvents Open(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, Path.GetFileName(path));
    }

    /// <param name="name">What messages call the log.</param>
    /// <exception cref="EventLogException">It is no event log, or a line in it is broken.</exception>
    public static StoredEvents Read(Stream packed, string name, int checkpointEvery = CheckpointEvery) =>
        new(packed, name, checkpointEvery);

    public ReadOnlySpan<StoredEvent> Span => CollectionsMarshal.AsSpan(events);

    /// <summary>A time of the log in scenario time.</summary>
    public TimeSpan SinceStart(long microseconds) => TimeSpan.FromMicroseconds(microseconds - ScenarioStart);

    /// <summary>How many events happened until a time, itself included.</summary>
    public int PlaceAfter(long microseconds)
    {
        var (low, high) = (0, events.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (events[middle].Microseconds <= microseconds) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>How many events come before a number; a sampled log leaves numbers out.</summary>
    public int PlaceOfSeq(long seq)
    {
        var (low, high) = (0, events.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (events[middle].Seq < seq) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>What a vote, a fault or a starting seed node tells beside its numbers; null for all others.</summary>
    public object? DetailOf(in StoredEvent e) => reader.DetailOf(e);

    public FaultStrike StrikeOf(in StoredEvent e) => (FaultStrike)reader.DetailOf(e)!;

    /// <summary>
    /// The bin of how long a flood took from publication to delivery; -1 for all else, and where the log does not tell.
    /// </summary>
    public int LatencyBinOf(in StoredEvent delivery)
    {
        if (delivery.Kind != (byte)EventKind.GossipDelivered) return -1;
        var message = delivery.Detail;
        if (message < 0 || message >= published.Count || published[message] < 0) return -1;
        if (delivery.Number == StoredLineReader.Recovered) return -1;
        var publication = events[published[message]];
        // On TCP a neighbor may be heard of first; a state must not depend on what is read later.
        return publication.Seq < delivery.Seq
            ? LatencyBins.BinOf((delivery.Microseconds - publication.Microseconds) / 1000.0)
            : -1;
    }

    /// <summary>The world after so many events.</summary>
    public WorldState StateAfter(int count) => checkpoints.StateAfter(count);

    /// <summary>The same as pages read it.</summary>
    public void WriteState(Utf8JsonWriter json, int count) => WorldSnapshot.Write(
        json, StateAfter(count), about => RunCardOfPage.Write(about, Facts, untouchable, isStored: true));

    /// <summary>Changes the world as an event tells.</summary>
    public void Apply(in StoredEvent e, WorldState world)
    {
        if (e.Kind >= StoredKinds.ScenarioStarted)
        {
            world.Mark(e.Seq, StoredKinds.Names[e.Kind], e.At);
            return;
        }

        var told = new ProtocolEvent((EventKind)e.Kind, reader.AddressOf(e.About), e.Number, DetailOf(e));
        world.Apply(e.Seq, reader.AddressOf(e.Node), e.At, told, LatencyBinOf(e));
    }

    /// <summary>The lines of the events from one place to before another, as they stand in the log.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Lines(int from, int to) => lines.Read(from, to);

    private RunFacts Head(LogLines text)
    {
        if (!text.TryNext(out var line))
            throw new EventLogException(text.Torn is { } torn ? $"{name}: {torn}" : $"{name} has no line");
        try
        {
            using var head = JsonDocument.Parse(line.ToArray());
            return EventLogReader.FactsOfHead(head.RootElement);
        }
        catch (Exception wrong) when (IsBroken(wrong))
        {
            throw Broken(text, wrong);
        }
    }

    private void ReadAll(LogLines text)
    {
        var isSampled = Facts.LoggedPeers is not null;
        while (text.TryNext(out var line))
        {
            if (events.Count == MostEvents)
                throw new EventLogException($"{name} has more than {MostEvents:N0} events; that many cannot be shown");
            Add(Read(text, line), isSampled, text);
            lines.Add(line);
        }

        if (text.Torn is { } torn) Torn = $"the log is damaged or was cut off after {events.Count:N0} events ({torn})";
        else if (text.HasTornLine) Torn = $"the log was cut off within the line after {events.Count:N0} events";
        else if (events.Count == 0 || events[^1].Kind != StoredKinds.RunEnded)
            Torn = $"the log has no end: the run was stopped, or goes on, after {events.Count:N0} events";
    }

    private StoredEvent Read(LogLines text, ReadOnlySpan<byte> line)
    {
        try
        {
            return reader.Read(line);
        }
        catch (Exception wrong) when (IsBroken(wrong))
        {
            throw Broken(text, wrong);
        }
    }

    private void Add(StoredEvent e, bool isSampled, LogLines text)
    {
        var before = events.Count > 0 ? events[^1] : default;
        if (e.Seq <= before.Seq || (e.Seq != before.Seq + 1 && !isSampled))
            throw Broken(text, new FormatException($"the number (seq) is {e.Seq}, expected {before.Seq + 1}"));
        if (e.Microseconds < before.Microseconds) e = e with { Microseconds = before.Microseconds };
        if (e.Kind == StoredKinds.ScenarioStarted) (ScenarioStart, HasScenarioStart) = (e.Microseconds, true);
        if (e.Kind == (byte)EventKind.GossipPublished) NotePublication(e);
        events.Add(e);
        checkpoints.Note(e);
    }

    private void NotePublication(in StoredEvent e)
    {
        while (published.Count <= e.Detail) published.Add(-1);
        if (e.Detail >= 0 && published[e.Detail] < 0) published[e.Detail] = events.Count;
    }

    private static bool IsBroken(Exception wrong) => wrong is JsonException or FormatException or KeyNotFoundException
        or InvalidOperationException or OverflowException;

    private EventLogException Broken(LogLines text, Exception wrong) => new(
        $"{name}, line {text.Number}: {(wrong is JsonException ? "not a whole JSON object" : wrong.Message)}");
}
