using System.Globalization;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// From an event to the lines that the source documents print for it (SOURCES section 2), all in one place. Pings and
/// duplicates have no line here, and no line may contain the letters of the former: readers grep for them.
/// </summary>
internal sealed class LogWording(RunFacts facts, DateTimeOffset wallBase)
{
    /// <summary>Names in a <c>Current Peer List</c>; the rest is counted.</summary>
    public const int ListedPeers = 20;

    /// <summary>Characters of a message's text; the rest is counted.</summary>
    private const int LongestText = 200;

    private readonly Dictionary<NodeAddress, SortedSet<NodeAddress>> members = [];

    /// <summary>What each seed node decided last of an address; votes on it still come in after that.</summary>
    private readonly Dictionary<(NodeAddress SeedNode, NodeAddress About), MembershipEntry> decided = [];

    private readonly FruitlessSelections selections = new();

    /// <summary>What the lists here count: a sampled log hears of sampled peers.</summary>
    private readonly string peers = facts.PeersInText is null ? "peers" : "sampled peers";

    /// <summary>Says at the beginning of a sampled log that it is one.</summary>
    public static LogLine Sampled(int peers, RunFacts facts) => Info(
        $"This log follows about {Numbers.Count(peers)} of {Numbers.Count(facts.MostPeers)} peers; "
        + "faults, crashes and removals are those of all");

    /// <summary>Adds the event's lines, often none.</summary>
    public void Write(NodeAddress node, Instant now, in ProtocolEvent e, List<LogLine> lines)
    {
        switch (e.Kind)
        {
            case EventKind.EntryCommitted or EventKind.EntryRecalled:
                WriteEntry(node, e, lines);
                break;
            case EventKind.SeedNodeStarted:
                WriteSeedNodeStart(node, e, lines);
                break;
            default:
                if (Line(node, now, e) is { } line) lines.Add(line);
                break;
        }
    }

    private LogLine? Line(NodeAddress node, Instant now, in ProtocolEvent e) => e.Kind switch
    {
        EventKind.GossipDelivered => Info(Received((Gossip)e.Detail!, e.About, now)),
        EventKind.GossipPublished => Info(Generated(e.Number, (Gossip)e.Detail!)),
        EventKind.GossipRefused => Refused(e.About, (GossipRefusal)e.Detail!),
        EventKind.GossipGivenUp => Info(GivenUp((GossipKey)e.Detail!, e.About)),
        EventKind.RegistrationAsked => Info(Registering(e)),
        EventKind.Registered => Info($"REGISTER_ACK received from seed {e.About}  [epoch={e.Number}]"),
        EventKind.RegistrationRefused => Warning(
            $"REGISTER_NACK received from seed {e.About}  [reason={Reason(((RegisterNack)e.Detail!).Reason)}]"),
        EventKind.PeerListReceived => Info($"Received Peer List from seed {e.About}  [{e.Number} peers]"),
        EventKind.NeighborsSelected => Selected(node, (NodeAddress[])e.Detail!),
        EventKind.NeighborAdded => Connected(node, e.About),
        EventKind.NeighborRemoved => Info($"Disconnected from neighbor {e.About}"),
        EventKind.Joined => Info($"Joined the overlay with {e.Number} neighbors"),
        EventKind.Suspected => Warning($"Suspect {e.About}: no sign of life  [epoch={e.Number}]"),
        EventKind.SuspicionCleared => Info($"{e.About} is no longer suspected: it answered"),
        EventKind.WitnessHeard => Info($"A witness about suspect {e.About}: {Shout(((Witness)e.Detail!).Verdict)}"),
        EventKind.DeathReported => Warning($"DEAD NODE REPORT: {Shown((DeadNode)e.Detail!)}"),
        EventKind.ReportRefused => Info($"Dead node report about {e.About} refused: it lives"),
        EventKind.FoundItselfRemoved => Warning($"This peer was removed from the membership  [epoch={e.Number}]"),
        EventKind.Left => Info($"Left the network  [epoch={e.Number}]"),
        _ => LineOfSeedNode(node, e) ?? LineOfHost(node, e),
    };

    private LogLine? LineOfSeedNode(NodeAddress node, in ProtocolEvent e) => e.Kind switch
    {
        EventKind.LearningFinished => Info("Merged what a quorum of the other seeds knew; voting from now on"),
        EventKind.ProposalOpened => Info(Proposed(node, (Ballot)e.Detail!)),
        EventKind.VoteCast => Info(Voting((Ballot)e.Detail!)),
        EventKind.VoteHeard => Info(Heard(node, (Ballot)e.Detail!)),
        EventKind.ProposalApproved => Info(Outcome("APPROVED", (Ballot)e.Detail!)),
        EventKind.ProposalRejected => Warning(Outcome("REJECTED", (Ballot)e.Detail!)),
        EventKind.RegistrationAcknowledged => Info(
            $"REGISTER_ACK sent to {e.About}  [epoch={((RegisterAck)e.Detail!).Epoch}]"),
        EventKind.RegistrationDenied => Warning(
            $"REGISTER_NACK sent to {e.About}  [reason={Reason(((RegisterNack)e.Detail!).Reason)}]"),
        EventKind.ReportHeard => Warning($"Dead node report received: {Shown(((HeardReport)e.Detail!).Report)}"),
        EventKind.ReportAmbiguous => Warning(
            $"Dead node report ignored: {Shown(((HeardReport)e.Detail!).Report)} names every peer of"
            + $" {e.About.HostText}"),
        EventKind.SilentMemberProbed => Info($"Probing {e.About}: it did not refresh its entry"),
        _ => null,
    };

