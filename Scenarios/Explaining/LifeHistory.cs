using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>A turn in the life of a process or of its membership.</summary>
/// <param name="Epoch">For the membership: which one.</param>
/// <param name="FaultId">For a crash: what caused it.</param>
/// <param name="Process">For a start: the new process.</param>
internal readonly record struct Turn(
    Instant At, EventKind Kind, int Epoch, string FaultId, NodeId Process, long Seq);

/// <summary>What happened to one node, and when each of its links began and ended, as it saw them itself.</summary>
internal sealed class LifeHistory
{
    private readonly List<Turn> turns = [];
    private readonly Dictionary<int, List<LinkSpan>> links = [];

    /// <param name="Ended">Null while it lasts.</param>
    public readonly record struct LinkSpan(Instant Began, Instant? Ended);

    public IReadOnlyList<Turn> Turns => turns;

    public void Note(in LoggedEvent e) => turns.Add(new Turn(
        e.At, e.Event.Kind, (int)e.Event.Number, e.Event.Detail as string ?? "",
        e.Event.Detail is NodeId process ? process : default, e.Seq));

    public Turn? Last(EventKind kind)
    {
        for (var index = turns.Count - 1; index >= 0; index--)
            if (turns[index].Kind == kind) return turns[index];
        return null;
    }

    /// <summary>
    /// Whether the last process was there at that moment: who starts again knows nothing of what it was told before.
    /// </summary>
    public bool HasRunSince(Instant when) => Last(EventKind.ProcessStarted) is { } start && start.At <= when;

    /// <summary>Whether the last process is the first that started then or later.</summary>
    public bool HasStartedOnceSince(Instant when) =>
        turns.Count(turn => turn.Kind == EventKind.ProcessStarted && turn.At >= when) == 1;

    /// <summary>
    /// When the process that was there at a moment ended or left, and what it had was gone; null when it did not.
    /// </summary>
    public Instant? EndAfter(Instant when)
    {
        foreach (var turn in turns)
            if (turn.At > when && turn.Kind is (EventKind.ProcessCrashed or EventKind.Left)) return turn.At;
        return null;
    }

    /// <summary>Whether a process ran here, and was not paused, during the whole span.</summary>
    public bool Answers(Instant from, Instant to)
    {
        var answers = false;
        foreach (var turn in turns)
        {
            if (turn.At > to) break;
            answers = turn.Kind switch
            {
                EventKind.ProcessStarted or EventKind.ProcessResumed => turn.At <= from,
                EventKind.ProcessCrashed or EventKind.ProcessPaused => false,
                _ => answers,
            };
        }

        return answers;
    }

    public void OpenLink(int neighbor, Instant now)
    {
        if (!links.TryGetValue(neighbor, out var spans)) links.Add(neighbor, spans = []);
        if (spans is [.., { Ended: null }]) return;
        spans.Add(new LinkSpan(now, null));
    }

    public void CloseLink(int neighbor, Instant now)
    {
        if (links.TryGetValue(neighbor, out var spans) && spans is [.., { Ended: null } open])
            spans[^1] = open with { Ended = now };
    }

    /// <summary>A process that ends takes its links along.</summary>
    public void CloseAllLinks(Instant now)
    {
        foreach (var neighbor in links.Keys) CloseLink(neighbor, now);
    }

    public IReadOnlyList<LinkSpan> LinksTo(int neighbor) => links.GetValueOrDefault(neighbor) ?? [];

    /// <summary>All links it ever had, by the index of the neighbor.</summary>
    public IEnumerable<int> Neighbors => links.Keys;
}
