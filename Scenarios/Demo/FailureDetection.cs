using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// Phase 5: a peer stands still for a moment, and later dies. Its neighbors see the same at first; told are the misses,
/// the suspicion, what the witnesses say, and what their majority leads to.
/// </summary>
internal sealed class FailureDetection(DemoNames names, PeerOptions options)
{
    /// <summary>Our choice: what more neighbors than that do at the same time is only counted.</summary>
    private const int NeighborsTold = 4;

    private const string MissSource = "Documents 001 and 004: 3 consecutive misses = dead.";

    private const string WitnessSource =
        "Document 003: suspect \u2192 query neighbors \u2192 majority confirm, before anything is reported.";

    private readonly StepList steps = new(names);
    private readonly Dictionary<NodeAddress, Watcher> watchers = [];
    private FailureAct act = null!;
    private NodeAddress? firstToMiss;

    /// <summary>The answers to it are told one by one; the others get theirs at the same time.</summary>
    private NodeAddress firstToReport;

    /// <summary>A neighbor of the victim.</summary>
    private sealed class Watcher
    {
        public int Misses { get; set; }

        public bool IsSuspicious { get; set; }

        public bool HasReported { get; set; }

        public IReadOnlyList<NodeAddress> Witnesses { get; set; } = [];

        public Dictionary<NodeAddress, Verdict> Verdicts { get; } = [];
    }

    private string Limit => NumberWords.Of(options.MissedPingsToSuspect);

    private string Victim => names.Of(act.Victim);

    public IReadOnlyList<DemoStep> Tell(FailureAct told)
    {
        act = told;
        foreach (var neighbor in Told()) watchers.Add(neighbor, new Watcher());
        firstToReport = act.Moments
            .First(moment => watchers.ContainsKey(moment.Node) && moment.Has(EventKind.DeathReported)).Node;
        TellBeginning();
        TellStop();
        var ours = new Queue<(Instant Time, Action Tell)>([(act.Resumed, TellResumed), (act.Crashed, TellCrash)]);
        foreach (var moment in act.Moments)
        {
            while (ours.TryPeek(out var next) && next.Time <= moment.Time) ours.Dequeue().Tell();
            if (watchers.ContainsKey(moment.Node)) Note(moment);
        }

        TellEnd();
        return steps.InOrder();
    }

    /// <summary>Those that suspect first are shown.</summary>
    private IEnumerable<NodeAddress> Told() => act.Moments
        .Where(moment => moment.ReportsOf(EventKind.Suspected).Any(report => report.About == act.Victim))
        .Select(moment => moment.Node).Distinct().Take(NeighborsTold);

    private void Note(DemoMoment moment)
    {
        var watcher = watchers[moment.Node];
        if (moment.Input.Kind == InputKind.Message && moment.Input.From == act.Victim && watcher.Misses > 0)
            TellHeard(moment, watcher);
        foreach (var report in moment.Reports.Where(report => report.About == act.Victim))
        {
            switch (report.Kind)
            {
                case EventKind.SignOfLifeMissed when !watcher.IsSuspicious: TellMiss(moment, watcher, report); break;
                case EventKind.Suspected: TellSuspicion(moment, watcher); break;
                case EventKind.WitnessHeard: TellVerdict(moment, watcher, (Witness)report.Detail!); break;
                case EventKind.DeathReported: TellConclusion(moment, watcher, (DeadNode)report.Detail!); break;
            }
        }
    }