    private LogLine? LineOfHost(NodeAddress node, in ProtocolEvent e) => e.Kind switch
    {
        // A seed node says so itself, with more to tell.
        EventKind.ProcessStarted when facts.SeedNodes.Contains(node) => null,
        EventKind.ProcessStarted => Started(node),
        EventKind.ProcessCrashed => Error($"Process crashed  [fault={e.Detail}]"),
        EventKind.HandlerThrew => Error($"The node failed: {e.Detail}"),
        EventKind.ProcessPaused => Warning("Process paused"),
        EventKind.ProcessResumed => Warning("Process goes on"),
        EventKind.FaultStruck => Warning(Struck("FAULT", (FaultStrike)e.Detail!)),
        EventKind.FaultEnded => Warning(Struck("FAULT OVER", (FaultStrike)e.Detail!)),
        EventKind.InputRefused when e.Number > 0 => Warning(string.Create(
            CultureInfo.InvariantCulture, $"{e.Number} more refusals and reports within a second are not shown")),
        EventKind.InputRefused => Warning($"Input from {e.About} refused: {e.Detail}"),
        EventKind.OutboxDropped => Warning($"Outbox to {e.About} was full: {e.Number} messages lost"),
        _ => null,
    };

    private void WriteSeedNodeStart(NodeAddress node, in ProtocolEvent e, List<LogLine> lines)
    {
        lines.Add(Info($"Seed node initialized at {node}"));
        lines.Add(Info($"Total seeds: {facts.SeedNodes.Count}, Quorum: {e.Number}"));
        lines.Add(Info($"Seed node listening on {node}"));
        if (e.Detail is true) lines.Add(Warning("The disk is empty: learning from the other seeds before voting"));
    }

    private void WriteEntry(NodeAddress seedNode, in ProtocolEvent e, List<LogLine> lines)
    {
        if (!members.TryGetValue(seedNode, out var list)) members.Add(seedNode, list = []);
        var entry = ((Ballot)e.Detail!).Entry;
        if (entry.IsAlive)
            list.Add(entry.Address);
        else
            list.Remove(entry.Address);

        decided[(seedNode, entry.Address)] = entry;
        if (e.Kind == EventKind.EntryRecalled) return;
        lines.Add(Info(entry.IsAlive
            ? $"Peer {entry.Address} is on the Peer List  [epoch={entry.Epoch}, {list.Count} {peers}]"
            : $"CONFIRMED REMOVAL: {entry.Address}"));
        var whose = facts.PeersInText is null ? "" : " (sampled peers)";
        lines.Add(Info($"Current Peer List{whose}: {Names(list)}"));
    }

    private static string Names(SortedSet<NodeAddress> list)
    {
        var names = string.Join(", ", list.Take(ListedPeers));
        var more = list.Count - ListedPeers;
        return more > 0 ? $"[{names}, and {more} more]" : $"[{names}]";
    }

    private static string Generated(long number, Gossip gossip) =>
        $"Generated gossip #{number}: {gossip.Id}{TextOf(gossip)}";

    private string Received(Gossip gossip, NodeAddress from, Instant now)
    {
        var time = (wallBase.ToUnixTimeMilliseconds() / 1e3) + now.TotalSeconds;
        var recovered = gossip.Recovered ? ", recovered" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Gossip received [from={from}, msg={gossip.Id}, time={time:F3}{recovered}]{TextOf(gossip)}");
    }

    /// <summary>What somebody had a peer say. Texts that only fill a message are not shown.</summary>
    private static string TextOf(Gossip gossip)
    {
        var text = gossip.Text;
        if (text.Length == 0 || text == Peer.PayloadOf(gossip.Number, gossip.Origin, text.Length)) return "";
        return text.Length <= LongestText ? $" \"{text}\"" : $" \"{text[..LongestText]}\"{Rest(text)}";
    }

    /// <summary>Of a report somebody sent: its beginning, and how much more there was.</summary>
    private static string Shown(DeadNode report) => report.Text.Length <= LongestText
        ? report.Text
        : $"{report.Text[..LongestText]}{Rest(report.Text)}";

    private static string Rest(string text) => string.Create(
        CultureInfo.InvariantCulture, $" and {text.Length - LongestText} more characters");

