using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>Those neighbors of the victim whom the story follows: who suspects first is shown.</summary>
internal sealed class Watchers(DemoNames names, PeerOptions options, FailureAct act)
{
    /// <summary>Our choice: what more neighbors than that do at the same time is only counted.</summary>
    private const int MostFollowed = 4;

    private readonly string victim = names.Of(act.Victim);
    private readonly Dictionary<NodeAddress, Watcher> all = act.Moments
        .Where(moment => moment.Has(EventKind.Suspected, act.Victim)).Select(moment => moment.Node)
        .Distinct().Take(MostFollowed).ToDictionary(node => node, node => new Watcher(node));

    public IReadOnlyList<NodeAddress> Addresses => [.. all.Keys];

    /// <summary>The answers to it are told one by one; the others get theirs at the same time.</summary>
    public NodeAddress FirstToReport => act.Moments
        .First(moment => all.ContainsKey(moment.Node) && moment.Has(EventKind.DeathReported, act.Victim)).Node;

    /// <summary>Null where the story does not follow a node.</summary>
    public Watcher? Find(NodeAddress node) => all.GetValueOrDefault(node);

    public DemoTable Table(params NodeAddress[] marked) => DemoTable.OfNodes(
        $"What the neighbors of {victim} have counted", ["neighbor", "missed in a row", "thinks"], Addresses,
        node => [$"{all[node].Misses} of {options.MissedPingsToSuspect}", all[node].Thinks],
        marked);

    public DemoTable Answers(Watcher asker, params NodeAddress[] marked) => DemoTable.OfNodes(
        $"Answers to {names.Of(asker.Self)}", ["witness", $"is {victim} alive?"], asker.Witnesses,
        witness => [asker.Verdicts.TryGetValue(witness, out var verdict) ? InWord(verdict) : "looking"],
        marked);

    public static string InWord(Verdict verdict) => verdict.ToString().ToUpperInvariant();
}
