using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>Phase 2: each peer asks to be let in, and the seed nodes vote.</summary>
internal sealed class PeerRegistration(DemoNames names, Majority majority)
{
    private const string Source = "Document 003: REGISTER_REQUEST \u2192 PROPOSE_REGISTER \u2192 vote YES/NO \u2192"
        + " REGISTER_ACK / REGISTER_NACK.";

    private const string VoteSource =
        "Document 003: a seed node votes YES if the peer isn't already known, else NO; the proposer votes for itself.";

    private readonly StepList steps = new(names);
    private readonly Dictionary<NodeAddress, Request> requests = [];

    /// <summary>A peer's request, and how far the seed nodes are with it.</summary>
    private sealed record Request(VoteCount Votes)
    {
        public Instant? Decided { get; set; }

        public HashSet<NodeAddress> Listed { get; } = [];
    }

    public IReadOnlyList<DemoStep> Tell(Act act)
    {
        foreach (var moment in act.Moments)
        {
            foreach (var report in moment.Reports)
            {
                switch (report.Kind)
                {
                    case EventKind.RegistrationAsked: TellAsking(moment, report); break;
                    case EventKind.ProposalOpened: TellProposal(moment, report.About); break;
                    case EventKind.VoteCast: TellVote(moment, (Ballot)report.Detail!); break;
                    case EventKind.ProposalApproved: TellOutcome(moment, (Ballot)report.Detail!); break;
                    case EventKind.EntryCommitted: TellListed(moment, report.About); break;
                    case EventKind.Registered: TellMember(moment, report); break;
                }
            }
        }

        return steps.InOrder();
    }

    private Request RequestOf(NodeAddress peer)
    {
        if (!requests.TryGetValue(peer, out var request))
            requests.Add(peer, request = new Request(new VoteCount(names, majority)));
        return request;
    }

    /// <summary>What has been said once need not be said for each peer again.</summary>
    private bool IsFirst(NodeAddress peer) => peer == names.Peers[0];

    private string OnceOnly(NodeAddress peer, string text) => IsFirst(peer) ? text : "";

