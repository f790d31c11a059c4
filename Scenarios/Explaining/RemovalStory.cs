using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>
/// The events of one removal in words. Each step but the first says how long it came after the one before; of many
/// alike (thirty neighbors suspect a hub, seed nodes vote no in round after round) only the first is told, with the
/// number of the others. The round that decided is told vote by vote.
/// </summary>
internal sealed class RemovalStory(RemovalCase its)
{
    /// <summary>Times are told in milliseconds, and what passes between two of them is their difference.</summary>
    private const int Digits = 3;

    public void Tell(ExplainedSteps steps)
    {
        var address = its.Node.Address;
        if (its.Silent is { } silent) steps.Add(silent.At, Silence(address, silent), silent.Seq);
        if (its.CutOffBy is { } cut)
            steps.Add(cut.Began, $"{cut.Strike.Word} {cut.Strike.FaultId} began: it cuts {address} off");

        var previous = its.Silent?.At;
        foreach (var group in Chapters())
        {
            var first = group[0];
            var others = group.Count > 1 ? FormattableString.Invariant($" (and {group.Count - 1} more like it)") : "";
            var wait = previous is { } earlier ? ToldAt(first.At) - ToldAt(earlier) : 0;
            var after = wait > 0 ? FormattableString.Invariant($", {wait:0.000} s later") : "";
            steps.Add(first.At, $"{Words(first)}{others}{after}", first.Seq);
            previous = first.At;
        }

        TellStages(steps);
    }

    /// <summary>Each stage from the end of the one before it, and what its length follows from.</summary>
    private void TellStages(ExplainedSteps steps)
    {
        if (its.Crash is not { } crash || its.Rules is not { } rules) return;
        var (stages, reasons, at) = (DetectionStages.Of(crash), new StageReasons(rules), crash.At);
        foreach (var stage in DetectionStages.InOrder)
        {
            if (stages.Milliseconds(stage) is not { } took) continue;
            at += TimeSpan.FromMilliseconds(took);
            var why = reasons.Of(stage, stages);
            steps.Add(at, $"{took / 1000:0.000} s {DetectionFigures.InWords(stage)}: {why}");
        }
    }

    private decimal ToldAt(Instant at) =>
        Math.Round((decimal)its.SecondsAt(at), Digits, MidpointRounding.AwayFromZero);

    /// <summary>What led to the first commit and what follows it; where there is none, everything.</summary>
    private List<List<LoggedEvent>> Chapters()
    {
        var chapters = new List<List<LoggedEvent>>();
        var byKey = new Dictionary<(EventKind, ProposalId, NodeAddress, RefusalReason), List<LoggedEvent>>();
        var deciding = DecidingRound();
        foreach (var e in its.Events)
        {
            if (e.Kind is EventKind.VoteHeard) continue;
            var ballot = e.Event.Detail as Ballot;
            // Each vote and each commit is a step of its own, and so are the reports of a liar; suspicions, witnesses
            // and the reports of all others go together.
            var who = ballot is not null ? e.Node
                : its.LieBehind(e) is null ? default
                : Accusers.ReporterIn(e) ?? default;
            var round = ballot?.Proposal == deciding ? deciding : default;
            var key = (e.Kind!.Value, round, who, ballot?.Reason ?? RefusalReason.None);
            if (byKey.TryGetValue(key, out var known))
            {
                known.Add(e);
                continue;
            }

            chapters.Add(byKey[key] = [e]);
        }

        return chapters;
    }

    /// <summary>The votes that ended the membership; where none did, the last that were asked for.</summary>
    private ProposalId DecidingRound()
    {
        if (its.FirstCommit is { } commit) return Of(commit).Proposal;
        var last = default(ProposalId);
        foreach (var e in its.Events)
            if (e.Kind == EventKind.ProposalOpened) last = Of(e).Proposal;
        return last;
    }

    private string Words(in LoggedEvent e) => e.Kind switch
    {
        EventKind.Suspected => $"{e.Node} suspected it",
        EventKind.SuspicionCleared => $"it answered {e.Node} after all",
        EventKind.WitnessHeard =>
            $"a witness told {e.Node}: {EventDetail.Name(((Witness)e.Event.Detail!).Verdict.ToString())}",
        EventKind.DeathReported =>
            $"{e.Node} reported it dead ({EventDetail.Name(((DeadNode)e.Event.Detail!).Flag.ToString())})",
        EventKind.ReportRefused => $"a seed node told {e.Node} that it lives",
        EventKind.ReportHeard when Accusers.ReporterIn(e) is null => $"seed node {e.Node} heard a report",
        EventKind.ReportHeard => $"seed node {e.Node} heard a report by {Accusers.NameIn(its, e)}",
        EventKind.SilentMemberProbed => $"seed node {e.Node} missed its refreshes",
        EventKind.ProposalOpened => $"seed node {e.Node} asked for votes ({Of(e).Proposal})",
        EventKind.VoteCast when Of(e).Yes => $"seed node {e.Node} voted yes",
        EventKind.VoteCast => $"seed node {e.Node} voted no ({EventDetail.Name(Of(e).Reason.ToString())})",
        EventKind.ProposalApproved => $"a quorum was there at {e.Node}: {string.Join(", ", Of(e).Voters)}",
        EventKind.ProposalRejected =>
            $"seed node {e.Node} closed the vote ({EventDetail.Name(Of(e).Reason.ToString())})",
        EventKind.EntryCommitted => $"seed node {e.Node} committed the removal{QuorumAt(e)}",
        EventKind.EntryRecalled => $"seed node {e.Node} read the removal back from disk",
        _ => throw new InvalidOperationException($"{e.Kind} is no part of a removal"),
    };

    /// <summary>Every seed node counts votes, and one that did not ask for them may be the first to commit.</summary>
    private static string QuorumAt(in LoggedEvent e) =>
        Of(e) is { Voters.Length: > 0 } ballot && ballot.Proposal.Coordinator != e.Node
            ? $", a quorum was there: {string.Join(", ", ballot.Voters)}"
            : "";

    private static Ballot Of(in LoggedEvent e) => (Ballot)e.Event.Detail!;

    private static FormattableString Silence(NodeAddress address, in Turn turn) => turn.Kind switch
    {
        EventKind.ProcessCrashed => $"{address} crashed ({turn.FaultId})",
        EventKind.Left => $"{address} left the network",
        EventKind.ProcessPaused => $"{address} was paused",
        EventKind.ProcessResumed => $"{address} went on after a pause",
        _ => throw new InvalidOperationException($"{turn.Kind} silences nobody"),
    };
}
