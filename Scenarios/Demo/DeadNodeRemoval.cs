using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// Phase 6: the report, each seed node's own look, the votes, and the removal; with one seed node asleep where the
/// others are enough.
/// </summary>
internal sealed class DeadNodeRemoval(DemoNames names, SeedNodeOptions options, Majority majority)
{
    private const string Source =
        "Document 003: DEAD_NODE_REPORT \u2192 PROPOSE_REMOVE \u2192 votes \u2192 remove \u2192 broadcast"
        + " REMOVAL_NOTIFY.";

    private readonly StepList steps = new(names);
    private readonly VoteCount votes = new(names, majority);
    private readonly List<NodeAddress> reporters = [];
    private readonly List<(NodeAddress One, NodeAddress Other)> ended = [];
    private readonly List<(NodeAddress One, NodeAddress Other)> added = [];
    private readonly HashSet<(NodeAddress At, NodeAddress Neighbor)> halves = [];
    private readonly HashSet<NodeAddress> retried = [];
    private FailureAct act = null!;
    private Instant lastEnded;
    private Instant lastAdded;
    private Instant? decided;
    private NodeAddress[] deciders = [];

    private string Victim => names.Of(act.Victim);

    public IReadOnlyList<DemoStep> Tell(FailureAct told)
    {
        act = told;
        if (act.Stopped is { } stopped) TellAsleep(stopped);
        foreach (var moment in act.Moments.Where(moment => moment.Time >= act.Crashed)) Note(moment);
        TellLetGo();
        TellRepair();
        if (act.Stopped is { } woken) TellAwake(woken);
        TellEnd();
        return steps.InOrder();
    }

    private void Note(DemoMoment moment)
    {
        if (moment.Input is { Kind: InputKind.Timer, Timer.Kind: TimerKind.SeedProbeTimeout }
            && moment.Input.Timer.About == act.Victim && moment.Sent<Ping>().Any())
            TellSecondLook(moment);
        foreach (var report in moment.Reports)
        {
            if (report.Kind == EventKind.NeighborAdded) NoteLink(moment, report.About);
            else if (report.About == act.Victim) Note(moment, report);
        }
    }

    private void Note(DemoMoment moment, in ProtocolEvent report)
    {
        switch (report.Kind)
        {
            case EventKind.ReportHeard: TellReport(moment, (DeadNode)report.Detail!); break;
            case EventKind.ProposalOpened: TellProposal(moment); break;
            case EventKind.VoteCast: TellVote(moment, (Ballot)report.Detail!); break;
            case EventKind.ProposalApproved: TellOutcome(moment, (Ballot)report.Detail!); break;
            case EventKind.EntryCommitted: TellListed(moment, (Ballot)report.Detail!); break;
            case EventKind.NeighborRemoved:
                ended.Add((moment.Node, act.Victim));
                lastEnded = moment.Time;
                break;
        }
    }

    private void NoteLink(DemoMoment moment, NodeAddress other)
    {
        halves.Add((moment.Node, other));
        if (!halves.Contains((other, moment.Node))) return;
        added.Add((moment.Node, other));
        lastAdded = moment.Time;
    }

    private void TellReport(DemoMoment moment, DeadNode report)
    {
        var reporter = moment.Input.From;
        var isFirst = reporters.Count == 0;
        reporters.Add(reporter);
        steps.Add(moment.Time, new DemoStep
        {
            Title = isFirst
                ? $"{names.Big(reporter)} reports the death to {names.Of(moment.Node)}"
                : $"{names.Big(reporter)} reports the same",
            Text = StepList.Text(
                $"The report says: {report.Text}",
                isFirst
                    ? "That is who is dead, when it was noticed (in seconds since 1970) and who says so. It is"
                        + " evidence, but not a decision: were a report enough, one liar could throw out anybody."
                    : $"It joins what is going on already; that makes {NumberWords.Count(reporters.Count, "reporter")}."
                        + " The number does not matter, since the seed nodes look for themselves."),
            Source = "Documents 001 and 003: Dead Node:<IP>:<Port>:<ts>:<reporter IP>.",
            Nodes = [steps[reporter], steps[moment.Node], steps[act.Victim]],
            Messages = [steps.Message(reporter, moment.Node, DemoWord.Report)],
        });
    }

    private void TellAsleep(NodeAddress seedNode) => steps.Add(act.FirstReport, new DemoStep
    {
        Title = $"We put {names.Of(seedNode)} to sleep",
        Text = StepList.Text(
            $"To show what a majority is good for, we stop {names.Of(seedNode)} now. It hears nothing and says nothing."
            + $" {NumberWords.Big(majority.Voters - 1)} of {NumberWords.Of(majority.Voters)} seed nodes still work;"
            + $" {NumberWords.Of(majority.Quorum)} are needed."),
        Source = Majority.Source,
        Nodes = [steps[seedNode]],
        States = [steps.Look(seedNode, DemoLook.Stopped)],
    });

