using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// No list names a process that does not run, as long as a quorum of seed nodes is there to remove it.
/// </summary>
internal sealed class CrashedEventuallyRemoved(QuietWatch quiet, TimeSpan patience)
    : Invariant("crashedEventuallyRemoved")
{
    public override bool NeedsQuiet => true;

    public override Assumption Assumes => Assumption.FewLyingSeedNodes;

    private bool isPending;

    /// <summary>Whether a list names a dead process whose watcher's time is not up.</summary>
    public override bool IsPending => isPending;

    public override void AtQuiet(RunRecord world, Instant now)
    {
        isPending = false;
        var voting = world.Nodes.SeedNodes
            .Where(seedNode => seedNode is { IsUp: true, IsLiar: false, IsLearning: false }).ToList();
        if (voting.Count < world.Facts.Quorum) return;
        foreach (var seedNode in voting)
        {
            foreach (var node in world.Nodes.All)
            {
                var entry = world.Membership.EntryAt(seedNode.Index, node.Index);
                if (entry.Epoch == 0 || !entry.IsAlive) continue;
                var runs = node.IsUp && node.NodeId == entry.NodeId && !node.HasLeft;
                if (!runs) JudgeDead(seedNode.Address, entry, now);
            }
        }
    }

    private void JudgeDead(NodeAddress seedNode, MembershipEntry entry, Instant now)
    {
        // Who watches over whom may have changed with the last disturbance; the watcher's patience begins anew then.
        if (now - quiet.Since < patience) isPending = true;
        else Violate($"{seedNode} still lists {entry}, which does not run", now, seedNode, entry.Address);
    }
}
