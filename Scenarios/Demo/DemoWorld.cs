using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>Who is ready, member, linked: counted from what the nodes of a demo report.</summary>
internal sealed class DemoWorld
{
    private readonly HashSet<(NodeAddress At, NodeAddress Neighbor)> ends = [];
    private readonly HashSet<(NodeAddress At, NodeAddress Member)> removals = [];

    /// <summary>Seed nodes that may vote.</summary>
    public HashSet<NodeAddress> Ready { get; } = [];

    public HashSet<NodeAddress> Joined { get; } = [];

    /// <summary>Pairs of seed node and member on its list.</summary>
    public HashSet<(NodeAddress At, NodeAddress Member)> Listed { get; } = [];

    public HashSet<NodeAddress> HaveMessage { get; } = [];

    /// <summary>To which seed node somebody's death was reported first.</summary>
    public NodeAddress? FirstReportTo { get; private set; }

    /// <summary>Where the removal of anybody has been committed.</summary>
    public IEnumerable<NodeAddress> RemovedAt => removals.Select(removal => removal.At);

    public IReadOnlyList<NodeAddress> NeighborsOf(NodeAddress peer) =>
        [.. ends.Where(end => end.At == peer).Select(end => end.Neighbor).Order()];

    public int DegreeOf(NodeAddress peer) => ends.Count(end => end.At == peer);

    public bool IsNeighborOfAny(NodeAddress peer) => ends.Any(end => end.Neighbor == peer);

    public int Links => ends.Count / 2;

    public void Note(DemoMoment moment)
    {
        foreach (var report in moment.Reports) Note(moment.Node, report);
        if (FirstReportTo is null && moment.Sent<DeadNode>().FirstOrDefault() is { Message: not null } sent)
            FirstReportTo = sent.To;
    }

    private void Note(NodeAddress node, in ProtocolEvent report)
    {
        switch (report.Kind)
        {
            // A single seed node has nobody to learn from, and never says that it finished.
            case EventKind.SeedNodeStarted when report.Number == 1:
            case EventKind.LearningFinished:
                Ready.Add(node);
                break;
            case EventKind.Joined:
                Joined.Add(node);
                break;
            case EventKind.NeighborAdded:
                ends.Add((node, report.About));
                break;
            case EventKind.NeighborRemoved:
                ends.Remove((node, report.About));
                break;
            case EventKind.EntryCommitted when ((Ballot)report.Detail!).Entry.IsAlive:
                Listed.Add((node, report.About));
                break;
            case EventKind.EntryCommitted:
                Listed.Remove((node, report.About));
                removals.Add((node, report.About));
                break;
            case EventKind.GossipPublished or EventKind.GossipDelivered:
                HaveMessage.Add(node);
                break;
        }
    }
}
