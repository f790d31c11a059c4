using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// Phase 5: a peer stands still for a moment, and later dies. Its neighbors see the same at first; told are the misses,
/// the suspicion, what the witnesses say, and what their majority leads to.
/// </summary>
internal sealed class FailureDetection(StepList steps, Watchers watchers, PeerOptions options, FailureAct act)
{
    private const string Source = "Document 003, phase 5: Failure Detection.";

    private readonly DemoNames names = steps.Names;
    private readonly string victim = steps.Names.Of(act.Victim);
    private readonly MissedPings misses = new(steps, watchers, options, act);
    private readonly WitnessVote witnesses = new(steps, watchers, options, act);
    private Instant lastReport;

    public IReadOnlyList<DemoStep> Tell()
    {
        TellWhoWatches();
        TellPause();
        Follow(act.Moments.Where(moment => moment.Time < act.Resumed));
        TellGoingOn();
        Follow(act.Moments.Where(moment => moment.Time >= act.Resumed && moment.Time < act.Crashed));
        TellCrash();
        Follow(act.AfterCrash);
        TellComparison();
        return steps.InOrder();
    }

    private void Follow(IEnumerable<DemoMoment> moments)
    {
        foreach (var moment in moments)
            if (watchers.Find(moment.Node) is { } watcher) Note(moment, watcher);
    }

    private void Note(DemoMoment moment, Watcher watcher)
    {
        if (moment.IsMessageFrom(act.Victim) && watcher.Misses > 0) misses.TellSignOfLife(moment.Time, watcher);
        foreach (var report in moment.Reports.Where(report => report.About == act.Victim))
        {
            switch (report.Kind)
            {
                case EventKind.SignOfLifeMissed when !watcher.IsSuspicious:
                    misses.TellMiss(moment.Time, watcher, (int)report.Number);
                    break;
                case EventKind.Suspected:
                    witnesses.TellSuspicion(moment, watcher);
                    break;
                case EventKind.WitnessHeard:
                    witnesses.TellAnswer(moment, watcher, ((Witness)report.Detail!).Verdict);
                    break;
                case EventKind.DeathReported:
                    lastReport = moment.Time;
                    witnesses.TellConclusion(moment.Time, watcher, ((DeadNode)report.Detail!).Flag);
                    break;
            }
        }
    }

    private void TellWhoWatches()
    {
        var followed = watchers.Addresses;
        steps.At(act.Begin, $"Who looks after {victim}?")
            .Says(
                $"Its neighbors do: {names.Of(act.Neighbors)}. When a neighbor has been silent for"
                + $" {NumberWords.Seconds(options.PingInterval.TotalSeconds)}, a peer asks it: are you there? That is a"
                + $" ping. The answer must come within {NumberWords.Seconds(options.PingTimeout.TotalSeconds)}, or it"
                + " counts as missed.",
                act.Neighbors.Count > followed.Count
                    ? $"Of the {NumberWords.Of(act.Neighbors.Count)} neighbors we follow"
                        + $" {NumberWords.Of(followed.Count)}: {DemoNames.Ports(followed)}."
                    : "")
            .Cites("Documents 000 to 004: periodic ping of the neighbors; 001 every 13 s. Here it is faster, so that"
                + " you need not wait.")
            .About([act.Victim, .. act.Neighbors])
            // The message of the phase before has done its part.
            .Looks(DemoLook.Member, names.Peers)
            .Shows(watchers.Table());
    }

    private void TellPause() => steps
        .At(
            act.Begin,
            $"We stop {victim}, but only for {NumberWords.Seconds((act.Resumed - act.Begin).TotalSeconds)}")
        .Says(
            $"{names.Big(act.Victim)} is not dead. It is only very busy for a moment, as it happens on any"
            + " computer. Nobody is told. Watch what its neighbors make of it.")
        .About(act.Victim)
        .Looks(DemoLook.Stopped, act.Victim);

    private void TellGoingOn() => steps.At(act.Resumed, $"{names.Big(act.Victim)} goes on")
        .Says(
            $"{names.Big(act.Victim)} works again, and answers what has come in meanwhile. Had one missed ping"
            + " been enough, a peer that lives would have been thrown out just now.")
        .About(act.Victim)
        .Looks(DemoLook.Member, act.Victim)
        .Shows(watchers.Table());

    private void TellCrash() => steps.At(act.Crashed, $"Now {victim} really dies")
        .Says(
            "We switch it off, as when its machine loses power. Again nobody is told. At first its neighbors see"
            + " exactly the same as before: an answer that does not come.")
        .Cites(Source)
        .About(act.Victim)
        .Looks(DemoLook.Dead, act.Victim);

    private void TellComparison() => steps.At(lastReport, "The same missed ping twice, and two different ends")
        .Says(
            $"The first time {victim} had only paused: a ping or two were missed, then it answered, and the count"
            + $" went back to zero. The second time it was dead: {NumberWords.Of(options.MissedPingsToSuspect)} misses"
            + " in a row, then witnesses who looked for themselves.",
            "At the first missed ping nobody could have told the two apart. Waiting for more costs"
            + $" {NumberWords.TenthsOfSeconds(act.FirstReport - act.Crashed)} here; removing at once would throw"
            + " out living peers.")
        .Cites(Source)
        .About(act.Victim)
        .Shows(watchers.Table());
}
