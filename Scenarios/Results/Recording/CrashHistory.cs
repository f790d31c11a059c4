using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>The crashes of registered peers, and who said what about each of them.</summary>
internal sealed class CrashHistory(NodeTable nodes, OverlayCount live, RunFacts facts)
{
    private readonly List<CrashRecord> all = [];
    private readonly List<CrashRecord> open = [];
    private readonly Dictionary<(int Node, int Epoch), CrashRecord> byMember = [];

    public IReadOnlyList<CrashRecord> All => all;

    /// <summary>Those whose membership has not ended everywhere.</summary>
    public IReadOnlyList<CrashRecord> Open => open;

    /// <summary>Call before the node is taken for dead.</summary>
    public void Begin(NodeState node, Instant now, string faultId)
    {
        LoseHolder(node);
        // Before its registration and after its leaving there is no membership to end.
        if (!node.IsRegistered) return;
        var crash = new CrashRecord
        {
            Address = node.Address, Epoch = node.Epoch, At = now, FaultId = faultId,
            Degree = node.Degree, Earlier = node.OpenCrash, Holders = live.LinksOf(node),
            Neighbors = facts.MostPeers <= EndOverlay.MostPeersDrawn ? [.. node.Neighbors] : [],
        };
        node.OpenCrash = crash;
        byMember[(node.Index, node.Epoch)] = crash;
        all.Add(crash);
        open.Add(crash);
    }

    public void Close(CrashRecord crash, NodeState node)
    {
        open.Remove(crash);
        if (ReferenceEquals(node.OpenCrash, crash)) node.OpenCrash = null;
    }

    public void Observe(Instant now, in ProtocolEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.Suspected:
                Of(e.About, e.Number)?.Suspect(now, e.Detail as Silence);
                break;
            case EventKind.DeathReported:
                Of(e.About, e.Number)?.Report(now, e.Detail as DeadNode);
                break;
            case EventKind.ReportHeard when e.Detail is HeardReport { Report: var report }:
                Of(report.Address, report.Epoch)?.HearReport(now);
                break;
            case EventKind.ProposalOpened when e.Detail is Ballot { Entry.IsAlive: false } ballot:
                Of(ballot.Entry.Address, ballot.Entry.Epoch)?.Propose(now, ballot.Proposal);
                break;
        }
    }

    /// <summary>A live peer let go of its link to a member that may have crashed.</summary>
    public void NoteDrop(NodeState member, int epoch, Instant now)
    {
        if (all.Count > 0 && byMember.TryGetValue((member.Index, epoch), out var crash)) crash.Drop(now);
    }

    /// <summary>Who dies or leaves need not be told of the crashed ones that it lists.</summary>
    public void LoseHolder(NodeState node)
    {
        if (all.Count == 0 || !node.IsLivePeer) return;
        foreach (var neighbor in node.Neighbors)
        {
            var other = nodes[neighbor];
            if (!other.IsUp && byMember.TryGetValue((neighbor, other.Epoch), out var crash)) crash.LoseHolder();
        }
    }

    private CrashRecord? Of(NodeAddress address, long epoch)
    {
        for (var crash = nodes.Find(address)?.OpenCrash; crash is not null; crash = crash.Earlier)
            if (crash.Epoch == epoch) return crash;
        return null;
    }
}
