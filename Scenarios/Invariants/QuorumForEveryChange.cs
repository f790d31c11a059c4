using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>No entry of any list changes without the votes of a quorum of distinct, configured seed nodes.</summary>
internal sealed class QuorumForEveryChange() : Invariant("quorumForEveryChange")
{
    public override Assumption Assumes => Assumption.FewLyingSeedNodes;

    public override IReadOnlyList<EventKind> Hears => [EventKind.EntryCommitted];

    public override void Observe(RunRecord world, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        var ballot = (Ballot)e.Detail!;
        var votes = world.VotesOf(ballot, node);
        if (votes < world.Facts.Quorum)
            Violate($"{node} committed {ballot.Entry} on {votes} votes of {world.Facts.Quorum} needed", now, node);
    }
}
