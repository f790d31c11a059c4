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
        for (; judged < world.FalselyRemoved.Count; judged++)
        {
            var (member, epoch) = world.FalselyRemoved[judged];
            Violate($"{member} was removed at epoch {epoch} while it lived and could be reached", now, node, member);
        }
    }
}
