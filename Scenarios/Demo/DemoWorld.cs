using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>Who is ready, member, linked: counted from what the nodes of a demo report.</summary>
internal sealed class DemoWorld
{
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

    public LinkEnds Overlay { get; } = new();

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
                Overlay.Add(node, report.About);
                break;
            case EventKind.NeighborRemoved:
                Overlay.Remove(node, report.About);
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
