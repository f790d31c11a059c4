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
        RemovalReason.LiarRemoved => Unless(Runs && Lied, "it was honest"),
        RemovalReason.CutOffAndRemoved => Unless(
            Runs && !Lied && log.Of("faultStruck").Any(fault => fault.Seq < commit!.Seq && fault.Says("mayIsolate")),
            "nothing cut it off"),
        RemovalReason.RemovedByNewcomers => Unless(Runs && !Lied && SeedNodesChanged, "all seed nodes had been there"),
        RemovalReason.RemovedWrongly => Unless(
            Runs && !Lied && !SeedNodesChanged && !Has("processPaused")
            && !log.Of("faultStruck").Any(fault => fault.Seq < commit!.Seq && fault.Says("mayIsolate")),
            "there was a reason to remove it"),
        _ => $"it was removed, which {reason} does not say",
    };

    private bool Runs => !Has("processCrashed") && !Has("left");

    private bool Lied => log.Of("faultStruck").Any(fault => fault.Seq < commit!.Seq && RawLog.Strikes(fault, peer)
        && (fault.Is("type", "byzantine") || fault.Is("type", "sybil")));

    private bool SeedNodesChanged => log.Of("processStarted", "processCrashed").Any(turn =>
        log.IsSeedNode(turn.Node) && turn.Seq < commit!.Seq && turn.Time > commit.Time - 8.5);

    private string? RefuteNot(RemovalReason reason)
    {
        if (epoch == 0) return Unless(reason == RemovalReason.NeverAMember, "it never was a member");
        if (Last("proposalOpened") is { } opened) return RefuteVote(reason, opened);
        var (heard, refused) = (Last("reportHeard"), Last("reportRefused"));
        if (refused is not null && !(heard?.Seq > refused.Seq))
            return Unless(reason == RemovalReason.ReportRefused, "a report was refused");
        if (heard is not null) return Unless(reason == RemovalReason.ReportNotTakenUp, "a report was heard");
        if (Last("deathReported") is not null)
            return Unless(reason == RemovalReason.ReportNotHeard, "it was reported");
        var doubts = Lines("suspected").ToList();
        if (doubts.Any(doubt => !Lines("suspicionCleared").Any(cleared =>
            cleared.Node == doubt.Node && cleared.Seq > doubt.Seq)))
            return Unless(reason == RemovalReason.SuspectedNotReported, "a suspicion is open");
        if (IsSilent) return Unless(reason == RemovalReason.NotNoticedYet, "it is silent, and nobody doubts it");
        if (doubts.Count > 0) return Unless(reason == RemovalReason.SuspicionCleared, "each doubt was cleared");
        return Unless(
            reason == (IsCutFromQuorum ? RemovalReason.NotNoticedYet : RemovalReason.NeverSuspected),
            "nobody doubted it");
    }

    private string? RefuteVote(RemovalReason reason, RawLog.Line opened)
    {
        var closed = Lines("proposalRejected").FirstOrDefault(line =>
            line.Is("proposal", (string)opened.Json["detail"]!["proposal"]!));
        if (closed?.Is("reason", "stillAlive") == true)
            return Unless(reason == RemovalReason.ReportRefused, "it answered a seed node's probe");
        var up = !log.IsUp(opened.Node) ? 0 : log.SeedNodes.Count(seed => log.IsUp(seed) && !log.IsPaused(seed)
            && !log.IsCut(seed, opened.Node) && !log.IsCut(opened.Node, seed));
        if (up < log.Quorum) return Unless(reason == RemovalReason.NoQuorumOfSeedNodes, "too few seed nodes are there");
        return Unless(
            reason == (closed is null ? RemovalReason.VoteStillOpen : RemovalReason.VoteFailed),
            "its vote was closed, or not");
    }

    /// <summary>Of this membership and its removal.</summary>
    private IEnumerable<RawLog.Line> Lines(string kind) => log.Of(kind).Where(line =>
        line.About == peer && line.Number == epoch && !line.Is("op", "register"));

    /// <summary>The last one since it went silent.</summary>
    private RawLog.Line? Last(string kind)
    {
        var from = IsSilent ? turns.Last(turn => turn.Kind is not "processResumed").Time : 0;
        return Lines(kind).LastOrDefault(line => line.Time >= from);
    }

    private bool IsCutFromQuorum =>
        log.SeedNodes.Count(seed => !log.IsCut(seed, peer) && !log.IsCut(peer, seed)) < log.Quorum;

    private static string? Unless(bool isTrue, string otherwise) => isTrue ? null : otherwise;
}
