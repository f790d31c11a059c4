using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Progress;

/// <summary>
/// The numbers that progress shows, and the events worth a line of their own: faults, the first suspicion of each
/// member and the first commit of each removal. Written by one thread at a time, and read by any as a glance.
/// </summary>
internal sealed class ProgressTally(RunFacts facts, TimeProvider clock)
{
    /// <summary>Lines about single events of a kind; beyond it they are only counted. Our choice.</summary>
    private const int MostFaultNotes = 30;

    private const int MostDetectionNotes = 10;

    private readonly HashSet<(NodeAddress, long)> suspected = [];
    private readonly HashSet<(NodeAddress, long)> removed = [];
    private int faultNotes;
    private int suspicionNotes;
    private int removalNotes;
    private long now;
    private long start;
    private long startStamp;
    private long inputs;
    private long phaseStamp = clock.GetTimestamp();
    private long inputsBefore;
    private long ended;

    public int Registered { get; private set; }

    public int Linked { get; private set; }

    public long Messages { get; private set; }

    public long Deliveries { get; private set; }

    public int Faults { get; private set; }

    public int Suspicions => suspected.Count;

    public int Removals => removed.Count;

    public bool HasStarted { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>
    /// Scenario time in seconds; before scenario time 0, since the run began. On TCP it goes on while nothing happens.
    /// </summary>
    public double Seconds => HasStarted && !HasEnded && facts.Runtime == RuntimeKind.Tcp
        ? clock.GetElapsedTime(startStamp).TotalSeconds
        : SecondsOfEvent;

    /// <summary>Of the last event, by the clock of the run: the report tells the same.</summary>
    private double SecondsOfEvent => (Volatile.Read(ref now) - (HasStarted ? start : 0)) / 1e6;

    public double ScenarioSeconds => facts.ScenarioSeconds;

    public int PeersWanted => facts.PeersWanted;

    /// <summary>
    /// Deliveries of those that would be if every linked peer got every message: a glance, not a measure.
    /// </summary>
    public double Coverage =>
        Messages == 0 || Linked < 2 ? 0 : Math.Min(1, Deliveries / ((double)Messages * (Linked - 1)));

    /// <summary>Whether the measured run is over and the simulation goes on, until all is quiet.</summary>
    public bool IsWaitingForQuiet => HasEnded && Volatile.Read(ref now) > ended;

    /// <summary>A simulation came to a moment, and its nodes have handled so many inputs.</summary>
    public void Reach(Instant at, long handled)
    {
        Volatile.Write(ref now, at.Microseconds);
        Volatile.Write(ref inputs, handled);
    }

    public void Start(Instant at)
    {
        BeginPhase();
        start = at.Microseconds;
        startStamp = clock.GetTimestamp();
        HasStarted = true;
    }

    public void End(Instant at)
    {
        BeginPhase();
        ended = at.Microseconds;
        Volatile.Write(ref now, at.Microseconds);
        HasEnded = true;
    }

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
            case EventKind.ProcessStarted when facts.Protocol is not null && e.Number == 0:
                Linked++;
                return null;
            case EventKind.Suspected:
                return suspected.Add((e.About, e.Number))
                    ? Note($"{e.About} suspected by {node}", "suspicions", ref suspicionNotes, MostDetectionNotes)
                    : null;
            case EventKind.EntryCommitted:
                return Removal(node, ((Ballot)e.Detail!).Entry);
            default:
                return Fault(node, e);
        }
    }

    public string InWords()
    {
        if (IsWaitingForQuiet) return WaitingInWords();
        if (!HasStarted) return $"{FormationInWords()}: {FormingInWords()}{PaceInWords()}";
        var whole = ScenarioSeconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"/{ScenarioSeconds:0}") : "";
        var soFar = string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.0}{whole} s: ");
        if (facts.Protocol is not null) return soFar + Numbers.Plural(Faults, "fault") + PaceInWords();
        return soFar + $"{Numbers.Plural(Messages, "message")}, {Numbers.Count(Deliveries)} deliveries, "
            + $"{Numbers.Plural(Faults, "fault")}, "
            + $"{Numbers.Plural(Suspicions, "suspicion")}, {Numbers.Plural(Removals, "removal")}{PaceInWords()}";
    }

    private string FormationInWords() =>
        string.Create(CultureInfo.InvariantCulture, $"formation at {Seconds:0.0} s");

    public string WaitingInWords() => string.Create(
        CultureInfo.InvariantCulture, $"waiting for quiet, to judge what is promised then: {Seconds:0.0} s")
        + PaceInWords();

    /// <summary>Inputs a second, and the time left at this pace; nothing in the first second of a phase.</summary>
    public string PaceInWords()
    {
        var elapsed = clock.GetElapsedTime(phaseStamp).TotalSeconds;
        var handled = Volatile.Read(ref inputs) - inputsBefore;
        if (elapsed < 1 || handled <= 0) return "";
        var pace = $", {Numbers.Count((long)(handled / elapsed))} events/s";
        var done = HasEnded ? 0 : HasStarted ? Seconds / ScenarioSeconds : (double)Linked / PeersWanted;
        return done is > 0 and < 1 ? $"{pace}, {TimeLeft(elapsed * (1 - done) / done)} left" : pace;
    }

    private static string TimeLeft(double seconds) => seconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, seconds):0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min");

    private void BeginPhase() => (phaseStamp, inputsBefore) = (clock.GetTimestamp(), Volatile.Read(ref inputs));

    /// <summary>How far formation is: an own protocol's nodes only start.</summary>
    public string FormingInWords() => facts.Protocol is null
        ? $"{Numbers.Count(Registered)}/{Numbers.Count(PeersWanted)} registered, {Numbers.Count(Linked)} linked"
        : $"{Numbers.Count(Linked)}/{Numbers.Count(PeersWanted)} started";

    public string FormedInWords() => facts.Protocol is null
        ? $"{Numbers.Count(Registered)} registered, {Numbers.Count(Linked)} linked"
        : $"{Numbers.Count(Linked)} started";

    /// <summary>The same for a line that also holds a bar.</summary>
    public string Briefly() => string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.0}/{ScenarioSeconds:0} s")
        + (facts.Protocol is null ? OfGossip() : $"  faults {Faults}") + (HasEnded ? "" : PaceInWords());

    private string OfGossip() => $"  messages {Numbers.Count(Messages)} ({Numbers.Percent(Coverage)})"
        + $"  faults {Faults}  suspected {Suspicions}  removed {Removals}";

    private string? Removal(NodeAddress seedNode, in MembershipEntry entry)
    {
        if (entry.IsAlive || !removed.Add((entry.Address, entry.Epoch))) return null;
        var words = $"{entry.Address} removed by quorum (first at seed node {seedNode})";
        return Note(words, "removals", ref removalNotes, MostDetectionNotes);
    }

    private string? Fault(NodeAddress node, in ProtocolEvent e)
    {
        var words = e.Kind switch
        {
            EventKind.ProcessCrashed => $"{node} crashed ({e.Detail})",
            EventKind.ProcessPaused => $"{node} paused",
            // Crashes and pauses are told of each node.
            EventKind.FaultStruck when e.Detail is FaultStrike { Word: not ("crash" or "pause") } strike =>
                $"{StrikeWords.What(strike)} ({strike.FaultId}): {StrikeWords.Targets(strike)}",
            EventKind.FaultEnded when e.Detail is FaultStrike { Word: not ("crash" or "pause") } strike =>
                $"{strike.Word} is over ({strike.FaultId})",
            _ => null,
        };
        if (words is not null)
            Faults++;
        else
        {
            words = e.Kind switch
            {
                EventKind.ProcessStarted when e.Number > 0 => $"{node} started again",
                EventKind.ProcessResumed => $"{node} goes on",
                _ => null,
            };
        }

        return words is null ? null : Note(words, "faults", ref faultNotes, MostFaultNotes);
    }

    private string? Note(string words, string kind, ref int notes, int most)
    {
        notes++;
        if (notes > most + 1) return null;
        var said = notes > most ? $"more {kind} follow; they are counted, and the logs have them all" : words;
        return string.Create(CultureInfo.InvariantCulture, $"{SecondsOfEvent:0.00} s: {said}");
    }
}
