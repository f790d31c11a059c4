using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Viewing;

/// <summary>A stored run that pages look at: its folder, its log, and what it is as a whole.</summary>
internal sealed class ViewedRun
{
    /// <summary>Our choice: about as many columns as a slider has room for.</summary>
    private const int HistogramBins = 240;

    /// <summary>Our choice: more marks than this on one slider are one stripe.</summary>
    private const int MostMarks = 1000;

    private const int NodesNamed = 12;

    private ViewedRun(string folder, StoredEvents log)
    {
        (Folder, Log) = (folder, log);
        ForkReason = ForkRun.Reason(folder, log);
        About = PageAnswer.Bytes(WriteAbout);
    }

    public string Folder { get; }

    /// <summary>What pages call the run: the name of its folder.</summary>
    public string Id => Path.GetFileName(Folder);

    public StoredEvents Log { get; }

    /// <summary>Why it cannot be forked; null when it can.</summary>
    public string? ForkReason { get; }

    /// <summary>What it is, as JSON: the same for every page that asks.</summary>
    public ReadOnlyMemory<byte> About { get; }

    /// <exception cref="UsageException">There is no log in the folder, or none that can be read.</exception>
    public static ViewedRun Open(string folder)
    {
        var path = Path.Combine(folder, EventLog.FileName);
        if (!File.Exists(path))
            throw new UsageException(
                $"\"{folder}\" has no {EventLog.FileName}; only a run with outputs.eventLog \"full\" or "
                + "\"sampled\" can be viewed");
        return StoredLog.Read(path, () => new ViewedRun(folder, StoredEvents.Open(path)));
    }

    private void WriteAbout(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("scenario"u8, Log.Facts.Scenario);
        json.WriteString("runtime"u8, Log.Facts.RuntimeName);
        json.WriteNumber("events"u8, Log.Count);
        json.WriteNumber("lastSeq"u8, Log.Count > 0 ? Log[Log.Count - 1].Seq : 0);
        EventLine.WriteTime(json, "end"u8, new Instant(Log.End));
        EventLine.WriteTime(json, "scenarioStart"u8, new Instant(Log.ScenarioStart));
        json.WriteString("torn"u8, Log.Torn);
        json.WriteString("sampled"u8, Log.Facts.LoggedPeers is { } logged
            ? $"The log follows about {logged} of {Log.Facts.MostPeers} peers: the others are there as far as these "
                + "have to do with them."
            : null);
        json.WriteString("forkReason"u8, ForkReason);
        WriteKinds(json);
        WriteHistogram(json);
        WriteMarks(json);
        WriteFork(json);
        json.WriteEndObject();
    }

    private void WriteKinds(Utf8JsonWriter json)
    {
        var counts = new int[StoredKinds.Names.Count];
        foreach (ref readonly var e in Log.Span) counts[e.Kind]++;
        json.WriteStartObject("kinds"u8);
        for (var kind = 0; kind < counts.Length; kind++)
            if (counts[kind] > 0) json.WriteNumber(StoredKinds.Names[kind], counts[kind]);
        json.WriteEndObject();
    }

    /// <summary>Gossip and all else apart: a hundred thousand copies must not hide a vote.</summary>
    private void WriteHistogram(Utf8JsonWriter json)
    {
        var (gossip, others) = (new int[HistogramBins], new int[HistogramBins]);
        foreach (ref readonly var e in Log.Span)
        {
            var bin = (int)Math.Min(HistogramBins - 1, e.Microseconds * HistogramBins / Math.Max(1, Log.End));
            var isGossip = (EventKind)e.Kind is >= EventKind.GossipPublished and <= EventKind.GossipGivenUp;
            (isGossip ? gossip : others)[bin]++;
        }

        json.WriteStartArray("gossip"u8);
        foreach (var count in gossip) json.WriteNumberValue(count);
        json.WriteEndArray();
        json.WriteStartArray("others"u8);
        foreach (var count in others) json.WriteNumberValue(count);
        json.WriteEndArray();
    }

    /// <summary>What people look for: faults, crashes, and the first commit of each removal.</summary>
    private void WriteMarks(Utf8JsonWriter json)
    {
        HashSet<(int, int)> removed = [];
        var marks = 0;
        json.WriteStartArray("marks"u8);
        foreach (ref readonly var e in Log.Span)
        {
            if (marks == MostMarks) break;
            if (!IsMark(e, removed)) continue;
            marks++;
            json.WriteStartObject();
            json.WriteNumber("seq"u8, e.Seq);
            EventLine.WriteTime(json, "time"u8, e.At);
            json.WriteString("kind"u8, StoredKinds.Names[e.Kind]);
            if (e.Kind is (byte)EventKind.FaultStruck or (byte)EventKind.FaultEnded)
                WriteStrike(json, Log.StrikeOf(e));
            else json.WriteString("node"u8, Log.Nodes[e.About >= 0 ? e.About : e.Node]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private bool IsMark(in StoredEvent e, HashSet<(int, int)> removed) => (EventKind)e.Kind switch
    {
        EventKind.FaultStruck or EventKind.FaultEnded or EventKind.ProcessCrashed => true,
        EventKind.EntryCommitted => Log.DetailOf(e) is Ballot { Entry: { IsAlive: false } entry }
            && removed.Add((e.About, entry.Epoch)),
        _ => false,
    };

    private void WriteStrike(Utf8JsonWriter json, FaultStrike strike)
    {
        json.WriteString("fault"u8, strike.FaultId);
        json.WriteString("word"u8, strike.Word);
        json.WriteNumber("struck"u8, strike.Groups.Sum(group => group.Length));
        json.WriteStartArray("nodes"u8);
        foreach (var node in strike.Groups.SelectMany(group => group).Take(NodesNamed))
            json.WriteStringValue(node.ToString());
        json.WriteEndArray();
    }

    /// <summary>Of a run that is a fork itself: what it was forked from, and what it differs in.</summary>
    private void WriteFork(Utf8JsonWriter json)
    {
        var path = Path.Combine(Folder, ForkOutcome.FileName);
        try
        {
            if (!File.Exists(path)) return;
            using var fork = JsonDocument.Parse(File.ReadAllText(path));
            json.WritePropertyName("fork"u8);
            fork.RootElement.WriteTo(json);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            // Only a remark about the run, which can be viewed without it.
        }
    }
}