    private void TellAsking(DemoMoment moment, in ProtocolEvent report)
    {
        var peer = moment.Node;
        RequestOf(peer);
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(peer)} asks to be let in",
            Text = StepList.Text(
                $"{names.Big(peer)} has just started. It knows the addresses of the seed nodes from its configuration"
                + $" file, and nothing else. It asks {names.Of(report.About)} to be put on the list of peers.",
                OnceOnly(peer, "If that seed node does not answer, it asks the next one.")),
            Source = Source,
            Nodes = [steps[peer], steps[report.About]],
            States = [steps.Look(peer, DemoLook.Asking)],
            Messages = [steps.Message(peer, report.About, DemoWord.Register)],
        });
    }

    private void TellProposal(DemoMoment moment, NodeAddress peer)
    {
        var coordinator = moment.Node;
        var all = names.SeedNodes;
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(coordinator)} proposes {names.Of(peer)}",
            Text = StepList.Text(
                $"{names.Big(coordinator)} may not let anybody in alone."
                + (all.Count == 1
                    ? " But there is no other seed node to ask, so only its own vote is missing."
                    : $" It proposes {names.Of(peer)} to {names.Of(Others(coordinator))}, and"
                        + $" {NumberWords.Of(majority.Quorum)} of the {NumberWords.Of(all.Count)} must vote YES."),
                OnceOnly(peer, "Nobody takes another's word for it: every seed node connects to the peer's address"
                    + " itself and looks who answers there.")),
            Source = Source,
            Nodes = [steps[coordinator], steps[peer]],
            Messages =
            [
                .. steps.ToAll(coordinator, all, DemoWord.Propose),
                .. all.Select(seedNode => steps.Message(seedNode, peer, DemoWord.Ping, wave: 1)),
            ],
            Tables = [RequestOf(peer).Votes.Table()],
        });
    }

    private IReadOnlyList<NodeAddress> Others(NodeAddress seedNode) =>
        [.. names.SeedNodes.Where(other => other != seedNode)];

    private void TellVote(DemoMoment moment, Ballot ballot)
    {
        var (voter, peer) = (moment.Node, ballot.Entry.Address);
        var request = RequestOf(peer);
        request.Votes.Note(voter, ballot.Yes, ballot.Yes
            ? "it answered there, and its address is not on the list yet"
            : ballot.Reason.ToString());
        var why = ballot.Yes
            ? $"It connected to {peer}: the process that asked answered there, and that address is not on the"
                + " list yet. So it votes YES."
            : $"It votes NO: {ballot.Reason}.";
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(voter)} votes {(ballot.Yes ? "YES" : "NO")} on {names.Of(peer)}",
            Text = StepList.Text(
                $"{names.Big(voter)} has looked for itself. {why}",
                request.Votes.Yes > 1
                    ? ""
                    : OnceOnly(peer, "It writes its vote to disk before it tells anybody: it never votes for two"
                        + " different processes at one address, not even when it crashes in between."),
                request.Votes.InWords,
                request.Decided is { } decided
                    ? $"This vote comes late and is not needed any more: the matter was decided at"
                        + $" {NumberWords.Seconds(decided.TotalSeconds)}. Nobody had to wait for it."
                    : ""),
            Source = VoteSource,
            Nodes = [steps[voter], steps[peer]],
            Messages =
            [
                steps.Message(peer, voter, DemoWord.Pong),
                .. steps.ToAll(
                    voter, names.SeedNodes, ballot.Yes ? DemoWord.VoteYes : DemoWord.VoteNo, wave: 1),
            ],
            Tables = [request.Votes.Table(voter)],
        });
    }

    private void TellOutcome(DemoMoment moment, Ballot ballot)
    {
        var peer = ballot.Entry.Address;
        var request = RequestOf(peer);
        request.Decided = moment.Time;
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{NumberWords.Big(ballot.Voters.Length)} of {NumberWords.Of(majority.Voters)} voted YES:"
                + $" {names.Of(peer)} is in",
            Text = StepList.Text(
                $"{NumberWords.Capital(majority.Share(ballot.Voters.Length))} {HaveVoted(ballot.Voters)} YES, as"
                + $" {names.Of(moment.Node)} has heard: {DemoNames.Ports(ballot.Voters)}. {majority.WhyEnough}",
                OnceOnly(peer, majority.WhyNoLess)),
            Source = Majority.Source,
            Nodes = [.. ballot.Voters.Select(voter => steps[voter]), steps[peer]],
            States = [steps.Look(peer, DemoLook.Member)],
            Tables = [request.Votes.TableOfHeard(moment.Node, ballot.Voters)],
        });
    }

    private static string HaveVoted(NodeAddress[] voters) =>
        voters.Length == 1 ? "has now voted" : "have now voted";

    /// <summary>Told when the last list has it.</summary>
    private void TellListed(DemoMoment moment, NodeAddress peer)
    {
        var listed = RequestOf(peer).Listed;
        listed.Add(moment.Node);
        if (listed.Count < names.SeedNodes.Count || listed.Count == 1) return;
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(peer)} is on all {NumberWords.Of(listed.Count)} lists",
            Text = StepList.Text(
                $"Every seed node counts the votes for itself, and changes its own list when it has heard"
                + $" {NumberWords.Of(majority.Quorum)} times YES. {names.Big(moment.Node)} was the last to do so.",
                $"On the lists now: {NumberWords.Count(MembersSoFar(), "peer")}."),
            Source = "Document 003 logs: CONSENSUS OUTCOME \u2014 APPROVED: Peer <address>, with the votes and the"
                + " quorum.",
            Nodes = [.. names.SeedNodes.Select(seedNode => steps[seedNode])],
            Tables = [RequestOf(peer).Votes.Table()],
        });
    }

    private int MembersSoFar() => requests.Values.Count(request => request.Decided is not null);

    private void TellMember(DemoMoment moment, in ProtocolEvent report) => steps.Add(moment.Time, new DemoStep
    {
        Title = $"{names.Big(moment.Node)} is told",
        Text = StepList.Text(
            $"{names.Big(report.About)} tells {names.Of(moment.Node)} that it is a member now"
            + (majority.Spare > 0 ? ", as soon as the votes are enough and not only when all have come." : ".")),
        Source = Source,
        Nodes = [steps[moment.Node], steps[report.About]],
        Messages = [steps.Message(report.About, moment.Node, DemoWord.Ack)],
    });
}
