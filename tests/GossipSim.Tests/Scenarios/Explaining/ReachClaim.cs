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

    private static readonly string[] isolating = [.. hampering, "partition", "cut"];

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
        return reason switch
        {
            ReachReason.Paused => null,
            ReachReason.BelowWindow or ReachReason.RefusedAsForged or ReachReason.RefusedForRoom
                or ReachReason.SwallowedByItsId or ReachReason.GaveUp => RefuteUntaken(reason),
            _ => RefuteWay(reason),
        };
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
        if (!linked) return RefuteMissing(reason, holders);
        var uncut = IsThere(holders, (to, from) => !log.IsCut(from, to));
        var open = IsThere(holders, (to, from) => !log.IsCut(from, to) && !IsStuck(to, from));
        return reason switch
        {
            ReachReason.CutOff => Unless(!uncut, "there is a way without a cut"),
            ReachReason.StuckBehindPausedPeer => Unless(uncut && !open && AnyAround(log.IsPaused), "nobody is paused"),
            ReachReason.DroppedByByzantine => Unless(uncut && !open && AnyAround(log.IsMute), "nobody lies there"),
            ReachReason.HidesWhatItLacks => Unless(log.IsMute(peer), "it does not lie"),
            ReachReason.RefusedOnTheWay => Unless(uncut && AnyAround(RefusedIt), "nobody around refused it"),
            ReachReason.ForgottenByHolders => Unless(uncut && holders.All(HasForgotten), "a holder still has it"),
            ReachReason.HeldUpByFault => Unless(open && IsHampered(), "nothing holds it up"),
            ReachReason.DroppedFromFullOutbox => Unless(open && holders.Any(Overflowed), "no holder dropped anything"),
            ReachReason.RunEndedFirst => Unless(open && !HasLongHadFreeWay(holders, 8), "no way, or one for long"),
            ReachReason.NotPassedOn => Unless(open && HasLongHadFreeWay(holders, 16), "no way, or not for long"),
            _ => $"{reason} has no place where links lead to the peer",
        };
    }

    /// <summary>Where no links lead from anybody who has it.</summary>
    private string? RefuteMissing(ReachReason reason, HashSet<string> holders)
    {
        if (holders.All(holder => log.IsCut(holder, peer)))
            return Unless(reason == ReachReason.CutOff, "each holder is cut off from it");
        var isolated = !HasLinks && log.OpenFaults(isolating).Any(fault =>
            fault.Says("mayIsolate") && RawLog.Strikes(fault, peer));
        if (isolated) return Unless(reason == ReachReason.IsolatedByFault, "a fault may isolate it");
        if (!HasLinks && !IsMember) return Unless(reason == ReachReason.NotAMember, "it is no member and has no link");
        if (HadLinkToHolder) return Unless(reason == ReachReason.LinkBrokenOnTheWay, "a link with a holder ended");
        return Unless(
            reason == (HasLinks ? ReachReason.NoHolderWasConnected : ReachReason.NotLinked),
            "linked or not, it never was with a holder");
    }

    /// <summary>What the peer itself would not take, whoever sent it; null when the lines show nothing of it.</summary>
    private string? RefuteUntaken(ReachReason reason)
    {
        var started = log.LastTurn(peer)!.Seq;
        bool Refused(string why) => log.At(peer, "gossipRefused").Any(line =>
            line.Seq > started && line.Id == id && line.Is("why", why));
        var isTrue = reason switch
        {
            ReachReason.BelowWindow => Refused("old") || IsBelowWindow(peer),
            ReachReason.RefusedAsForged => Refused("forged") || HoldsAnother(),
            ReachReason.RefusedForRoom => Refused("full"),
            ReachReason.SwallowedByItsId => Refused("sameId"),
            ReachReason.GaveUp => log.At(peer, "gossipGivenUp").Any(line => line.Seq > started && IsSameKey(line)),
            _ => throw new ArgumentOutOfRangeException(nameof(reason)),
        };
        return Unless(isTrue, $"no line shows that it would not take it: {reason}");
    }

    private bool IsSameKey(RawLog.Line line) => KeyOf(line) == KeyOf(published);

    private static (string?, long?, long?) KeyOf(RawLog.Line line)
    {
        var detail = line.Json["detail"];
        return ((string?)detail?["origin"], (long?)detail?["epoch"], (long?)detail?["count"]);
    }

    /// <summary>Whether a process has a message of the same origin that is newer by the width of the window.</summary>
    private bool IsBelowWindow(string node)
    {
        var (origin, epoch, count) = KeyOf(published);
        var newer = log.Of("gossipPublished").Where(line =>
        {
            var key = KeyOf(line);
            return key.Item1 == origin && key.Item2 == epoch && key.Item3 >= count + 64;
        }).Select(line => line.Id).ToHashSet();
        return log.At(node, "gossipDelivered", "gossipPublished").Any(line =>
            line.Seq > log.LastTurn(node)!.Seq && newer.Contains(line.Id));
    }

    private bool HoldsAnother() => log.At(peer, "gossipDelivered").Any(line => line.Id != id
        && line.Seq > log.LastTurn(peer)!.Seq
        && log.Of("gossipDelivered", "gossipRefused").Any(other => other.Id == line.Id && IsSameKey(other)));

    private bool RefusedIt(string node) => node != peer && log.At(node, "gossipRefused").Any(line => line.Id == id);

    private bool HasForgotten(string holder) => !log.Lists(holder, peer) || IsBelowWindow(holder);

    private bool IsStuck(string to, string from) => log.IsPaused(to) || log.IsPaused(from)
        || (log.IsMute(from) && published.Node != from);

    private bool AnyAround(Func<string, bool> isSo) => log.Component(peer, (_, _) => true).Any(isSo);

    private bool IsHampered() => AnyAround(node => log.Of("faultStruck").Any(fault =>
        log.OpenFaults(hampering).Contains(fault) && RawLog.Strikes(fault, node))
        || log.Component(peer, (_, _) => true).Any(other => log.IsCut(node, other) != log.IsCut(other, node)));

    private bool Overflowed(string holder) => log.At(holder, "outboxDropped").Any(line =>
        line.Time >= deliveries.Append(published).First(had => had.Node == holder).Time && log.End - line.Time <= 16);

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

    /// <summary>Whether both listed each other for a while in which the other one had it.</summary>
    private bool HadLinkToHolder => deliveries.Append(published).Any(had =>
        log.Listings(peer, had.Node).Where(here => here.Began >= log.LastTurn(peer)!.Time).Any(here =>
            log.Listings(had.Node, peer).Any(there =>
            {
                var gone = log.GoneAfter(had.Node, had.Time);
                var ended = Math.Min(gone, Math.Min(here.Ended, there.Ended));
                return double.IsFinite(ended) && ended > Math.Max(had.Time, Math.Max(here.Began, there.Began));
            })));

    /// <summary>
    /// Gossip takes a second a hop at most, and what flooding missed comes with the next digest, within five pings.
    /// </summary>
    private bool HasLongHadFreeWay(HashSet<string> holders, double patience)
    {
        var latest = log.Of("neighborAdded", "processResumed", "faultEnded", "gossipDelivered", "gossipPublished")
            .Where(line => line.Id.Length == 0 || line.Id == id)
            .Where(line => line.Node.Length == 0 || holders.Contains(line.Node)
                || log.Component(peer, (_, _) => true).Contains(line.Node))
            .Max(line => line.Time);
        return log.End - latest > patience;
    }

    private static string? Unless(bool isTrue, string otherwise) => isTrue ? null : otherwise;
}
