using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>The links of the dead peer, which its neighbors end, and those that take their place.</summary>
internal sealed class LostLinks(StepList steps, FailureAct act)
{
    private readonly DemoNames names = steps.Names;
    private readonly LinkEnds newEnds = new();
    private readonly List<NodeAddress> left = [];
    private readonly List<(NodeAddress One, NodeAddress Other)> added = [];
    private Instant lastEnded;
    private Instant lastAdded;

    /// <summary>By a neighbor of the victim.</summary>
    public void NoteEnded(DemoMoment moment)
    {
        left.Add(moment.Node);
        lastEnded = moment.Time;
    }

    public void NoteAdded(DemoMoment moment, NodeAddress neighbor)
    {
        if (!newEnds.Add(moment.Node, neighbor)) return;
        added.Add((moment.Node, neighbor));
        lastAdded = moment.Time;
    }

    public void TellLetGo()
    {
        var step = steps.At(lastEnded, $"The neighbors let go of {names.Of(act.Victim)}")
            .Says(
                "Those who had reported it are told that it was removed, and end their links:"
                + $" {names.Of(act.Neighbors)}.")
            .Cites(RemovalVote.Source)
            .About(act.Neighbors);
        foreach (var neighbor in left) step.Links(neighbor, act.Victim, stands: false);
    }

    public void TellRepair()
    {
        if (added.Count == 0) return;
        var count = NumberWords.Capital(NumberWords.Count(added.Count, "new link"));
        var step = steps.At(lastAdded, $"{count} for the lost ones")
            .Says(
                "Who has too few neighbors left, or no older one, looks for others: among those of the dead peer, or on"
                + " the list of a seed node.")
            .Cites("No document says what to do after losing neighbors; without it, peers could stay alone for ever.")
            .About(added.Select(link => link.One));
        foreach (var (one, other) in added) step.Links(one, other);
    }
}
