using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// Nobody is removed who ran and could exchange messages with a quorum for the whole detection bound before.
/// </summary>
internal sealed class NoFalseRemoval() : Invariant("noFalseRemoval")
{
    public override Assumption Assumes => Assumption.FewLyingSeedNodes;

    public override IReadOnlyList<EventKind> Hears => [EventKind.EntryCommitted];

    private int judged;

    public override void Observe(RunRecord world, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        if (world.FalseRemovals == judged) return;
        judged = world.FalseRemovals;
        Violate($"{e.About} was removed at epoch {e.Number} while it lived and could be reached", now, node, e.About);
    }
}