    private void TellBeginning() => steps.Add(act.Begin, new DemoStep
    {
        Title = $"Who looks after {Victim}?",
        Text = StepList.Text(
            $"Its neighbors do: {names.Of(act.Neighbors)}. When a neighbor has been silent for"
            + $" {NumberWords.Seconds(options.PingInterval.TotalSeconds)}, a peer asks it: are you there? That is a"
            + $" ping. The answer must come within {NumberWords.Seconds(options.PingTimeout.TotalSeconds)}, or it"
            + " counts as missed.",
            act.Neighbors.Count > watchers.Count
                ? $"Of the {NumberWords.Of(act.Neighbors.Count)} neighbors we follow"
                    + $" {NumberWords.Of(watchers.Count)}: {DemoNames.Ports(watchers.Keys)}."
                : ""),
        Source = "Documents 000 to 004: periodic ping of the neighbors; 001 every 13 s. Here it is faster, so that"
            + " you need not wait.",
        Nodes = [steps[act.Victim], .. act.Neighbors.Select(neighbor => steps[neighbor])],
        // The message of the phase before has done its part.
        States = [.. names.Peers.Select(peer => steps.Look(peer, DemoLook.Member))],
        Tables = [Table()],
    });

    private void TellStop() => steps.Add(act.Begin, new DemoStep
    {
        Title = $"We stop {Victim}, but only for {NumberWords.Seconds((act.Resumed - act.Begin).TotalSeconds)}",
        Text = StepList.Text(
            $"{NumberWords.Capital(Victim)} is not dead. It is only very busy for a moment, as it happens on any"
            + " computer. Nobody is told. Watch what its neighbors make of it."),
        Nodes = [steps[act.Victim]],
        States = [steps.Look(act.Victim, DemoLook.Stopped)],
    });

    private void TellResumed() => steps.Add(act.Resumed, new DemoStep
    {
        Title = $"{names.Big(act.Victim)} goes on",
        Text = StepList.Text(
            $"{NumberWords.Capital(Victim)} works again, and answers what has come in meanwhile. Had one missed ping"
            + " been enough, a peer that lives would have been thrown out just now."),
        Nodes = [steps[act.Victim]],
        States = [steps.Look(act.Victim, DemoLook.Member)],
        Tables = [Table()],
    });

    private void TellCrash() => steps.Add(act.Crashed, new DemoStep
    {
        Title = $"Now {Victim} really dies",
        Text = StepList.Text(
            "We switch it off, as when its machine loses power. Again nobody is told. At first its neighbors see"
            + " exactly the same as before: an answer that does not come."),
        Source = "Document 003, phase 5: Failure Detection.",
        Nodes = [steps[act.Victim]],
        States = [steps.Look(act.Victim, DemoLook.Dead)],
    });

    private bool IsAfterCrash(Instant time) => time >= act.Crashed;

