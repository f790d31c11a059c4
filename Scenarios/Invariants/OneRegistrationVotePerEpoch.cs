using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>A seed node votes for one process at each (address, epoch), also across its own restarts.</summary>
internal sealed class OneRegistrationVotePerEpoch() : Invariant("oneRegistrationVotePerEpoch")
{
    private readonly Dictionary<(NodeAddress, NodeAddress, int), NodeId> votes = [];

    public override void Observe(RunRecord world, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        if (e.Kind != EventKind.VoteCast) return;
        var ballot = (Ballot)e.Detail!;
        if (!ballot.Yes || !ballot.Entry.IsAlive) return;
        var entry = ballot.Entry;
        if (votes.TryAdd((node, entry.Address, entry.Epoch), entry.NodeId)) return;
        var earlier = votes[(node, entry.Address, entry.Epoch)];
        if (earlier != entry.NodeId)
            Violate(
                $"{node} voted for {earlier} and for {entry.NodeId} at epoch {entry.Epoch} of {entry.Address}",
                now, node);
    }
}
