using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Progress;

/// <summary>
/// The numbers that progress shows, and the events worth a line of their own: faults, the first suspicion of each
/// member and the first commit of each removal. Written by one thread at a time, and read by any as a glance.
/// </summary>
internal sealed class ProgressTally(RunFacts facts)
{
    /// <summary>Lines about single events; beyond it a run with thousands of faults only counts. Our choice.</summary>
    private const int MostNotes = 40;

    private readonly HashSet<(NodeAddress, long)> suspected = [];
    private readonly HashSet<(NodeAddress, long)> removed = [];
    private int notes;
    private long now;
    private long start;

    public int Registered { get; private set; }

    public int Linked { get; private set; }

    public long Messages { get; private set; }

    public long Deliveries { get; private set; }

    public int Faults { get; private set; }

    public int Suspicions => suspected.Count;

    public int Removals => removed.Count;

    public bool HasStarted { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>Scenario time in seconds; before scenario time 0, since the run began.</summary>
    public double Seconds => (Volatile.Read(ref now) - (HasStarted ? start : 0)) / 1e6;

    public double ScenarioSeconds => facts.ScenarioSeconds;

    public int PeersWanted => facts.PeersWanted;

    /// <summary>Deliveries of those that would be if every linked peer got every message: a glance, not a measure.</summary>
    public double Coverage => Messages == 0 || Linked < 2 ? 0 : Math.Min(1, Deliveries / ((double)Messages * (Linked - 1)));

    public void Start(Instant at)
    {
        start = at.Microseconds;
        HasStarted = true;
    }

    public void End() => HasEnded = true;

    /// <summary>Counts the event, and puts it into words when it is worth a line.</summary>
    public string? Count(RunRecord record, NodeAddress node, Instant at, in ProtocolEvent e)
    {
        Volatile.Write(ref now, at.Microseconds);
        switch (e.Kind)
        {
            case EventKind.GossipDelivered:
                Deliveries++;
                return null;
            case EventKind.GossipPublished:
                Messages++;
                return null;
            case EventKind.Registered or EventKind.Joined:
                Registered = record.RegisteredPeers;
                Linked = record.JoinedPeers;
                return null;
            case EventKind.Suspected:
                return suspected.Add((e.About, e.Number)) ? Note($"{e.About} suspected by {node}") : null;
            case EventKind.EntryCommitted:
                return Removal(node, ((Ballot)e.Detail!).Entry);
            default:
                return Fault(node, e);
        }
    }

    public string InWords() => HasStarted
        ? string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.0}/{ScenarioSeconds:0} s: ")
            + $"{Numbers.Plural(Messages, "message")}, {Numbers.Count(Deliveries)} deliveries, "
            + $"coverage {Numbers.Percent(Coverage)}, {Numbers.Plural(Faults, "fault")}, "
            + $"{Numbers.Plural(Suspicions, "suspicion")}, {Numbers.Plural(Removals, "removal")}"
        : $"formation: {Numbers.Count(Registered)}/{Numbers.Count(PeersWanted)} registered, "
            + $"{Numbers.Count(Linked)} linked";

    private string? Removal(NodeAddress seedNode, in MembershipEntry entry)
    {
        if (entry.IsAlive || !removed.Add((entry.Address, entry.Epoch))) return null;
        return Note($"{entry.Address} removed by quorum (first at seed node {seedNode})");
    }

    private string? Fault(NodeAddress node, in ProtocolEvent e)
    {
        var words = e.Kind switch
        {
            EventKind.ProcessCrashed => $"{node} crashed ({e.Detail})",
            EventKind.ProcessPaused => $"{node} paused",
            EventKind.NetworkChanged => $"network: {((NetworkChange)e.Detail!).Change} ({((NetworkChange)e.Detail!).FaultId})",
            _ => null,
        };
        if (words is not null)
        {
            Faults++;
            return Note(words);
        }

        return e.Kind switch
        {
            EventKind.ProcessStarted when e.Number > 0 => Note($"{node} started again"),
            EventKind.ProcessResumed => Note($"{node} goes on"),
            _ => null,
        };
    }

    private string? Note(string words)
    {
        notes++;
        if (notes > MostNotes + 1) return null;
        return notes > MostNotes
            ? "more faults and detections follow; they are counted, and outputfile.txt has them all"
            : string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.00} s: {words}");
    }
}
