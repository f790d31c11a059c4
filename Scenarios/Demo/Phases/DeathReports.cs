using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>The neighbors' reports, as they come to a seed node: evidence, and no decision.</summary>
internal sealed class DeathReports(StepList steps, FailureAct act)
{
    private readonly DemoNames names = steps.Names;
    private readonly List<NodeAddress> reporters = [];

    public IReadOnlyList<NodeAddress> Reporters => reporters;

    public void Tell(DemoMoment moment, string text)
    {
        var (reporter, seedNode) = (moment.Input.From, moment.Node);
        reporters.Add(reporter);
        var isFirst = reporters.Count == 1;
        steps
            .At(
                moment.Time,
                isFirst
                    ? $"{names.Big(reporter)} reports the death to {names.Of(seedNode)}"
                    : $"{names.Big(reporter)} reports the same")
            .Says(
                $"The report says: {text}",
                isFirst
                    ? "That is who is dead, when it was noticed (in seconds since 1970) and who says so. It is"
                        + " evidence, but not a decision: were a report enough, one liar could throw out anybody."
                    : $"It joins what is going on already; that makes {NumberWords.Count(reporters.Count, "reporter")}."
                        + " The number does not matter, since the seed nodes look for themselves.")
            .Cites("Documents 001 and 003: Dead Node:<IP>:<Port>:<ts>:<reporter IP>.")
            .About(reporter, seedNode, act.Victim)
            .Sends(reporter, seedNode, DemoWord.Report);
    }
}
