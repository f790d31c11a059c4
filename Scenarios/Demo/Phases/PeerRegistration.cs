using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>Phase 2: each peer asks to be let in, and the seed nodes vote.</summary>
internal sealed class PeerRegistration(StepList steps, Majority majority, Act act)
{
    private const string Source = "Document 003: REGISTER_REQUEST \u2192 PROPOSE_REGISTER \u2192 vote YES/NO \u2192"
        + " REGISTER_ACK / REGISTER_NACK.";

    private const string VoteSource =
        "Document 003: a seed node votes YES if the peer isn't already known, else NO; the proposer votes for itself.";

    private readonly DemoNames names = steps.Names;
    private readonly string quorum = NumberWords.Of(majority.Quorum);
    private readonly Dictionary<NodeAddress, VoteCount> votesOn =
        steps.Names.Peers.ToDictionary(peer => peer, _ => new VoteCount(steps.Names, majority));

    public IReadOnlyList<DemoStep> Tell()
    {
        foreach (var moment in act.Moments)
            foreach (var report in moment.Reports) Note(moment, report);
        return steps.InOrder();
    }

    private void Note(DemoMoment moment, in ProtocolEvent report)
    {
        switch (report.Kind)
        {
            case EventKind.RegistrationAsked: TellAsking(moment, report.About); break;
            case EventKind.ProposalOpened: TellProposal(moment, report.About); break;
            case EventKind.VoteCast: TellVote(moment, (Ballot)report.Detail!); break;
            case EventKind.ProposalApproved: TellOutcome(moment, (Ballot)report.Detail!); break;
            case EventKind.EntryCommitted: TellListed(moment, report.About); break;
            case EventKind.Registered: TellMember(moment, report.About); break;
        }
    }

    /// <summary>What has been said of the first peer need not be said for each again.</summary>
    private string OnceOnly(NodeAddress peer, string text) => peer == names.Peers[0] ? text : "";

    private void TellAsking(DemoMoment moment, NodeAddress seedNode)
    {
        var peer = moment.Node;
        steps.At(moment.Time, $"{names.Big(peer)} asks to be let in")
            .Says(
                $"{names.Big(peer)} has just started. It knows the addresses of the seed nodes from its configuration"
                + $" file, and nothing else. It asks {names.Of(seedNode)} to be put on the list of peers.",
                OnceOnly(peer, "If that seed node does not answer, it asks the next one."))
            .Cites(Source)
            .About(peer, seedNode)
            .Looks(DemoLook.Asking, peer)
            .Sends(peer, seedNode, DemoWord.Register);
    }

    private void TellProposal(DemoMoment moment, NodeAddress peer)
    {
        var coordinator = moment.Node;
        steps.At(moment.Time, $"{names.Big(coordinator)} proposes {names.Of(peer)}")
            .Says(
                $"{names.Big(coordinator)} may not let anybody in alone."
                + (majority.Voters == 1
                    ? " But there is no other seed node to ask, so only its own vote is missing."
                    : $" It proposes {names.Of(peer)} to {names.Of(names.SeedNodesBut(coordinator))}, and {quorum} of"
                        + $" the {NumberWords.Of(majority.Voters)} must vote YES."),
                OnceOnly(peer, "Nobody takes another's word for it: every seed node connects to the peer's address"
                    + " itself and looks who answers there."))
            .Cites(Source)
            .About(coordinator, peer)
            .SendsToAll(coordinator, names.SeedNodes, DemoWord.Propose)
            .AllSend(names.SeedNodes, peer, DemoWord.Ping, wave: 1)
            .Shows(votesOn[peer].Table());
    }

    private void TellVote(DemoMoment moment, Ballot ballot)
    {
        var (voter, peer) = (moment.Node, ballot.Entry.Address);
        var votes = votesOn[peer];
        votes.Note(voter, ballot, "it answered there, and its address is not on the list yet");
        var why = ballot.Yes
            ? $"It connected to {peer}: the process that asked answered there, and that address is not on the"
                + " list yet. So it votes YES."
            : $"It votes NO: {ballot.Reason}.";
        steps.At(moment.Time, $"{names.Big(voter)} votes {VoteCount.InWord(ballot.Yes)} on {names.Of(peer)}")
            .Says(
                $"{names.Big(voter)} has looked for itself. {why}",
                votes.Yes > 1
                    ? ""
                    : OnceOnly(peer, "It writes its vote to disk before it tells anybody: it never votes for two"
                        + " different processes at one address, not even when it crashes in between."),
                votes.InWords,
                votes.Decided is { } decided
                    ? $"This vote comes late and is not needed any more: the matter was decided at"
                        + $" {NumberWords.Seconds(decided.TotalSeconds)}. Nobody had to wait for it."
                    : "")
            .Cites(VoteSource)
            .About(voter, peer)
            .Sends(peer, voter, DemoWord.Pong)
            .SendsToAll(voter, names.SeedNodes, VoteCount.Message(ballot.Yes), wave: 1)
            .Shows(votes.Table(voter));
    }

    private void TellOutcome(DemoMoment moment, Ballot ballot)
    {
        var peer = ballot.Entry.Address;
        var votes = votesOn[peer];
        votes.Decided = moment.Time;
        steps.At(moment.Time, $"{majority.Outcome(ballot.Voters)}: {names.Of(peer)} is in")
            .Says(
                $"{majority.HaveVoted(ballot.Voters)}, as {names.Of(moment.Node)} has heard:"
                + $" {DemoNames.Ports(ballot.Voters)}. {majority.WhyEnough}",
                OnceOnly(peer, majority.WhyNoLess))
            .Cites(Majority.Source)
            .About([.. ballot.Voters, peer])
            .Looks(DemoLook.Member, peer)
            .Shows(votes.TableOfHeard(moment.Node, ballot.Voters));
    }

    /// <summary>Told when the last list has it.</summary>
    private void TellListed(DemoMoment moment, NodeAddress peer)
    {
        var done = votesOn[peer].CarriedOut;
        done.Add(moment.Node);
        if (done.Count < majority.Voters || majority.Voters == 1) return;
        var members = votesOn.Values.Count(votes => votes.Decided is not null);
        steps.At(moment.Time, $"{names.Big(peer)} is on all {NumberWords.Of(majority.Voters)} lists")
            .Says(
                "Every seed node counts the votes for itself, and changes its own list when it has heard"
                + $" {quorum} times YES. {names.Big(moment.Node)} was the last to do so.",
                $"On the lists now: {NumberWords.Count(members, "peer")}.")
            .Cites("Document 003 logs: CONSENSUS OUTCOME \u2014 APPROVED: Peer <address>, with the votes and the"
                + " quorum.")
            .About(names.SeedNodes)
            .Shows(votesOn[peer].Table());
    }

    private void TellMember(DemoMoment moment, NodeAddress seedNode) =>
        steps.At(moment.Time, $"{names.Big(moment.Node)} is told")
            .Says(
                $"{names.Big(seedNode)} tells {names.Of(moment.Node)} that it is a member now"
                + (majority.Spare > 0 ? ", as soon as the votes are enough and not only when all have come." : "."))
            .Cites(Source)
            .About(moment.Node, seedNode)
            .Sends(seedNode, moment.Node, DemoWord.Ack);
}
