using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>Those neighbors of the victim whom the story follows: who suspects first is shown.</summary>
internal sealed class Watchers
{
    /// <summary>Our choice: what more neighbors than that do at the same time is only counted.</summary>
    private const int MostFollowed = 4;

    private readonly DemoNames names;
    private readonly PeerOptions options;
    private readonly string victim;
    private readonly Watcher[] all;

    public Watchers(DemoNames names, PeerOptions options, FailureAct act)
    {
        (this.names, this.options, victim) = (names, options, names.Of(act.Victim));
        all =
        [
            .. act.Moments.Where(moment => moment.Has(EventKind.Suspected, act.Victim)).Select(moment => moment.Node)
                .Distinct().Take(MostFollowed).Select(node => new Watcher(node)),
        ];
        FirstToReport = act.Moments
            .First(moment => Find(moment.Node) is not null && moment.Has(EventKind.DeathReported, act.Victim)).Node;
    }

    public int Count => all.Length;

    public IEnumerable<NodeAddress> Addresses => all.Select(watcher => watcher.Self);

    /// <summary>The answers to it are told one by one; the others get theirs at the same time.</summary>
    public NodeAddress FirstToReport { get; }

    /// <summary>Null where the story does not follow a node.</summary>
    public Watcher? Find(NodeAddress node) => Array.Find(all, watcher => watcher.Self == node);

    public DemoTable Table(Watcher? marked = null) => new(
        $"What the neighbors of {victim} have counted",
        ["neighbor", "missed in a row", "thinks"],
        [
            .. all.Select(IReadOnlyList<string> (watcher) =>
            [
                NumberWords.Digits(watcher.Self.Port),
                $"{watcher.Misses} of {options.MissedPingsToSuspect}",
                watcher.Thinks,
            ]),
        ],
        [.. all.Index().Where(row => row.Item == marked).Select(row => row.Index)]);

    public DemoTable Answers(Watcher asker, NodeAddress? marked = null) => new(
        $"Answers to {names.Of(asker.Self)}",
        ["witness", $"is {victim} alive?"],
        [
            .. asker.Witnesses.Select(IReadOnlyList<string> (witness) =>
            [
                NumberWords.Digits(witness.Port),
                asker.Verdicts.TryGetValue(witness, out var verdict) ? InWord(verdict) : "looking",
            ]),
        ],
        [.. asker.Witnesses.Index().Where(row => row.Item == marked).Select(row => row.Index)]);

    public static string InWord(Verdict verdict) => verdict.ToString().ToUpperInvariant();
}
