using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>An epoch of an address belongs to one process, at every seed node and for ever.</summary>
internal sealed class OneNodeIdPerEpoch() : Invariant("oneNodeIdPerEpoch")
{
    public override Assumption Assumes =>
        Assumption.FewLyingSeedNodes | Assumption.MemoryOfQuorum;

    public override IReadOnlyList<EventKind> Hears => [EventKind.EntryCommitted];

    private readonly Dictionary<(NodeAddress, int), NodeId> owners = [];

    public override void Observe(RunRecord world, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        var entry = ((Ballot)e.Detail!).Entry;
        if (owners.TryAdd((entry.Address, entry.Epoch), entry.NodeId)) return;
        var owner = owners[(entry.Address, entry.Epoch)];
        if (owner != entry.NodeId)
            Violate(
                $"epoch {entry.Epoch} of {entry.Address} belongs to {owner} and to {entry.NodeId}",
                now, node, entry.Address);
    }
}
