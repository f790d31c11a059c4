using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>The links of the dead peer, which its neighbors end, and those that take their place.</summary>
internal sealed class LostLinks(StepList steps, FailureAct act)
{
    private readonly DemoNames names = steps.Names;
    private readonly LinkEnds newEnds = new();
    private readonly List<(NodeAddress One, NodeAddress Other)> ended = [];
    private readonly List<(NodeAddress One, NodeAddress Other)> added = [];
    private Instant lastEnded;
    private Instant lastAdded;

    /// <summary>By a neighbor of the victim.</summary>
    public void NoteEnded(DemoMoment moment)
    {
        ended.Add((moment.Node, act.Victim));
        lastEnded = moment.Time;
    }

    public void NoteAdded(DemoMoment moment, NodeAddress neighbor)
    {
        if (!newEnds.Add(moment.Node, neighbor)) return;
        added.Add((moment.Node, neighbor));
        lastAdded = moment.Time;
    }

    public void TellLetGo() => steps.At(lastEnded, $"The neighbors let go of {names.Of(act.Victim)}")
        .Says(
            "Those who had reported it are told that it was removed, and end their links:"
            + $" {names.Of(act.Neighbors)}.")
        .Cites(RemovalVote.Source)
        .About(act.Neighbors)
        .Links(stand: false, ended);

    public void TellRepair()
    {
        if (added.Count == 0) return;
        steps.At(lastAdded, $"{NumberWords.Capital(NumberWords.Count(added.Count, "new link"))} for the lost ones")
            .Says(
                "Who has too few neighbors left, or no older one, looks for others: among those of the dead peer, or on"
                + " the list of a seed node.")
            .Cites("No document says what to do after losing neighbors; without it, peers could stay alone for ever.")
            .About(added.Select(link => link.One))
            .Links(stand: true, added);
    }
}