    private void TellProposal(DemoMoment moment)
    {
        var awake = names.SeedNodes.Where(seedNode => seedNode != act.Stopped).ToArray();
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(moment.Node)} proposes to remove {Victim}",
            Text = StepList.Text(
                (majority.Voters == 1
                    ? $"{names.Big(moment.Node)} has nobody to ask, but it does not simply believe the report."
                    : $"{names.Big(moment.Node)} asks all seed nodes to vote. None of them believes the report: each"
                        + " looks for itself.")
                + $" {(awake.Length == 1 ? "It connects" : "They connect")} to {act.Victim} and wait"
                + $"{(awake.Length == 1 ? "s" : "")} {NumberWords.Seconds(options.ProbeTimeout.TotalSeconds)} for an"
                + $" answer, {NumberWords.Of(options.ProbeAttempts)} times.",
                "Document 003 lets seed nodes vote on a report that they cannot check. Then one liar could remove"
                + " anybody, so here each checks."),
            Source = Source,
            Nodes = [steps[moment.Node], steps[act.Victim]],
            Messages =
            [
                .. names.SeedNodes.Where(other => other != moment.Node).Select(other => steps.Message(
                    moment.Node, other, DemoWord.Propose, isLost: other == act.Stopped)),
                .. awake.Select(seedNode => steps.Message(seedNode, act.Victim, DemoWord.Ping, 1, isLost: true)),
            ],
            Tables = [votes.Table()],
        });
    }

    private void TellSecondLook(DemoMoment moment)
    {
        if (decided is not null || !retried.Add(moment.Node)) return;
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(moment.Node)} tries once more",
            Text = StepList.Text(
                $"No answer from {Victim} within {NumberWords.Seconds(options.ProbeTimeout.TotalSeconds)}."
                + $" {names.Big(moment.Node)} does not vote after the first missed answer either: it tries again."),
            Nodes = [steps[moment.Node], steps[act.Victim]],
            Messages = [steps.Message(moment.Node, act.Victim, DemoWord.Ping, isLost: true)],
            Tables = [votes.Table(moment.Node)],
        });
    }

    private void TellVote(DemoMoment moment, Ballot ballot)
    {
        var why = ballot.Yes
            ? $"{NumberWords.Of(options.ProbeAttempts)} tries, no answer"
            : ballot.Reason.ToString();
        votes.Note(moment.Node, ballot.Yes, why);
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(moment.Node)} votes {(ballot.Yes ? "YES" : "NO")} on the removal",
            Text = StepList.Text(
                $"{names.Big(moment.Node)} goes by what it saw itself: {why}. {votes.InWords}",
                decided is not null ? "The matter was decided before; this vote changes nothing." : ""),
            Source = Source,
            Nodes = [steps[moment.Node]],
            Messages =
            [
                .. names.SeedNodes.Where(other => other != moment.Node).Select(other => steps.Message(
                    moment.Node, other, ballot.Yes ? DemoWord.VoteYes : DemoWord.VoteNo,
                    isLost: other == act.Stopped && moment.Time < act.WokenUp)),
            ],
            Tables = [votes.Table(moment.Node)],
        });
    }

    private void TellOutcome(DemoMoment moment, Ballot ballot)
    {
        (decided, deciders) = (moment.Time, ballot.Voters);
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{NumberWords.Big(ballot.Voters.Length)} of {NumberWords.Of(majority.Voters)} voted YES:"
                + $" {Victim} is removed",
            Text = StepList.Text(
                $"{NumberWords.Capital(majority.Share(ballot.Voters.Length))}"
                + $" {(ballot.Voters.Length == 1 ? "has" : "have")} now voted YES: {DemoNames.Ports(ballot.Voters)}."
                + $" {majority.WhyEnough}",
                act.Stopped is { } stopped
                    ? $"You see it here: {names.Of(stopped)} sleeps, and the removal goes through without it."
                    : "",
                "These votes together are the certificate of the removal: it names those who decided, and they can be"
                + " asked."),
            Source = Majority.Source,
            Nodes = [.. ballot.Voters.Select(voter => steps[voter]), steps[act.Victim]],
            States = [steps.Look(act.Victim, DemoLook.Removed)],
            Messages = [.. reporters.Select(reporter => steps.Message(moment.Node, reporter, DemoWord.Removed))],
            Tables = [votes.TableOfHeard(moment.Node, ballot.Voters)],
        });
    }

    private void TellListed(DemoMoment moment, Ballot ballot)
    {
        if (moment.Time == decided || moment.Node == act.Stopped) return;
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(moment.Node)} strikes {Victim} off its list",
            Text = StepList.Text(
                $"{names.Big(moment.Node)} has counted the votes itself: {NumberWords.Of(ballot.Voters.Length)} YES"
                + $" ({DemoNames.Ports(ballot.Voters)}), and {NumberWords.Of(majority.Quorum)} are needed."),
            Source = "Document 003 logs: CONFIRMED REMOVAL: <address>.",
            Nodes = [steps[moment.Node]],
        });
    }

    private void TellLetGo()
    {
        if (ended.Count == 0) return;
        steps.Add(lastEnded, new DemoStep
        {
            Title = $"The neighbors let go of {Victim}",
            Text = StepList.Text(
                $"Those who had reported it are told that it was removed, and end their links:"
                + $" {names.Of(act.Neighbors)}."),
            Source = Source,
            Nodes = [.. act.Neighbors.Select(neighbor => steps[neighbor])],
            Links = [.. ended.Select(link => steps.Link(link.One, link.Other, stands: false))],
        });
    }

    private void TellRepair()
    {
        if (added.Count == 0) return;
        steps.Add(lastAdded, new DemoStep
        {
            Title = $"{NumberWords.Capital(NumberWords.Count(added.Count, "new link"))} for the lost ones",
            Text = StepList.Text(
                "Who has too few neighbors left, or no older one, looks for others: among those of the dead peer, or on"
                + " the list of a seed node."),
            Source = "No document says what to do after losing neighbors; without it, peers could stay alone for ever.",
            Nodes = [.. added.Select(link => steps[link.One])],
            Links = [.. added.Select(link => steps.Link(link.One, link.Other, stands: true))],
        });
    }

    private void TellAwake(NodeAddress seedNode)
    {
        steps.Add(act.WokenUp, new DemoStep
        {
            Title = $"{names.Big(seedNode)} wakes up",
            Text = StepList.Text(
                $"It slept for {NumberWords.Seconds(Math.Round((act.WokenUp - act.FirstReport).TotalSeconds, 1))}."
                + " Nobody had waited for it."),
            Nodes = [steps[seedNode]],
            States = [steps.Look(seedNode, DemoLook.Ready)],
        });
        var caughtUp = act.Moments.First(moment => moment.Node == seedNode
            && moment.ReportsOf(EventKind.EntryCommitted).Any(report => report.About == act.Victim));
        steps.Add(caughtUp.Time, new DemoStep
        {
            Title = $"{names.Big(seedNode)} catches up",
            Text = StepList.Text(
                $"It finds the votes of the others, counts {NumberWords.Of(majority.Quorum)} times YES itself, and"
                + $" strikes {Victim} off its list too. All {NumberWords.Of(majority.Voters)} lists are equal again."),
            Source = "Document 003: seed nodes synchronize their lists with each other.",
            Nodes = [steps[seedNode]],
            Messages = [.. steps.ToAll(seedNode, deciders, DemoWord.PeerList).Select(Turned)],
        });
    }

    private static DemoMessage Turned(DemoMessage message) => message with { From = message.To, To = message.From };

    private void TellEnd()
    {
        var after = (decided!.Value - act.Crashed).TotalSeconds;
        steps.Add(act.Moments[^1].Time, new DemoStep
        {
            Title = "What you have seen",
            Text = StepList.Text(
                $"{NumberWords.Capital(Victim)} died and was taken off the list"
                + $" {NumberWords.Seconds(Math.Round(after, 1))} later.",
                "Why not at the first missed ping? Because a peer that is only busy misses a ping too. So three misses"
                + " in a row are needed, then witnesses, then the seed nodes' own look.",
                majority.Voters == 1
                    ? "Why was one vote enough? Because there is one seed node only. With three, two would be enough,"
                        + " and one could fail."
                    : $"Why were {NumberWords.Of(majority.Quorum)} votes of {NumberWords.Of(majority.Voters)} enough?"
                        + $" Because {NumberWords.Of(majority.Quorum)} is more than half: two groups that decide"
                        + " different things would need to share a seed node, and each votes once. "
                        + (majority.Spare > 0
                            ? $"So {NumberWords.Count(majority.Spare, "seed node")} may be dead or slow, as"
                                + $" {names.Of(act.Stopped!.Value)} was."
                            : "But none may be missing.")),
            Source = "Document 003, phase 6: Dead-Node Removal.",
            Nodes = [steps[act.Victim]],
            Tables = [votes.Table()],
        });
    }
}
