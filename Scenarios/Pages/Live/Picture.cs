using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Pages;

/// <summary>
/// What there is to draw at a moment: nodes, links, suspicions, votes and counts, made of a run's events one after
/// another. <c>world.js</c> does the same in the browser; it begins with a picture and goes on by itself.
/// </summary>
internal sealed class Picture
{
    private readonly List<PictureNode> nodes = [];
    private readonly Dictionary<NodeAddress, int> indexOf = [];
    private readonly HashSet<(int By, int About)> suspicions = [];
    private readonly Dictionary<string, FaultStrike> faults = [];
    private readonly OpenVotes votes = new();
    private readonly PublicationTimes publications = new();
    private readonly LatencyBins latencies = new();
    private readonly long[] counts = new long[Enum.GetValues<EventKind>().Length];

    public Picture(IEnumerable<NodeAddress> seedNodes)
    {
        foreach (var seedNode in seedNodes) nodes[IndexOf(seedNode)].Set(NodeMarks.Seed, isSo: true);
    }

    /// <summary>The number of the latest event in it; 0 before the first.</summary>
    public long Seq { get; private set; }

    public Instant At { get; private set; }

    public Instant? ScenarioStart { get; private set; }

    public Instant? End { get; private set; }

    /// <returns>The bin of the latency that the event tells, or -1.</returns>
    public int Apply(long seq, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        (Seq, At) = (seq, now);
        counts[(int)e.Kind]++;
        switch (e.Kind)
        {
            case EventKind.GossipDuplicate:
                return -1;
            case EventKind.GossipPublished:
                publications.Note(e.Detail, now);
                return -1;
            case EventKind.GossipDelivered:
                var bin = publications.LatencyBinOf(e.Detail, now);
                if (bin >= 0) latencies.Add(bin);
                return bin;
        }

        if (e.Detail is FaultStrike strike) NoteFault(strike, e.Kind == EventKind.FaultEnded);
        else if (e.Detail is Ballot ballot) NoteBallot(e.Kind, ballot);
        else if (!node.IsNone) NoteNode(IndexOf(node), e);
        return -1;
    }

    /// <summary>Events of which nothing is known but that they happened.</summary>
    public void Count(EventKind kind, long more) => counts[(int)kind] += more;

    public void Mark(long seq, string kind, Instant now)
    {
        (Seq, At) = (seq, now);
        if (kind == EventLog.ScenarioStarted) ScenarioStart = now;
        if (kind == EventLog.RunEnded) End = now;
    }

    /// <summary>As an object; <paramref name="about"/> adds what the run itself is.</summary>
    public void Write(Utf8JsonWriter json, Action<Utf8JsonWriter> about)
    {
        json.WriteStartObject();
        about(json);
        json.WriteNumber("seq"u8, Seq);
        EventLine.WriteTime(json, "time"u8, At);
        WriteMoment(json, "scenarioStart"u8, ScenarioStart);
        WriteMoment(json, "ended"u8, End);
        WriteNodes(json);
        WriteLinks(json);
        json.WriteStartArray("suspicions"u8);
        foreach (var (by, suspect) in suspicions)
        {
            json.WriteNumberValue(by);
            json.WriteNumberValue(suspect);
        }

        json.WriteEndArray();
        WriteFaults(json);
        votes.Write(json);
        json.WriteStartObject("counts"u8);
        for (var kind = 0; kind < counts.Length; kind++)
            if (counts[kind] > 0) json.WriteNumber(EventLine.NameOf((EventKind)kind), counts[kind]);
        json.WriteEndObject();
        latencies.Write(json, "latency"u8);
        json.WriteEndObject();
    }

    private static void WriteMoment(Utf8JsonWriter json, ReadOnlySpan<byte> name, Instant? moment)
    {
        if (moment is { } known) EventLine.WriteTime(json, name, known);
        else json.WriteNull(name);
    }

    private void WriteNodes(Utf8JsonWriter json)
    {
        json.WriteStartArray("addresses"u8);
        foreach (var node in nodes) json.WriteStringValue(node.Address.ToString());
        json.WriteEndArray();
        json.WriteStartArray("flags"u8);
        foreach (var node in nodes) json.WriteNumberValue((int)node.Marks);
        json.WriteEndArray();
        json.WriteStartArray("epochs"u8);
        foreach (var node in nodes) json.WriteNumberValue(node.Epoch);
        json.WriteEndArray();
    }

