using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>Phase 1: the seed nodes start, find each other, and agree on how many votes a change needs.</summary>
internal sealed class SeedInitialization(DemoNames names, Majority majority)
{
    private readonly StepList steps = new(names);
    private int ready;

    public IReadOnlyList<DemoStep> Tell(Act act)
    {
        foreach (var moment in act.Moments)
        {
            if (moment.Has(EventKind.SeedNodeStarted)) TellStart(moment);
            if (moment.Has(EventKind.LearningFinished)) TellReady(moment);
        }

        TellQuorum(act.Moments.Count > 0 ? act.Moments[^1].Time : act.Begin);
        return steps.InOrder();
    }

    private void TellStart(DemoMoment moment)
    {
        var others = names.SeedNodes.Where(other => other != moment.Node).ToArray();
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(moment.Node)} starts",
            Text = StepList.Text(
                moment.Node == names.SeedNodes[0]
                    ? "A seed node is a meeting point: it keeps the list of all peers, so that newcomers can ask who is"
                        + " there. It takes no part in the gossip itself."
                    : "One more seed node, with a list of its own. If one fails, the others still have theirs.",
                others.Length == 0
                    ? "It is alone, so it may begin at once."
                    : $"Its disk is empty. Before it may vote it asks {names.Of(others)} what they know: a seed node"
                        + " that has lost its memory must not vote twice on the same thing."),
            Source = "Document 003: seed nodes are the control plane, the membership authority, and never take part in"
                + " gossip.",
            Nodes = [steps[moment.Node]],
            States = [steps.Look(moment.Node, others.Length == 0 ? DemoLook.Ready : DemoLook.Starting)],
            Messages = [.. steps.ToAll(moment.Node, others, DemoWord.PeerList)],
        });
    }

    private void TellReady(DemoMoment moment)
    {
        ready++;
        steps.Add(moment.Time, new DemoStep
        {
            Title = $"{names.Big(moment.Node)} is ready",
            Text = StepList.Text(
                $"{names.Big(moment.Node)} has heard from the others that there is nothing to know yet. From now on"
                + $" it may vote. Ready: {NumberWords.Of(ready)} of {NumberWords.Of(majority.Voters)}."),
            Source = "Document 003 logs: Total seeds: n, Quorum: floor(n/2)+1.",
            Nodes = [steps[moment.Node]],
            States = [steps.Look(moment.Node, DemoLook.Ready)],
        });
    }

    private void TellQuorum(Instant time) => steps.Add(time, new DemoStep
    {
        Title = majority.Voters == 1
            ? "One seed node decides alone"
            : $"{NumberWords.Big(majority.Quorum)} of {NumberWords.Of(majority.Voters)} must agree",
        Text = StepList.Text(
            "Nobody may change the list of peers alone: neither a peer, nor a single seed node.",
            majority.Rule,
            majority.Spare > 0
                ? $"So {NumberWords.Count(majority.Spare, "seed node")} may be dead or slow, and the others still"
                    + " decide."
                : ""),
        Source = Majority.Source,
        Nodes = [.. names.SeedNodes.Select(seedNode => steps[seedNode])],
        Tables = [majority.Numbers],
    });
}
