using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>The seed nodes look for themselves, vote, and strike the victim off their lists.</summary>
internal sealed class RemovalVote(StepList steps, SeedNodeOptions options, Majority majority, FailureAct act)
{
    public const string Source =
        "Document 003: DEAD_NODE_REPORT \u2192 PROPOSE_REMOVE \u2192 votes \u2192 remove \u2192 broadcast"
        + " REMOVAL_NOTIFY.";

    private readonly DemoNames names = steps.Names;
    private readonly string victim = steps.Names.Of(act.Victim);
    private readonly string patience = NumberWords.Seconds(options.ProbeTimeout.TotalSeconds);
    private readonly VoteCount votes = new(steps.Names, majority);
    private readonly HashSet<NodeAddress> retried = [];

    /// <summary>Whose votes were the first that were enough.</summary>
    public NodeAddress[] Deciders { get; private set; } = [];

    public Instant Decided => votes.Decided!.Value;

    public DemoTable Table => votes.Table();

    public void TellProposal(DemoMoment moment)
    {
        var awake = names.SeedNodes.Where(seedNode => seedNode != act.Stopped).ToArray();
        steps.At(moment.Time, $"{names.Big(moment.Node)} proposes to remove {victim}")
            .Says(
                (majority.Voters == 1
                    ? $"{names.Big(moment.Node)} has nobody to ask, but it does not simply believe the report."
                    : $"{names.Big(moment.Node)} asks all seed nodes to vote. None of them believes the report: each"
                        + " looks for itself.")
                + (awake.Length == 1
                    ? $" It connects to {act.Victim} and waits"
                    : $" They connect to {act.Victim} and wait")
                + $" {patience} for an answer, {NumberWords.Of(options.ProbeAttempts)} times.",
                "Document 003 lets seed nodes vote on a report that they cannot check. Then one liar could remove"
                + " anybody, so here each checks.")
            .Cites(Source)
            .About(moment.Node, act.Victim)
            .SendsToAll(moment.Node, names.SeedNodes, DemoWord.Propose, asleep: act.Stopped)
            .AllSend(awake, act.Victim, DemoWord.Ping, wave: 1, isLost: true)
            .Shows(votes.Table());
    }

    /// <summary>Told once of each seed node, and only while the matter is open.</summary>
    public void TellSecondLook(DemoMoment moment)
    {
        if (votes.Decided is not null || !retried.Add(moment.Node)) return;
        steps.At(moment.Time, $"{names.Big(moment.Node)} tries once more")
            .Says(
                $"No answer from {victim} within {patience}."
                + $" {names.Big(moment.Node)} does not vote after the first missed answer either: it tries again.")
            .About(moment.Node, act.Victim)
            .Sends(moment.Node, act.Victim, DemoWord.Ping, isLost: true)
            .Shows(votes.Table(moment.Node));
    }

    public void TellVote(DemoMoment moment, Ballot ballot)
    {
        var why = votes.Note(moment.Node, ballot, $"{NumberWords.Of(options.ProbeAttempts)} tries, no answer");
        steps.At(moment.Time, $"{names.Big(moment.Node)} votes {VoteCount.InWord(ballot.Yes)} on the removal")
            .Says(
                $"{names.Big(moment.Node)} goes by what it saw itself: {why}. {votes.InWords}",
                votes.Decided is not null ? "The matter was decided before; this vote changes nothing." : "")
            .Cites(Source)
            .About(moment.Node)
            .SendsToAll(
                moment.Node, names.SeedNodes, VoteCount.Message(ballot.Yes),
                asleep: moment.Time < act.WokenUp ? act.Stopped : null)
            .Shows(votes.Table(moment.Node));
    }

    /// <param name="reporters">Are told first.</param>
    public void TellOutcome(DemoMoment moment, NodeAddress[] voters, IReadOnlyList<NodeAddress> reporters)
    {
        votes.Decided = moment.Time;
        Deciders = voters;
        steps.At(moment.Time, $"{majority.Outcome(voters)}: {victim} is removed")
            .Says(
                $"{majority.HaveVoted(voters)}: {DemoNames.Ports(voters)}. {majority.WhyEnough}",
                act.Stopped is { } stopped
                    ? $"You see it here: {names.Of(stopped)} sleeps, and the removal goes through without it."
                    : "",
                "These votes together are the certificate of the removal: it names those who decided, and they can be"
                + " asked.")
            .Cites(Majority.Source)
            .About([.. voters, act.Victim])
            .Looks(DemoLook.Removed, act.Victim)
            .SendsToAll(moment.Node, reporters, DemoWord.Removed)
            .Shows(votes.TableOfHeard(moment.Node, voters));
    }

    /// <summary>By each seed node but the one that was first, and the one that catches up later.</summary>
    public void TellListed(DemoMoment moment, NodeAddress[] voters)
    {
        if (moment.Time == votes.Decided || moment.Node == act.Stopped) return;
        steps.At(moment.Time, $"{names.Big(moment.Node)} strikes {victim} off its list")
            .Says(
                $"{names.Big(moment.Node)} has counted the votes itself: {NumberWords.Of(voters.Length)} YES"
                + $" ({DemoNames.Ports(voters)}), and {NumberWords.Of(majority.Quorum)} are needed.")
            .Cites("Document 003 logs: CONFIRMED REMOVAL: <address>.")
            .About(moment.Node);
    }
}