    private static LogLine Refused(NodeAddress from, GossipRefusal refusal) => refusal.Reason == GossipRefusal.SameId
        ? Warning($"Gossip from {from} swallowed as a duplicate: another message has its id {refusal.Gossip.Id}")
        : Info($"Gossip from {from} refused: {refusal.Reason}");

    private string Registering(in ProtocolEvent e)
    {
        NodeAddress[] asked = e.Detail as NodeAddress[] ?? [e.About];
        return $"Registering with {asked.Length}/{facts.SeedNodes.Count} seeds (quorum = {facts.Quorum}): "
            + $"asking {string.Join(", ", asked)}";
    }

    private LogLine? Selected(NodeAddress node, NodeAddress[] targets) => selections.Judge(node, targets, Info(
        $"Selected {targets.Length} neighbors ({facts.NeighborChoice}): [{string.Join(", ", targets)}]"));

    private LogLine Connected(NodeAddress node, NodeAddress neighbor)
    {
        selections.Forget(node);
        return Info($"Connected to neighbor {neighbor}");
    }

    private LogLine Started(NodeAddress peer)
    {
        selections.Forget(peer);
        return Info($"Peer node listening on {peer}");
    }

    private static string Proposed(NodeAddress node, Ballot ballot)
    {
        var selfVote = ballot.Voters.Contains(node) ? "YES" : "PENDING";
        return $"PROPOSAL: {Aim(ballot.Entry, "Register peer")}  [id={ShortId(ballot.Proposal)}, self-vote={selfVote}, "
            + $"votes={ballot.Voters.Length}/{ballot.Quorum} needed]";
    }

    private static string Voting(Ballot ballot)
    {
        var reason = ballot.Yes ? "" : $", reason={Reason(ballot.Reason)}";
        return $"Voting {YesOrNo(ballot)}: {Aim(ballot.Entry, "Register peer")}  "
            + $"[id={ShortId(ballot.Proposal)}{reason}]";
    }

    /// <summary>The event comes before the vote is counted; the line counts it.</summary>
    private string Heard(NodeAddress node, Ballot ballot)
    {
        var isCounted = !ballot.Yes || ballot.Voters.Contains(ballot.Voter);
        var total = $"total {ballot.Voters.Length + (isCounted ? 0 : 1)}/{ballot.Quorum}";
        if (ballot.Voters.Length == 0 && IsDecided(node, ballot.Entry)) total = "decided already";
        var reason = ballot.Yes ? "" : $", reason={Reason(ballot.Reason)}";
        return $"Vote from {ballot.Voter}: {YesOrNo(ballot)}  ({total}{reason})";
    }

    private bool IsDecided(NodeAddress seedNode, in MembershipEntry entry) =>
        decided.TryGetValue((seedNode, entry.Address), out var last) && !entry.Supersedes(last);

    private string Outcome(string outcome, Ballot ballot)
    {
        var reason = ballot.Reason == RefusalReason.None ? "" : $", reason={Reason(ballot.Reason)}";
        return $"CONSENSUS OUTCOME — {outcome}: {Aim(ballot.Entry, "Peer")}  "
            + $"[votes={ballot.Voters.Length}/{facts.SeedNodes.Count}, quorum={ballot.Quorum}{reason}]";
    }

    private static string Struck(string what, FaultStrike strike) =>
        $"{what}: {StrikeWords.What(strike)}  [fault={strike.FaultId}, targets={StrikeWords.Targets(strike)}]";

    private static string Aim(in MembershipEntry entry, string register) =>
        entry.IsAlive ? $"{register} {entry.Address}" : $"Remove {(register == "Peer" ? "" : "peer ")}{entry.Address}";

    // Document 003 shows six characters; the event log has the whole name of the proposal.
    private static string ShortId(ProposalId proposal)
    {
        var hash = Mix64.Of(proposal.Coordinator.Packed, (ulong)proposal.Counter);
        return (hash >> 40).ToString("x6", CultureInfo.InvariantCulture);
    }

    private static string YesOrNo(Ballot ballot) => ballot.Yes ? "YES" : "NO";

    private static string Shout(Verdict verdict) => verdict.ToString().ToUpperInvariant();

    private static string Reason(RefusalReason reason) => reason switch
    {
        RefusalReason.Unreachable => "UNREACHABLE",
        RefusalReason.AddrInUse => "ADDR_IN_USE",
        RefusalReason.OldEpoch => "OLD_EPOCH",
        RefusalReason.AlreadyVoted => "ALREADY_VOTED",
        RefusalReason.NoQuorum => "NO_QUORUM",
        RefusalReason.StillAlive => "STILL_ALIVE",
        _ => reason.ToString().ToUpperInvariant(),
    };

    private static string GivenUp(GossipKey key, NodeAddress asked) => string.Create(
        CultureInfo.InvariantCulture,
        $"Gossip #{key.Number} of {key.Origin} given up: {asked} no longer has its text either");

    private static LogLine Info(string text) => new(LogLevel.Info, text);

    private static LogLine Warning(string text) => new(LogLevel.Warning, text);

    private static LogLine Error(string text) => new(LogLevel.Error, text);
}