    /// <summary>Each link once: its two ends, and who of them lists the other.</summary>
    private void WriteLinks(Utf8JsonWriter json)
    {
        json.WriteStartArray("links"u8);
        for (var index = 0; index < nodes.Count; index++)
        {
            foreach (var other in nodes[index].Links.Items)
            {
                var isMutual = nodes[other].Links.Contains(index);
                if (isMutual && other < index) continue;
                var (low, high) = (Math.Min(index, other), Math.Max(index, other));
                json.WriteNumberValue(low);
                json.WriteNumberValue(high);
                json.WriteNumberValue(isMutual ? 3 : index == low ? 1 : 2);
            }
        }

        json.WriteEndArray();
    }

    private void WriteFaults(Utf8JsonWriter json)
    {
        json.WriteStartArray("faults"u8);
        foreach (var strike in faults.Values)
        {
            json.WriteStartObject();
            EventDetail.Write(json, new ProtocolEvent(EventKind.FaultStruck, Detail: strike), namesKey: false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private int IndexOf(NodeAddress node)
    {
        if (indexOf.TryGetValue(node, out var index)) return index;
        indexOf.Add(node, index = nodes.Count);
        nodes.Add(new PictureNode(node));
        return index;
    }

    private void NoteNode(int index, in ProtocolEvent e)
    {
        var node = nodes[index];
        switch (e.Kind)
        {
            case EventKind.ProcessStarted:
                node.Set(NodeMarks.Up | NodeMarks.Started, isSo: true);
                node.Set(NodeMarks.Paused | NodeMarks.Registered | NodeMarks.Left | NodeMarks.Learning, isSo: false);
                Forget(index);
                break;
            case EventKind.ProcessCrashed:
                node.Set(NodeMarks.Up | NodeMarks.Paused | NodeMarks.Learning, isSo: false);
                Forget(index);
                break;
            case EventKind.ProcessPaused or EventKind.ProcessResumed:
                node.Set(NodeMarks.Paused, e.Kind == EventKind.ProcessPaused);
                break;
            case EventKind.SeedNodeStarted or EventKind.LearningFinished:
                node.Set(NodeMarks.Learning, e.Detail is true);
                break;
            case EventKind.Registered:
                node.Epoch = (int)e.Number;
                node.Set(NodeMarks.Registered, isSo: true);
                node.Set(NodeMarks.Removed | NodeMarks.Left, isSo: false);
                break;
            case EventKind.FoundItselfRemoved or EventKind.Left:
                node.Set(NodeMarks.Registered, isSo: false);
                node.Set(NodeMarks.Left, e.Kind == EventKind.Left);
                break;
            case EventKind.NeighborAdded:
                node.Links.Add(IndexOf(e.About));
                break;
            case EventKind.NeighborRemoved:
                node.Links.Remove(IndexOf(e.About));
                suspicions.Remove((index, IndexOf(e.About)));
                break;
            case EventKind.Suspected:
                suspicions.Add((index, IndexOf(e.About)));
                break;
            case EventKind.SuspicionCleared:
                suspicions.Remove((index, IndexOf(e.About)));
                break;
        }
    }

    private void Forget(int index)
    {
        nodes[index].Links.Clear();
        suspicions.RemoveWhere(suspicion => suspicion.By == index);
    }

    private void NoteBallot(EventKind kind, Ballot ballot)
    {
        votes.Observe(kind, ballot);
        if (kind is not (EventKind.EntryCommitted or EventKind.EntryRecalled)) return;
        var index = IndexOf(ballot.Entry.Address);
        var node = nodes[index];
        if (ballot.Entry.Epoch < node.Epoch) return;
        node.Epoch = ballot.Entry.Epoch;
        node.Set(NodeMarks.Removed, !ballot.Entry.IsAlive);
        if (ballot.Entry.IsAlive) return;
        node.Set(NodeMarks.Registered, isSo: false);
        suspicions.RemoveWhere(suspicion => suspicion.About == index);
    }

    private void NoteFault(FaultStrike strike, bool isOver)
    {
        if (strike.Word is "byzantine" or "sybil")
            foreach (var liar in strike.Groups.SelectMany(group => group))
                nodes[IndexOf(liar)].Set(NodeMarks.Liar, isSo: true);
        if (isOver) faults.Remove(strike.FaultId);
        else if (strike.Word is "partition" or "cut") faults[strike.FaultId] = strike;
    }
}
