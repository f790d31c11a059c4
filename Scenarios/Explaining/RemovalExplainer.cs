using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>Why a membership was ended, or why not, with everything that led there and the times between.</summary>
internal sealed class RemovalExplainer(RunHistory history)
{
    /// <param name="epoch">Null: the last epoch that was removed, else the last one at all.</param>
    public Explanation<RemovalReason> Explain(NodeAddress address, int? epoch = null)
    {
        var node = history.Nodes.Of(address);
        var steps = new ExplainedSteps(history);
        var meant = epoch ?? EpochMeant(address);
        var question = string.Create(CultureInfo.InvariantCulture, $"removal of {address} (epoch {meant})");
        Explanation<RemovalReason> Answer(RemovalReason reason, string why) =>
            new(question, reason, why, steps.ToList());

        if (node.IsSeedNode)
            return Answer(RemovalReason.IsASeedNode, $"{address} is a seed node; the set of those is fixed.");
        var its = new RemovalCase(history, node, meant);
        new RemovalStory(its).Tell(steps);
        if (its.FirstCommit is { } commit) return Removed(its, commit, Answer);
        if (its.NodeId is null)
            return Answer(
                RemovalReason.NeverAMember,
                meant == 0 ? $"{address} never became a member." : $"{address} never was a member at epoch {meant}.");
        if (LaterEpoch(address, meant) is { } later)
            return Answer(
                RemovalReason.ReplacedByLaterMember,
                $"{address} became a member again at epoch {later}, which ended epoch {meant} without a removal.");
        return NotRemoved(its, Answer);
    }

    private Explanation<RemovalReason> Removed(
        RemovalCase its, in LoggedEvent commit, Func<RemovalReason, string, Explanation<RemovalReason>> answer)
    {
        var (address, ballot) = (its.Node.Address, (Ballot)commit.Event.Detail!);
        var by = $"{ballot.Voters.Length} of {history.Facts.SeedNodes.Count} seed nodes voted for its removal "
            + $"(quorum {ballot.Quorum}); {commit.Node} was the first to commit it, at {Time(commit.At)}";
        if (its.Silent is { } silent)
        {
            var after = Span(commit.At - silent.At);
            return silent.Kind switch
            {
                EventKind.ProcessCrashed => answer(
                    RemovalReason.CrashedAndRemoved,
                    $"{address} crashed at {Time(silent.At)} ({silent.FaultId}). {by}, {after} after the crash."),
                EventKind.Left => answer(
                    RemovalReason.LeftAndRemoved,
                    $"{address} left by its own wish at {Time(silent.At)}. {by}, {after} later."),
                _ => answer(
                    RemovalReason.PausedAndRemoved,
                    $"{address} ran but was paused when it was probed. {by}: an unreachable removal."),
            };
        }

        var accusers = Accusers.Of(its);
        if (its.Lied) return answer(RemovalReason.LiarRemoved, $"{address} was byzantine. {by}.{accusers}");
        if (its.CutOffBy is { } cut)
            return answer(
                RemovalReason.CutOffAndRemoved,
                $"{address} ran, but the {cut.Strike.Word} {cut.Strike.FaultId} since {Time(cut.Began)} may have kept "
                + $"it from a quorum of seed nodes. {by}: an unreachable removal.");
        return its.HadQuorum
            ? answer(
                RemovalReason.RemovedWrongly,
                $"{address} ran, and no fault of the scenario kept it from a quorum of seed nodes. {by}.{accusers}")
            : answer(
                RemovalReason.RemovedByNewcomers,
                $"{address} ran, but too few seed nodes had been there for the whole detection bound before. {by}: an "
                + $"unreachable removal.{accusers}");
    }

    private Explanation<RemovalReason> NotRemoved(
        RemovalCase its, Func<RemovalReason, string, Explanation<RemovalReason>> answer)
    {
        var (address, from) = (its.Node.Address, its.Silent?.At ?? new Instant(long.MinValue));
        var gone = its.Silent is { } silent
            ? $"{address} {Words(silent.Kind)} at {Time(silent.At)}, {Span(history.End - silent.At)} before the end "
                + $"(the detection bound is {Span(history.Facts.DetectionBound)}), and"
            : $"{address} ran to the end, and";
        if (LastOf(its, from, EventKind.ProposalOpened) is { } opened)
            return Voted(its, opened, gone, answer);
        var heard = LastOf(its, from, EventKind.ReportHeard);
        if (LastOf(its, from, EventKind.ReportRefused) is { } refused && !(heard?.Seq > refused.Seq))
            return answer(
                RemovalReason.ReportRefused,
                $"{gone} a seed node told {refused.Node} at {Time(refused.At)} that it lives.");
        if (heard is { } report)
            return answer(
                RemovalReason.ReportNotTakenUp,
                $"{gone} seed node {report.Node} heard a report at {Time(report.At)} and opened no vote: it was "
                + "learning, or did not list the reporter or that epoch as members.");
        if (LastOf(its, from, EventKind.DeathReported) is { } reported)
            return answer(
                RemovalReason.ReportNotHeard,
                $"{gone} {reported.Node} reported it at {Time(reported.At)}, which no seed node heard.");
        return Unreported(its, from, gone, answer);
    }

