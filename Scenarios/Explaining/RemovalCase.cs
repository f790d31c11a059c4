using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>
/// One membership, (address, epoch), and what the log tells of its end: when the process that held it went silent, and
/// the suspicion, the reports and the votes after that.
/// </summary>
internal sealed class RemovalCase
{
    private readonly RunHistory history;
    private readonly List<LoggedEvent> events = [];

    public RemovalCase(RunHistory history, NodeState node, int epoch)
    {
        this.history = history;
        Node = node;
        Epoch = epoch;
        foreach (var e in history.DetectionOf(node.Address))
        {
            if (e.Event.Number != epoch) continue;
            var entry = (e.Event.Detail as Ballot)?.Entry;
            NodeId ??= entry?.NodeId;
            if (entry is { IsAlive: true }) continue;
            events.Add(e);
            if (e.Kind == EventKind.EntryCommitted) FirstCommit ??= e;
        }

        Silent = FindSilence();
        if (Silent is null) LookForQuorum();
    }

    public NodeState Node { get; }

    /// <summary>The crash of this member as the run's record has it; null where it did not crash.</summary>
    public CrashRecord? Crash =>
        history.Record.Crashes.LastOrDefault(crash => crash.Address == Node.Address && crash.Epoch == Epoch);

    /// <summary>What the lengths of its stages follow from; null in a log that does not tell.</summary>
    public DetectionRules? Rules => history.Facts.Detection;

    public double SecondsAt(Instant when) => history.SecondsAt(when);

    public int Epoch { get; }

    /// <summary>The process that was the member; null when nobody ever was.</summary>
    public NodeId? NodeId { get; }

    /// <summary>At the first seed node.</summary>
    public LoggedEvent? FirstCommit { get; }

    /// <summary>Suspicions, reports, votes and commits of the removal, in order.</summary>
    public IReadOnlyList<LoggedEvent> Events => events;

    /// <summary>The turn that made the member silent; null while it answered to the end or to its removal.</summary>
    public Turn? Silent { get; }

    /// <summary>
    /// The fault that may keep the running member from a quorum of seed nodes, or may have kept it before its removal.
    /// </summary>
    public LastingFault? CutOffBy { get; private set; }

    /// <summary>Whether a running member could exchange messages with a quorum of seed nodes all the time.</summary>
    public bool HadQuorum { get; private set; } = true;

    /// <summary>
    /// The partition or cut that at the end keeps the running member and a quorum of seed nodes apart, even if only
    /// one way.
    /// </summary>
    public LastingFault? CutAtEnd
    {
        get
        {
            LastingFault? found = null;
            var reached = 0;
            foreach (var seed in history.Nodes.SeedNodes)
            {
                var cut = history.Faults.CutAt(history.End, Node.Address, seed.Address)
                    ?? history.Faults.CutAt(history.End, seed.Address, Node.Address);
                if (cut is null) reached++;
                found ??= cut;
            }

            return reached < history.Facts.Quorum ? found : null;
        }
    }

    /// <summary>The last suspicion that its suspect has not cleared with the same neighbor.</summary>
    public LoggedEvent? OpenSuspicion
    {
        get
        {
            LoggedEvent? open = null;
            foreach (var e in events)
            {
                if (e.Kind != EventKind.Suspected) continue;
                if (!events.Any(later => later.Kind == EventKind.SuspicionCleared && later.Node == e.Node
                    && later.Seq > e.Seq)) open = e;
            }

            return open;
        }
    }

    /// <summary>Whether it had begun to lie: who lies has no claim to be a member.</summary>
    public bool Lied => history.Faults.CorruptionOf(Node.Address, Judged) is not null;

    /// <summary>What made the sender of a report that was heard a liar; null for all other events.</summary>
    public LastingFault? LieBehind(in LoggedEvent e) =>
        Accusers.ReporterIn(e) is { } reporter ? history.Faults.CorruptionOf(reporter, e.At) : null;

    public IEnumerable<LoggedEvent> Since(Instant from, EventKind kind) =>
        events.Where(e => e.Kind == kind && e.At >= from);

    /// <summary>The moment that counts: of its first removal, or the end of the run.</summary>
    public Instant Judged => FirstCommit?.At ?? history.End;

    /// <summary>What its own process went through, from its start to its end or that of the run.</summary>
    private IEnumerable<Turn> Turns()
    {
        var isIts = false;
        foreach (var turn in history.LifeOf(Node.Index).Turns)
        {
            if (turn.Kind == EventKind.ProcessStarted) isIts = turn.Process == NodeId;
            if (isIts) yield return turn;
        }
    }

    private Turn? FindSilence()
    {
        Turn? silent = null;
        foreach (var turn in Turns())
        {
            if (turn.At > Judged) break;
            silent = turn.Kind switch
            {
                EventKind.ProcessCrashed or EventKind.Left => turn,
                EventKind.ProcessPaused => silent ?? turn,
                EventKind.ProcessResumed when silent is { Kind: EventKind.ProcessPaused } => null,
                _ => silent,
            };
        }

        return silent ?? LateResume();
    }

    /// <summary>Votes rest on probes of the bound before: who went on just then was paused when they looked.</summary>
    private Turn? LateResume()
    {
        if (FirstCommit is null) return null;
        var from = Judged + -history.Facts.DetectionBound;
        foreach (var turn in Turns())
            if (turn.Kind == EventKind.ProcessResumed && turn.At > from && turn.At <= Judged) return turn;
        return null;
    }

    /// <summary>Looks for a quorum of seed nodes that answered and could be reached all the time.</summary>
    private void LookForQuorum()
    {
        var from = FirstCommit is null ? Judged : Judged + -history.Facts.DetectionBound;
        // A process younger than the bound is judged by its whole life.
        foreach (var turn in Turns())
            if (turn.Kind == EventKind.ProcessStarted && turn.At > from) from = turn.At;
        var reached = 0;
        foreach (var seed in history.Nodes.SeedNodes)
        {
            var fault = history.Faults.All.FirstOrDefault(fault =>
                fault.Overlaps(from, Judged) && fault.MaySeparate(seed.Address, Node.Address));
            if (fault is null && history.LifeOf(seed.Index).Answers(from, Judged)) reached++;
            CutOffBy ??= fault;
        }

        HadQuorum = reached >= history.Facts.Quorum;
        if (HadQuorum) CutOffBy = null;
    }
}
