using GossipSim.Scenarios.Explaining;

namespace GossipSim.Tests.Scenarios.Explaining;

/// <summary>
/// Judges what the explainer claims about a message and a peer by the lines of the log alone. Each reason has
/// conditions of its own, so a claim that is true of another reason fails here.
/// </summary>
internal sealed class ReachClaim(RawLog log, string id, string peer)
{
    private static readonly string[] hampering =
    [
        "linkLoss", "linkDelay", "linkFlap", "linkBandwidth", "corrupt", "reorder", "slowNode", "clockSkew",
    ];

    private readonly RawLog.Line published = log.Publication(id);
    private readonly List<RawLog.Line> deliveries = log.Deliveries(id);

    /// <returns>What is not true; null when all is.</returns>
    public string? Refute(Explanation<ReachReason> claim) => claim.Reason switch
    {
        ReachReason.IsTheOrigin => Unless(published.Node == peer, "it did not publish it"),
        ReachReason.DeliveredByFlood => RefutePath(claim, isRecovered: false),
        ReachReason.RecoveredByRequest => RefutePath(claim, isRecovered: true),
        _ => RefuteAbsence(claim.Reason),
    };

    private string? RefutePath(Explanation<ReachReason> claim, bool isRecovered)
    {
        if (published.Node == peer) return "it published it";
        var first = deliveries.FirstOrDefault(line => line.Node == peer);
        if (first is null) return "no line says that it got it";
        if (first.Says("recovered") != isRecovered) return "recovered and flooded are mixed up";
        var path = claim.Steps.Where(step => step.Seq is not null).Select(step => log.Lines[(int)step.Seq!.Value - 1])
            .ToList();
        if (path[0] != published) return "the path does not begin at its publication";
        if (path[^1] != first) return "the path does not end with the first receipt";
        for (var hop = 1; hop < path.Count; hop++)
        {
            var isEdge = path[hop].Kind == "gossipDelivered" && path[hop].Id == id
                && path[hop].About == path[hop - 1].Node && path[hop].Seq > path[hop - 1].Seq;
            if (!isEdge) return $"hop {hop} of the path is no line of the log";
        }

        return null;
    }

    private string? RefuteAbsence(ReachReason reason)
    {
        if (log.IsSeedNode(peer)) return Unless(reason == ReachReason.IsASeedNode, "it is a seed node");
        if (published.Node == peer || deliveries.Any(line => line.Node == peer)) return "it has the message";
        var turn = log.LastTurn(peer);
        switch (reason)
        {
            case ReachReason.NeverStarted: return Unless(turn is null, "it started");
            case ReachReason.CrashedBefore:
                return Unless(turn!.Kind == "processCrashed" && turn.Time <= published.Time, "no earlier crash");
            case ReachReason.CrashedBeforeItArrived:
                return Unless(turn!.Kind == "processCrashed" && turn.Time > published.Time, "no later crash");
        }

        if (!log.IsUp(peer)) return "it does not run";
        if (reason is ReachReason.LeftBefore or ReachReason.LeftBeforeItArrived)
            return Unless(
                log.LastLeave(peer) is { } left
                && left.Time <= published.Time == (reason == ReachReason.LeftBefore), "it did not leave then");
        if (log.LastLeave(peer) is not null) return "it left";
        if (reason == ReachReason.Paused != log.IsPaused(peer)) return "paused or not";
        return reason == ReachReason.Paused ? null : RefuteWay(reason);
    }

    private string? RefuteWay(ReachReason reason)
    {
        var holders = log.LiveHolders(id);
        if (reason is ReachReason.LostWithOrigin or ReachReason.LostWithItsHolders)
        {
            if (holders.Count > 0) return $"{holders.First()} still has it";
            return Unless(deliveries.Count == 0 == (reason == ReachReason.LostWithOrigin), "others had it or not");
        }

        if (holders.Count == 0) return "nobody has it any more";
        var linked = IsThere(holders, (_, _) => true);
        var uncut = IsThere(holders, (one, other) => !log.IsCut(one, other));
        var open = IsThere(
            holders, (one, other) => !log.IsCut(one, other) && !log.IsPaused(one) && !log.IsPaused(other));
        return reason switch
        {
            ReachReason.CutOff => Unless(
                (linked && !uncut) || (!linked && holders.All(holder => log.IsCut(holder, peer))),
                "nothing cuts it off"),
            ReachReason.NotAMember => Unless(!linked && !HasLinks && !IsMember, "it is linked, or a member"),
            ReachReason.LinkBrokenOnTheWay => Unless(!linked && HadLinkToHolder, "no link with a holder ended"),
            ReachReason.NotLinked => Unless(!HasLinks && IsMember && !HadLinkToHolder, "it is linked, or no member"),
            ReachReason.NoHolderWasConnected => Unless(!linked && HasLinks && !HadLinkToHolder, "a holder is linked"),
            ReachReason.StuckBehindPausedPeer => Unless(linked && uncut && !open, "there is a way"),
            ReachReason.HeldUpByFault => Unless(open && log.OpenFaults(hampering).Count > 0, "nothing holds it up"),
            ReachReason.RunEndedFirst => Unless(open && !HasLongHadFreeWay(holders), "no way, or one for long"),
            _ => $"nothing in these runs can be {reason}",
        };
    }

    private bool IsThere(HashSet<string> holders, Func<string, string, bool> mayPass) =>
        log.Component(peer, mayPass).Overlaps(holders);

    private bool HasLinks =>
        log.Peers.Any(other => log.IsLive(other) && log.Lists(peer, other) && log.Lists(other, peer));

    private bool IsMember
    {
        get
        {
            var last = log.At(peer, "registered").LastOrDefault(line => line.Seq > log.LastTurn(peer)!.Seq);
            return last is not null && !log.Of("foundItselfRemoved", "entryCommitted").Any(line =>
                line.Seq > last.Seq && line.Number >= last.Number
                && (line.Kind == "foundItselfRemoved"
                    ? line.Node == peer
                    : line.About == peer && line.Is("op", "remove")));
        }
    }

    private bool HadLinkToHolder => deliveries.Append(published).Any(had =>
        log.At(peer, "neighborAdded").Any(added => added.About == had.Node
            && added.Seq > log.LastTurn(peer)!.Seq && EndOfLink(added) is { } ended && ended > had.Time));

    private double? EndOfLink(RawLog.Line added) => log.At(peer, "neighborRemoved")
        .FirstOrDefault(line => line.About == added.About && line.Seq > added.Seq)?.Time;

    /// <summary>
    /// Gossip takes a second a hop at most, and what flooding missed comes with the next digest, within five pings.
    /// </summary>
    private bool HasLongHadFreeWay(HashSet<string> holders)
    {
        const double Patience = 8;
        var latest = log.Of("neighborAdded", "processResumed", "faultEnded", "gossipDelivered", "gossipPublished")
            .Where(line => line.Id.Length == 0 || line.Id == id)
            .Where(line => line.Node.Length == 0 || holders.Contains(line.Node)
                || log.Component(peer, (_, _) => true).Contains(line.Node))
            .Max(line => line.Time);
        return log.End - latest > Patience;
    }

    private static string? Unless(bool isTrue, string otherwise) => isTrue ? null : otherwise;
}
