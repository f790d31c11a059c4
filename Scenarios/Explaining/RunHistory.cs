using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>
/// A run read back from its event log: the run's own record as it was at the end, and what the record does not keep,
/// which is when everything began and ended.
/// </summary>
internal sealed class RunHistory
{
    private readonly List<LifeHistory> lives = [];
    private readonly Dictionary<NodeAddress, List<LoggedEvent>> detections = [];
    private readonly Dictionary<(NodeAddress From, NodeAddress To), LoggedEvent> overflows = [];

    private RunHistory(RunFacts facts)
    {
        Record = new RunRecord(facts);
        Messages = new MessageIndex(Record.Nodes);
    }

    /// <summary>The state of the run at its end; without gossip, which is in <see cref="Messages"/>.</summary>
    public RunRecord Record { get; }

    public RunFacts Facts => Record.Facts;

    public NodeTable Nodes => Record.Nodes;

    public MessageIndex Messages { get; }

    public FaultHistory Faults { get; } = new();

    /// <summary>The last moment that the log knows of.</summary>
    public Instant End { get; private set; }

    /// <exception cref="EventLogException">The log cannot be read.</exception>
    public static RunHistory Read(EventLogReader log)
    {
        var history = new RunHistory(log.Facts);
        foreach (var e in log.Events()) history.Note(e);
        return history;
    }

    public LifeHistory LifeOf(int node)
    {
        while (lives.Count <= node) lives.Add(new LifeHistory());
        return lives[node];
    }

    public LifeHistory LifeOf(NodeAddress node) => LifeOf(Nodes.Of(node).Index);

    /// <summary>The last time that a node dropped messages to another one because its outbox was full.</summary>
    public LoggedEvent? OverflowOf(NodeAddress from, NodeAddress to) =>
        overflows.TryGetValue((from, to), out var dropped) ? dropped : null;

    /// <summary>Everything about the suspicion, the report and the removal of an address, in order.</summary>
    public IReadOnlyList<LoggedEvent> DetectionOf(NodeAddress node) => detections.GetValueOrDefault(node) ?? [];

    public IEnumerable<NodeAddress> Detected => detections.Keys;

    /// <summary>Seconds since scenario time 0.</summary>
    public double SecondsAt(Instant when) => Record.SecondsAt(when);

    private void Note(in LoggedEvent e)
    {
        End = e.At;
        if (e.Mark is { } mark)
        {
            if (mark == EventLog.ScenarioStarted) Record.MarkScenarioStart(e.At);
            return;
        }

        if (e.Kind is EventKind.GossipPublished or EventKind.GossipDelivered or EventKind.GossipDuplicate
            or EventKind.GossipRefused or EventKind.GossipGivenUp)
        {
            Messages.Note(e);
            return;
        }

        NoteFault(e);
        if (!e.Node.IsNone) NoteLife(e);
        NoteDetection(e);
        Record.Report(e.Node, e.At, e.Event);
    }

    private void NoteFault(in LoggedEvent e)
    {
        if (e.Event.Detail is not FaultStrike strike) return;
        // Who is to join later and never does is named nowhere else, and can be asked about.
        foreach (var group in strike.Groups)
            foreach (var node in group) Nodes.Of(node);
        if (e.Kind == EventKind.FaultStruck) Faults.Strike(strike, e.At);
        else Faults.End(strike, e.At);
    }

    private void NoteLife(in LoggedEvent e)
    {
        var life = LifeOf(e.Node);
        switch (e.Kind)
        {
            case EventKind.ProcessStarted or EventKind.ProcessPaused or EventKind.ProcessResumed or EventKind.Left
                or EventKind.Registered or EventKind.FoundItselfRemoved:
                life.Note(e);
                break;
            case EventKind.ProcessCrashed:
                life.Note(e);
                life.CloseAllLinks(e.At);
                break;
            case EventKind.NeighborAdded:
                life.OpenLink(Nodes.Of(e.About).Index, e.At);
                break;
            case EventKind.NeighborRemoved:
                life.CloseLink(Nodes.Of(e.About).Index, e.At);
                break;
            case EventKind.OutboxDropped:
                overflows[(e.Node, e.About)] = e;
                break;
        }
    }

    private void NoteDetection(in LoggedEvent e)
    {
        var isAboutRemoval = e.Kind switch
        {
            EventKind.Suspected or EventKind.SuspicionCleared or EventKind.WitnessHeard or EventKind.DeathReported
                or EventKind.ReportRefused or EventKind.ReportHeard or EventKind.SilentMemberProbed => true,
            // A registration that is committed shows who came after.
            EventKind.EntryCommitted => true,
            _ => e.Event.Detail is Ballot { Entry.IsAlive: false },
        };
        if (!isAboutRemoval) return;
        if (!detections.TryGetValue(e.About, out var list)) detections.Add(e.About, list = []);
        list.Add(e);
    }
}
