using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>Phase 1: the seed nodes start, find each other, and agree on how many votes a change needs.</summary>
internal sealed class SeedInitialization(StepList steps, Majority majority, Act act)
{
    private readonly DemoNames names = steps.Names;
    private int ready;

    public IReadOnlyList<DemoStep> Tell()
    {
        foreach (var moment in act.Moments)
        {
            if (moment.Has(EventKind.SeedNodeStarted)) TellStart(moment);
            if (moment.Has(EventKind.LearningFinished)) TellReady(moment);
        }

        TellQuorum();
        return steps.InOrder();
    }

    private void TellStart(DemoMoment moment)
    {
        var others = names.SeedNodesBut(moment.Node);
        var isAlone = others.Count == 0;
        steps.At(moment.Time, $"{names.Big(moment.Node)} starts")
            .Says(
                moment.Node == names.SeedNodes[0]
                    ? "A seed node is a meeting point: it keeps the list of all peers, so that newcomers can ask who is"
                        + " there. It takes no part in the gossip itself."
                    : "One more seed node, with a list of its own. If one fails, the others still have theirs.",
                isAlone
                    ? "It is alone, so it may begin at once."
                    : $"Its disk is empty. Before it may vote it asks {names.Of(others)} what they know: a seed node"
                        + " that has lost its memory must not vote twice on the same thing.")
            .Cites("Document 003: seed nodes are the control plane, the membership authority, and never take part in"
                + " gossip.")
            .About(moment.Node)
            .Looks(isAlone ? DemoLook.Ready : DemoLook.Starting, moment.Node)
            .SendsToAll(moment.Node, others, DemoWord.PeerList);
    }

    private void TellReady(DemoMoment moment) => steps.At(moment.Time, $"{names.Big(moment.Node)} is ready")
        .Says(
            $"{names.Big(moment.Node)} has heard from the others that there is nothing to know yet. From now on"
            + $" it may vote. Ready: {NumberWords.Of(++ready)} of {NumberWords.Of(majority.Voters)}.")
        .Cites("Document 003 logs: Total seeds: n, Quorum: floor(n/2)+1.")
        .About(moment.Node)
        .Looks(DemoLook.Ready, moment.Node);

    private void TellQuorum() => steps
        .At(
            act.Moments[^1].Time,
            majority.Voters == 1
                ? "One seed node decides alone"
                : $"{NumberWords.Big(majority.Quorum)} of {NumberWords.Of(majority.Voters)} must agree")
        .Says(
            "Nobody may change the list of peers alone: neither a peer, nor a single seed node.",
            majority.Rule,
            majority.Spare > 0
                ? $"So {NumberWords.Count(majority.Spare, "seed node")} may be dead or slow, and the others still"
                    + " decide."
                : "")
        .Cites(Majority.Source)
        .About(names.SeedNodes)
        .Shows(majority.Numbers);
}