    private Explanation<RemovalReason> Unreported(
        RemovalCase its, Instant from, string gone, Func<RemovalReason, string, Explanation<RemovalReason>> answer)
    {
        if (its.OpenSuspicion is { } suspected)
            return answer(
                RemovalReason.SuspectedNotReported,
                $"{gone} {suspected.Node} suspected it at {Time(suspected.At)}, has not been answered since, and has "
                + "not reported it so far.");
        if (its.Silent is not null)
            return answer(RemovalReason.NotNoticedYet, $"{gone} nobody has noticed its silence so far.");
        if (LastOf(its, from, EventKind.SuspicionCleared) is { } answered)
            return answer(
                RemovalReason.SuspicionCleared,
                $"{gone} {answered.Node} suspected it until it answered at {Time(answered.At)}.");
        return its.CutAtEnd is { } cut
            ? answer(
                RemovalReason.NotNoticedYet,
                $"{gone} the {cut.Strike.Word} {cut.Strike.FaultId}, since {Time(cut.Began)}, cuts it off from a "
                + "quorum of seed nodes; nobody has noticed so far.")
            : answer(RemovalReason.NeverSuspected, $"{gone} nobody ever suspected it.");
    }

    private Explanation<RemovalReason> Voted(
        RemovalCase its, in LoggedEvent opened, string gone,
        Func<RemovalReason, string, Explanation<RemovalReason>> answer)
    {
        var closed = EndOf(its, opened);
        var why = (closed?.Event.Detail as Ballot)?.Reason;
        if (closed is { } probed && why == RefusalReason.StillAlive)
            return answer(
                RemovalReason.ReportRefused,
                $"{gone} {probed.Node} probed it and got an answer: the vote was closed at {Time(probed.At)}.");
        var up = SeedNodesWith(opened.Node);
        var asked = $"{gone} {opened.Node} asked for votes at {Time(opened.At)}";
        if (up < history.Facts.Quorum)
            return answer(
                RemovalReason.NoQuorumOfSeedNodes,
                $"{asked}, but at the end only {up} of {history.Facts.SeedNodes.Count} seed nodes were up and "
                + $"connected with it (quorum {history.Facts.Quorum}).");
        return closed is { } failed
            ? answer(
                RemovalReason.VoteFailed,
                $"{asked} and closed the vote at {Time(failed.At)} without a quorum "
                + $"({EventDetail.Name(why.ToString()!)}).")
            : answer(RemovalReason.VoteStillOpen, $"{asked}, and the run ended before a quorum had answered.");
    }

    /// <summary>Where the vote that was opened there was closed without a removal.</summary>
    private static LoggedEvent? EndOf(RemovalCase its, in LoggedEvent opened)
    {
        var proposal = ((Ballot)opened.Event.Detail!).Proposal;
        foreach (var e in its.Events)
            if (e.Kind == EventKind.ProposalRejected && ((Ballot)e.Event.Detail!).Proposal == proposal) return e;
        return null;
    }

    private int SeedNodesWith(NodeAddress coordinator)
    {
        if (!history.Record.IsUp(coordinator)) return 0;
        var connected = 0;
        foreach (var seed in history.Nodes.SeedNodes)
        {
            var isCut = history.Faults.CutAt(history.End, seed.Address, coordinator) is not null
                || history.Faults.CutAt(history.End, coordinator, seed.Address) is not null;
            if (seed.IsUp && !seed.IsPaused && !isCut) connected++;
        }

        return connected;
    }

    private int EpochMeant(NodeAddress address)
    {
        var (last, removed) = (0, 0);
        foreach (var e in history.DetectionOf(address))
        {
            if (e.Kind != EventKind.EntryCommitted) continue;
            last = Math.Max(last, (int)e.Event.Number);
            if (!((Ballot)e.Event.Detail!).Entry.IsAlive) removed = Math.Max(removed, (int)e.Event.Number);
        }

        return removed > 0 ? removed : last;
    }

    private int? LaterEpoch(NodeAddress address, int epoch)
    {
        foreach (var e in history.DetectionOf(address))
            if (e.Kind == EventKind.EntryCommitted && e.Event.Number > epoch) return (int)e.Event.Number;
        return null;
    }

    private static LoggedEvent? LastOf(RemovalCase its, Instant from, EventKind kind)
    {
        LoggedEvent? last = null;
        foreach (var e in its.Since(from, kind)) last = e;
        return last;
    }

    private static string Words(EventKind silence) => silence switch
    {
        EventKind.ProcessCrashed => "crashed",
        EventKind.Left => "left",
        EventKind.ProcessPaused => "was paused",
        _ => throw new InvalidOperationException($"{silence} silences nobody"),
    };

    private string Time(Instant at) => string.Create(CultureInfo.InvariantCulture, $"{history.SecondsAt(at):0.000} s");

    private static string Span(TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.000} s");
}
