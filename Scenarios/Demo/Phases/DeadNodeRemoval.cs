using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// Phase 6: the report, each seed node's own look, the votes, and the removal; with one seed node asleep where the
/// others are enough.
/// </summary>
internal sealed class DeadNodeRemoval(StepList steps, SeedNodeOptions options, Majority majority, FailureAct act)
{
    private readonly DemoNames names = steps.Names;
    private readonly DeathReports reports = new(steps, act);
    private readonly RemovalVote vote = new(steps, options, majority, act);
    private readonly LostLinks links = new(steps, act);

    public IReadOnlyList<DemoStep> Tell()
    {
        var sleeper = act.Stopped is { } stopped ? new SleepingSeedNode(steps, stopped, majority, act) : null;
        sleeper?.TellSleep();
        foreach (var moment in act.AfterCrash) Note(moment);
        links.TellLetGo();
        links.TellRepair();
        sleeper?.TellWaking();
        sleeper?.TellCatchingUp(vote.Deciders);
        TellEnd();
        return steps.InOrder();
    }

    private void Note(DemoMoment moment)
    {
        if (moment.Input is { Kind: InputKind.Timer, Timer.Kind: TimerKind.SeedProbeTimeout }
            && moment.Input.Timer.About == act.Victim && moment.Sent<Ping>().Any())
            vote.TellSecondLook(moment);
        foreach (var report in moment.Reports)
        {
            if (report.Kind == EventKind.NeighborAdded) links.NoteAdded(moment, report.About);
            else if (report.About == act.Victim) Note(moment, report);
        }
    }

    private void Note(DemoMoment moment, in ProtocolEvent report)
    {
        switch (report.Kind)
        {
            case EventKind.ReportHeard: reports.Tell(moment, ((HeardReport)report.Detail!).Report.Text); break;
            case EventKind.ProposalOpened: vote.TellProposal(moment); break;
            case EventKind.VoteCast: vote.TellVote(moment, (Ballot)report.Detail!); break;
            case EventKind.ProposalApproved:
                vote.TellOutcome(moment, ((Ballot)report.Detail!).Voters, reports.Reporters);
                break;
            case EventKind.EntryCommitted: vote.TellListed(moment, ((Ballot)report.Detail!).Voters); break;
            case EventKind.NeighborRemoved: links.NoteEnded(moment); break;
        }
    }

    private void TellEnd() => steps.At(act.Moments[^1].Time, "What you have seen")
        .Says(
            $"{names.Big(act.Victim)} died and was taken off the list"
            + $" {NumberWords.TenthsOfSeconds(vote.Decided - act.Crashed)} later.",
            "Why not at the first missed ping? Because a peer that is only busy misses a ping too. So three misses"
            + " in a row are needed, then witnesses, then the seed nodes' own look.",
            majority.Voters == 1
                ? "Why was one vote enough? Because there is one seed node only. With three, two would be enough,"
                    + " and one could fail."
                : $"Why were {NumberWords.Of(majority.Quorum)} votes of {NumberWords.Of(majority.Voters)} enough?"
                    + $" Because {NumberWords.Of(majority.Quorum)} is more than half: two groups that decide"
                    + $" different things would need to share a seed node, and each votes once. {HowManyMayFail()}")
        .Cites("Document 003, phase 6: Dead-Node Removal.")
        .About(act.Victim)
        .Shows(vote.Table);

    private string HowManyMayFail() => act.Stopped is { } stopped
        ? $"So {NumberWords.Count(majority.Spare, "seed node")} may be dead or slow, as {names.Of(stopped)} was."
        : "But none may be missing.";
}
