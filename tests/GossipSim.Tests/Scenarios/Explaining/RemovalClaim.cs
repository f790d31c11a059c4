using GossipSim.Scenarios.Explaining;

namespace GossipSim.Tests.Scenarios.Explaining;

/// <summary>Judges what the explainer claims about the end of a membership by the lines of the log alone.</summary>
internal sealed class RemovalClaim
{
    private readonly RawLog log;
    private readonly string peer;
    private readonly long epoch;
    private readonly RawLog.Line? commit;
    private readonly List<RawLog.Line> turns = [];

    public RemovalClaim(RawLog log, string peer)
    {
        (this.log, this.peer) = (log, peer);
        var committed = log.Of("entryCommitted").Where(line => line.About == peer).ToList();
        var removed = committed.Where(line => line.Is("op", "remove")).ToList();
        epoch = (removed.Count > 0 ? removed : committed).Select(line => line.Number).DefaultIfEmpty(0).Max();
        commit = removed.FirstOrDefault(line => line.Number == epoch);
        var nodeId = (string?)committed.FirstOrDefault(line => line.Number == epoch)?.Json["detail"]!["nodeId"] ?? "";
        var isIts = false;
        foreach (var turn in log.At(
            peer, "processStarted", "processCrashed", "processPaused", "processResumed", "left"))
        {
            if (turn.Kind == "processStarted") isIts = turn.Is("nodeId", nodeId);
            if (isIts && turn.Seq < (commit?.Seq ?? long.MaxValue)) turns.Add(turn);
        }
    }

    /// <returns>What is not true; null when all is.</returns>
    public string? Refute(RemovalReason reason) => commit is not null ? RefuteRemoved(reason) : RefuteNot(reason);

    private bool Has(string kind) => turns.Any(turn => turn.Kind == kind);

    private bool IsSilent => Has("processCrashed") || Has("left") || turns[^1].Kind == "processPaused";

    private string? RefuteRemoved(RemovalReason reason) => reason switch
    {
        RemovalReason.CrashedAndRemoved => Unless(turns[^1].Kind == "processCrashed", "it had not crashed"),
        RemovalReason.LeftAndRemoved => Unless(turns[^1].Kind == "left", "it had not left"),
        RemovalReason.PausedAndRemoved => Unless(Has("processPaused") && Runs, "it was not paused, or gone"),
        RemovalReason.CutOffAndRemoved => Unless(
            Runs && log.Of("faultStruck").Any(fault => fault.Seq < commit!.Seq && fault.Says("mayIsolate")),
            "nothing cut it off"),
        RemovalReason.RemovedByNewcomers => Unless(
            Runs && log.Of("processStarted", "processCrashed").Any(turn => log.IsSeedNode(turn.Node)
                && turn.Seq < commit!.Seq && turn.Time > commit.Time - 8.5), "all seed nodes had been there"),
        _ => $"it was removed, which {reason} does not say",
    };

    private bool Runs => !Has("processCrashed") && !Has("left");

    private string? RefuteNot(RemovalReason reason)
    {
        if (epoch == 0) return Unless(reason == RemovalReason.NeverAMember, "it never was a member");
        var from = IsSilent ? turns.Last(turn => turn.Kind is not "processResumed").Seq : 0;
        bool Told(string kind) => log.Of(kind).Any(line => line.About == peer && line.Number == epoch
            && line.Seq > from && (kind != "proposalOpened" || line.Is("op", "remove")));
        var steps = (Told("suspected"), Told("deathReported"), Told("reportHeard"), Told("proposalOpened"));
        return reason switch
        {
            RemovalReason.NeverSuspected => Unless(!IsSilent && steps == default, "somebody doubted it"),
            RemovalReason.SuspicionCleared => Unless(
                !IsSilent && Told("suspicionCleared") && steps is (true, _, _, false), "it was not cleared"),
            RemovalReason.NotNoticedYet => Unless(
                (IsSilent || log.OpenFaults("partition").Count > 0) && steps == default, "it was noticed"),
            RemovalReason.SuspectedNotReported => Unless(steps == (true, false, false, false), "not only suspected"),
            RemovalReason.ReportNotHeard => Unless(steps is (_, true, false, false), "heard, or not reported"),
            RemovalReason.ReportNotTakenUp => Unless(steps is (_, _, true, false), "taken up, or not heard"),
            RemovalReason.ReportRefused => Unless(
                Told("reportRefused") || Told("proposalRejected"), "nobody refused"),
            RemovalReason.NoQuorumOfSeedNodes or RemovalReason.VoteStillOpen =>
                Unless(steps.Item4, "no vote was opened"),
            _ => $"it was not removed, which {reason} does not say",
        };
    }

    private static string? Unless(bool isTrue, string otherwise) => isTrue ? null : otherwise;
}
