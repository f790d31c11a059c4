using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Pages;

/// <summary>
/// What there is to draw at a moment: nodes, links, suspicions, votes and counts, made of a run's events one after
/// another, as they happen or as a log tells them. <c>world.js</c> does the same in the browser; it begins with a
/// <see cref="WorldSnapshot"/> and goes on by itself.
/// </summary>
internal sealed class WorldState
{
    private readonly List<WorldNode> nodes = [];
    private readonly Dictionary<NodeAddress, int> placeOf = [];
    private readonly HashSet<(int By, int Suspect)> suspicions = [];
    private readonly List<FaultStrike> faults = [];
    private readonly OpenVotes votes = new();
    private readonly LatencyBins latencies = new();
    private readonly long[] counts = new long[Enum.GetValues<EventKind>().Length];

    /// <summary>Before the first event: seed nodes that have not started.</summary>
    public WorldState(IEnumerable<NodeAddress> seedNodes)
    {
        foreach (var seedNode in seedNodes) nodes[PlaceOf(seedNode)].Set(NodeMarks.Seed, isSo: true);
    }

    private WorldState(WorldState other)
    {
        (Seq, At, ScenarioStart, End) = (other.Seq, other.At, other.ScenarioStart, other.End);
        nodes.AddRange(other.nodes.Select(node => node.Copy()));
        placeOf = new Dictionary<NodeAddress, int>(other.placeOf);
        suspicions.UnionWith(other.suspicions);
        faults.AddRange(other.faults);
        votes = other.votes.Copy();
        latencies = other.latencies.Copy();
        other.counts.CopyTo(counts, 0);
    }

    /// <summary>The number of the latest event in it; 0 before the first.</summary>
    public long Seq { get; private set; }

    public Instant At { get; private set; }

    public Instant? ScenarioStart { get; private set; }

    public Instant? End { get; private set; }

    /// <summary>Those who were heard of, in that order; it only grows.</summary>
    public IReadOnlyList<WorldNode> Nodes => nodes;

    /// <summary>Who suspects whom, by their places.</summary>
    public IEnumerable<(int By, int Suspect)> Suspicions => suspicions;

    /// <summary>Partitions and cuts that are not over.</summary>
    public IReadOnlyList<FaultStrike> Faults => faults;

    public IEnumerable<OpenVote> Votes => votes.All;

    /// <summary>By kind.</summary>
    public ReadOnlySpan<long> Counts => counts;

    /// <summary>How many deliveries took how long.</summary>
    public LatencyBins Latencies => latencies;

    public WorldState Copy() => new(this);

    /// <summary>Gossip, by far the most frequent, makes nothing.</summary>
    /// <param name="latencyBin">Of a delivery, where it is known; -1 for all else.</param>
    public void Apply(long seq, NodeAddress node, Instant now, in ProtocolEvent e, int latencyBin)
    {
        (Seq, At) = (seq, now);
        counts[(int)e.Kind]++;
        if (latencyBin >= 0) latencies.Add(latencyBin);
        if (e.Kind is EventKind.GossipDuplicate or EventKind.GossipDelivered or EventKind.GossipPublished) return;
        if (e.Detail is FaultStrike strike) NoteFault(strike, e.Kind == EventKind.FaultEnded);
        else if (e.Detail is Ballot ballot) NoteBallot(e.Kind, ballot);
        else if (!node.IsNone) NoteNode(PlaceOf(node), e);
    }

    /// <summary>Events of which nothing is known but that they happened.</summary>
    public void Count(EventKind kind, long more) => counts[(int)kind] += more;

    /// <summary>A moment of the run itself.</summary>
    public void Mark(long seq, string kind, Instant now)
    {
        (Seq, At) = (seq, now);
        if (kind == EventLog.ScenarioStarted) ScenarioStart = now;
        if (kind == EventLog.RunEnded) End = now;
    }

    private int PlaceOf(NodeAddress node)
    {
        if (placeOf.TryGetValue(node, out var place)) return place;
        placeOf.Add(node, place = nodes.Count);
        nodes.Add(new WorldNode(node));
        return place;
    }

    private void NoteNode(int place, in ProtocolEvent e)
    {
        var node = nodes[place];
        switch (e.Kind)
        {
            case EventKind.ProcessStarted:
                node.Set(NodeMarks.Up | NodeMarks.Started, isSo: true);
                node.Set(NodeMarks.Paused | NodeMarks.Registered | NodeMarks.Left | NodeMarks.Learning, isSo: false);
                Forget(place);
                break;
            case EventKind.ProcessCrashed:
                node.Set(NodeMarks.Up | NodeMarks.Paused | NodeMarks.Learning, isSo: false);
                Forget(place);
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
                node.Links.Add(PlaceOf(e.About));
                break;
            case EventKind.NeighborRemoved:
                node.Links.Remove(PlaceOf(e.About));
                suspicions.Remove((place, PlaceOf(e.About)));
                break;
            case EventKind.Suspected:
                suspicions.Add((place, PlaceOf(e.About)));
                break;
            case EventKind.SuspicionCleared:
                suspicions.Remove((place, PlaceOf(e.About)));
                break;
        }
    }

    /// <summary>What a process knew ends with it; the other ends of its links notice by themselves.</summary>
    private void Forget(int place)
    {
        nodes[place].Links.Clear();
        suspicions.RemoveWhere(suspicion => suspicion.By == place);
    }

    private void NoteBallot(EventKind kind, Ballot ballot)
    {
        votes.Observe(kind, ballot);
        if (kind is not (EventKind.EntryCommitted or EventKind.EntryRecalled)) return;
        var place = PlaceOf(ballot.Entry.Address);
        var node = nodes[place];
        // Seed nodes commit one after another; whoever is late must not take back what came since.
        if (ballot.Entry.Epoch < node.Epoch) return;
        node.Epoch = ballot.Entry.Epoch;
        node.Set(NodeMarks.Removed, !ballot.Entry.IsAlive);
        if (ballot.Entry.IsAlive) return;
        node.Set(NodeMarks.Registered, isSo: false);
        suspicions.RemoveWhere(suspicion => suspicion.Suspect == place);
    }

    private void NoteFault(FaultStrike strike, bool isOver)
    {
        if (strike.Word is "byzantine" or "sybil")
            foreach (var liar in strike.Groups.SelectMany(group => group))
                nodes[PlaceOf(liar)].Set(NodeMarks.Liar, isSo: true);
        if (!isOver && strike.Word is not ("partition" or "cut")) return;
        faults.RemoveAll(fault => fault.FaultId == strike.FaultId);
        if (!isOver) faults.Add(strike);
    }
}