    private void TellMiss(DemoMoment moment, Watcher watcher, in ProtocolEvent report)
    {
        watcher.Misses = (int)report.Number;
        if (watcher.Misses >= options.MissedPingsToSuspect) return;
        var isFirst = firstToMiss is null;
        firstToMiss ??= moment.Node;
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(moment.Node)}: missed {watcher.Misses} of {options.MissedPingsToSuspect}",
            Text = StepList.Text(
                $"{names.Big(moment.Node)} asked {Victim} whether it is there, and waited"
                + $" {NumberWords.Seconds(options.PingTimeout.TotalSeconds)}. No answer."
                + $" {MissesInARow(watcher.Misses)} {What(moment, watcher, isFirst)}"),
            Source = MissSource,
            Nodes = [steps[moment.Node], steps[act.Victim]],
            Messages = [steps.Message(moment.Node, act.Victim, DemoWord.Ping, isLost: true)],
            Tables = [Table(moment.Node)],
        });
    }

    private string What(DemoMoment moment, Watcher watcher, bool isFirst)
    {
        if (watcher.Misses > 1) return "Still it could be a long pause, so it asks once more.";
        if (isFirst)
            return "One missed answer proves nothing: the peer may be busy, or a message may be late. So nobody is"
                + $" removed and nobody is told; {names.Of(moment.Node)} only counts, and asks again.";
        return IsAfterCrash(moment.Time)
            ? $"From here it looks just like the first time, when {Victim} was alive. So again it only counts."
            : "It only counts.";
    }

    private string MissesInARow(int misses) =>
        $"That is miss number {NumberWords.Of(misses)}; {Limit} in a row make a suspect.";

    private void TellHeard(DemoMoment moment, Watcher watcher)
    {
        var before = watcher.Misses;
        watcher.Misses = 0;
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(moment.Node)} hears {Victim} again",
            Text = StepList.Text(
                $"{NumberWords.Capital(Victim)} lives, so {names.Of(moment.Node)} forgets the"
                + $" {NumberWords.Count(before, "miss", "misses")} and counts from zero. Only misses in a row count.",
                $"It never came to {Limit}. That is why a peer is not removed at the first missed ping: a live one"
                + " would often be thrown out by mistake."),
            Source = MissSource,
            Nodes = [steps[moment.Node], steps[act.Victim]],
            Messages = [steps.Message(act.Victim, moment.Node, DemoWord.Pong)],
            Tables = [Table(moment.Node)],
        });
    }

    private void TellSuspicion(DemoMoment moment, Watcher watcher)
    {
        watcher.IsSuspicious = true;
        watcher.Misses = options.MissedPingsToSuspect;
        watcher.Witnesses =
        [
            .. moment.Sent<Suspect>().Where(sent => sent.To != act.Victim && sent.Message.Address == act.Victim)
                .Select(sent => sent.To),
        ];
        var count = watcher.Witnesses.Count;
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(moment.Node)} now suspects {Victim}",
            Text = StepList.Text(
                $"{NumberWords.Capital(Limit)} pings in a row without an answer;"
                + $" {NumberWords.Seconds(Rounded(moment.Time - act.Crashed))} have passed since the crash. That is a"
                + " suspicion, and not yet a verdict: perhaps only the connection between these two is broken.",
                count == 0
                    ? $"{names.Big(moment.Node)} knows nobody else who could look, so it must report alone."
                    : $"So {names.Of(moment.Node)} asks {NumberWords.Count(count, "other peer")} to"
                        + $" look for {(count == 1 ? "itself" : "themselves")}, neighbors of {Victim} first:"
                        + $" {DemoNames.Ports(watcher.Witnesses)}. More than half of those who have an opinion must say"
                        + " DEAD."),
            Source = WitnessSource,
            Nodes = [steps[moment.Node], steps[act.Victim], .. watcher.Witnesses.Select(witness => steps[witness])],
            States = [steps.Look(act.Victim, DemoLook.Suspected)],
            Messages =
            [
                steps.Message(moment.Node, act.Victim, DemoWord.Ping, isLost: true),
                .. steps.ToAll(moment.Node, watcher.Witnesses, DemoWord.Suspect, wave: 1),
                .. watcher.Witnesses.Select(
                    witness => steps.Message(witness, act.Victim, DemoWord.Ping, wave: 2, isLost: true)),
            ],
            Tables = count == 0 ? [Table(moment.Node)] : [Verdicts(moment.Node, watcher), Table(moment.Node)],
        });
    }

    private static double Rounded(TimeSpan span) => Math.Round(span.TotalSeconds, 1);

    private void TellVerdict(DemoMoment moment, Watcher watcher, Witness witness)
    {
        watcher.Verdicts[moment.Input.From] = witness.Verdict;
        if (moment.Node != firstToReport) return;
        var said = watcher.Verdicts.Values.Count(verdict => verdict == witness.Verdict);
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(moment.Input.From)} says: {WordOf(witness.Verdict)}",
            Text = StepList.Text(
                $"{names.Big(moment.Input.From)} has tried to reach {Victim} itself and tells {names.Of(moment.Node)}:"
                + $" {WordOf(witness.Verdict)}. That makes {NumberWords.Of(said)} of"
                + $" {NumberWords.Of(watcher.Witnesses.Count)} for {WordOf(witness.Verdict)}."),
            Source = WitnessSource,
            Nodes = [steps[moment.Input.From], steps[moment.Node]],
            Messages = [steps.Message(moment.Input.From, moment.Node, DemoWord.Witness)],
            Tables = [Verdicts(moment.Node, watcher, moment.Input.From)],
        });
    }

    private static string WordOf(Verdict verdict) => verdict.ToString().ToUpperInvariant();

    private void TellConclusion(DemoMoment moment, Watcher watcher, DeadNode report)
    {
        watcher.HasReported = true;
        var dead = watcher.Verdicts.Values.Count(verdict => verdict == Verdict.Dead);
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(moment.Node)} will report it",
            Text = StepList.Text(
                report.Flag switch
                {
                    ReportFlag.Confirmed => $"{NumberWords.Big(dead)} of {NumberWords.Count(watcher.Witnesses.Count,
                        "witness", "witnesses")} found {Victim} dead, and nobody reached it: a majority. So it is not"
                        + " just this one connection.",
                    ReportFlag.Sole => "There was no witness with an opinion, so the report says that it rests on one"
                        + " peer alone. The seed nodes look for themselves anyway.",
                    _ => "Some witnesses reached it, so the report says that it is contested.",
                },
                "The neighbors cannot remove it. Only the seed nodes can, and they will look for themselves: that is"
                + " the next phase."),
            Source = WitnessSource,
            Nodes = [steps[moment.Node], steps[act.Victim]],
            Tables = watcher.Witnesses.Count == 0 ? [Table(moment.Node)] : [Verdicts(moment.Node, watcher)],
        });
    }

    private DemoTable Verdicts(NodeAddress asker, Watcher watcher, NodeAddress? marked = null) => new(
        $"Answers to {names.Of(asker)}",
        ["witness", $"is {Victim} alive?"],
        [
            .. watcher.Witnesses.Select(IReadOnlyList<string> (witness) =>
            [
                NumberWords.Digits(witness.Port),
                watcher.Verdicts.TryGetValue(witness, out var verdict) ? WordOf(verdict) : "looking",
            ]),
        ],
        [.. watcher.Witnesses.Index().Where(row => row.Item == marked).Select(row => row.Index)]);

    private DemoTable Table(NodeAddress? marked = null) => new(
        $"What the neighbors of {Victim} have counted",
        ["neighbor", "missed in a row", "thinks"],
        [
            .. watchers.Select(IReadOnlyList<string> (watcher) =>
            [
                NumberWords.Digits(watcher.Key.Port),
                $"{watcher.Value.Misses} of {options.MissedPingsToSuspect}",
                watcher.Value switch
                {
                    { HasReported: true } => "dead, and reports it",
                    { IsSuspicious: true } => "suspect",
                    { Misses: > 0 } => "wait and see",
                    _ => "alive",
                },
            ]),
        ],
        [.. watchers.Keys.Index().Where(row => row.Item == marked).Select(row => row.Index)]);

    private void TellEnd()
    {
        var last = act.Moments.LastOrDefault(moment => watchers.ContainsKey(moment.Node)
            && moment.ReportsOf(EventKind.DeathReported).Any(report => report.About == act.Victim));
        if (last is null) return;
        steps.Add(last.Time, new DemoStep
        {
            Title = "The same missed ping twice, and two different ends",
            Text = StepList.Text(
                $"The first time {Victim} had only paused: a ping or two were missed, then it answered, and the count"
                + $" went back to zero. The second time it was dead: {Limit} misses in a row, then witnesses who looked"
                + " for themselves.",
                "At the first missed ping nobody could have told the two apart. Waiting for more costs"
                + $" {NumberWords.Seconds(Rounded(act.FirstReport - act.Crashed))} here; removing at once would throw"
                + " out living peers."),
            Source = "Document 003, phase 5: Failure Detection.",
            Nodes = [steps[act.Victim]],
            Tables = [Table()],
        });
    }
}
