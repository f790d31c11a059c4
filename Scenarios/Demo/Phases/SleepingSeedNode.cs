using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>The seed node that we stop during the vote, to show what a majority is good for.</summary>
internal sealed class SleepingSeedNode(StepList steps, NodeAddress seedNode, Majority majority, FailureAct act)
{
    private readonly DemoNames names = steps.Names;

    public void TellSleep() => steps.At(act.FirstReport, $"We put {names.Of(seedNode)} to sleep")
        .Says(
            $"To show what a majority is good for, we stop {names.Of(seedNode)} now. It hears nothing and says nothing."
            + $" {NumberWords.Big(majority.Voters - 1)} of {NumberWords.Of(majority.Voters)} seed nodes still work;"
            + $" {NumberWords.Of(majority.Quorum)} are needed.")
        .Cites(Majority.Source)
        .About(seedNode)
        .Looks(DemoLook.Stopped, seedNode);

    public void TellWaking() => steps.At(act.WokenUp, $"{names.Big(seedNode)} wakes up")
        .Says($"It slept for {NumberWords.TenthsOfSeconds(act.WokenUp - act.FirstReport)}. Nobody had waited for it.")
        .About(seedNode)
        .Looks(DemoLook.Ready, seedNode);

    public void TellCatchingUp(IReadOnlyList<NodeAddress> deciders)
    {
        var caughtUp = act.Moments.First(moment =>
            moment.Node == seedNode && moment.Has(EventKind.EntryCommitted, act.Victim));
        steps.At(caughtUp.Time, $"{names.Big(seedNode)} catches up")
            .Says(
                $"It finds the votes of the others, counts {NumberWords.Of(majority.Quorum)} times YES itself, and"
                + $" strikes {names.Of(act.Victim)} off its list too."
                + $" All {NumberWords.Of(majority.Voters)} lists are equal again.")
            .Cites("Document 003: seed nodes synchronize their lists with each other.")
            .About(seedNode)
            .AllSend(deciders, seedNode, DemoWord.PeerList);
    }
}
