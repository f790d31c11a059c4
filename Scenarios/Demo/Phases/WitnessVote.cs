using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>A neighbor that suspects asks others to look for themselves; their majority decides what it does.</summary>
internal sealed class WitnessVote(StepList steps, Watchers watchers, PeerOptions options, FailureAct act)
{
    private const string Source =
        "Document 003: suspect \u2192 query neighbors \u2192 majority confirm, before anything is reported.";

    private readonly DemoNames names = steps.Names;
    private readonly string victim = steps.Names.Of(act.Victim);

    public void TellSuspicion(DemoMoment moment, Watcher watcher)
    {
        watcher.IsSuspicious = true;
        watcher.Misses = options.MissedPingsToSuspect;
        watcher.Witnesses =
        [
            .. moment.Sent<Suspect>().Where(sent => sent.To != act.Victim && sent.Message.Address == act.Victim)
                .Select(sent => sent.To),
        ];
        steps.At(moment.Time, $"{names.Big(watcher.Self)} now suspects {victim}")
            .Says(
                $"{NumberWords.Big(options.MissedPingsToSuspect)} pings in a row without an answer;"
                + $" {NumberWords.TenthsOfSeconds(moment.Time - act.Crashed)} have passed since the crash. That is a"
                + " suspicion, and not yet a verdict: perhaps only the connection between these two is broken.",
                WhoIsAsked(watcher))
            .Cites(Source)
            .About([watcher.Self, act.Victim, .. watcher.Witnesses])
            .Looks(DemoLook.Suspected, act.Victim)
            .Sends(watcher.Self, act.Victim, DemoWord.Ping, isLost: true)
            .SendsToAll(watcher.Self, watcher.Witnesses, DemoWord.Suspect, wave: 1)
            .AllSend(watcher.Witnesses, act.Victim, DemoWord.Ping, wave: 2, isLost: true)
            .Shows(watcher.IsAlone
                ? [watchers.Table(watcher.Self)]
                : [watchers.Answers(watcher), watchers.Table(watcher.Self)]);
    }

    private string WhoIsAsked(Watcher watcher)
    {
        var count = watcher.Witnesses.Count;
        return watcher.IsAlone
            ? $"{names.Big(watcher.Self)} knows nobody else who could look, so it must report alone."
            : $"So {names.Of(watcher.Self)} asks {NumberWords.Count(count, "other peer")} to"
                + $" look for {(count == 1 ? "itself" : "themselves")}, neighbors of {victim} first:"
                + $" {DemoNames.Ports(watcher.Witnesses)}. More than half of those who have an opinion must say"
                + " DEAD.";
    }

    /// <summary>Told of the first who reports only.</summary>
    public void TellAnswer(DemoMoment moment, Watcher watcher, Verdict verdict)
    {
        var witness = moment.Input.From;
        watcher.Verdicts[witness] = verdict;
        if (watcher.Self != watchers.FirstToReport) return;
        var word = Watchers.InWord(verdict);
        steps.At(moment.Time, $"{names.Big(witness)} says: {word}")
            .Says(
                $"{names.Big(witness)} has tried to reach {victim} itself and tells {names.Of(watcher.Self)}:"
                + $" {word}. That makes {NumberWords.Of(watcher.HowManySay(verdict))} of"
                + $" {NumberWords.Of(watcher.Witnesses.Count)} for {word}.")
            .Cites(Source)
            .About(witness, watcher.Self)
            .Sends(witness, watcher.Self, DemoWord.Witness)
            .Shows(watchers.Answers(watcher, witness));
    }

    public void TellConclusion(Instant time, Watcher watcher, ReportFlag flag)
    {
        watcher.HasReported = true;
        steps.At(time, $"{names.Big(watcher.Self)} will report it")
            .Says(
                flag switch
                {
                    ReportFlag.Confirmed => $"{NumberWords.Big(watcher.HowManySay(Verdict.Dead))} of"
                        + $" {NumberWords.Count(watcher.Witnesses.Count, "witness", "witnesses")} found {victim} dead,"
                        + " and nobody reached it: a majority. So it is not just this one connection.",
                    ReportFlag.Sole => "There was no witness with an opinion, so the report says that it rests on one"
                        + " peer alone. The seed nodes look for themselves anyway.",
                    _ => "Some witnesses reached it, so the report says that it is contested.",
                },
                "The neighbors cannot remove it. Only the seed nodes can, and they will look for themselves: that is"
                + " the next phase.")
            .Cites(Source)
            .About(watcher.Self, act.Victim)
            .Shows(watcher.IsAlone ? watchers.Table(watcher.Self) : watchers.Answers(watcher));
    }
}
