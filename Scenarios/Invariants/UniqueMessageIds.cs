using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// No two messages have the same id. An id without a port and in whole seconds names all peers of a host alike
/// (SOURCES D1).
/// </summary>
internal sealed class UniqueMessageIds() : Invariant("uniqueMessageIds")
{
    public override IReadOnlyList<EventKind> Hears => [EventKind.GossipPublished];

    private readonly Dictionary<string, NodeAddress> origins = new(StringComparer.Ordinal);

    public override void Observe(RunRecord world, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        var id = ((Gossip)e.Detail!).Id;
        if (origins.TryAdd(id, node)) return;
        Violate($"{node} gave a message the id {id}, which one of {origins[id]} has", now, node, origins[id]);
    }
}
