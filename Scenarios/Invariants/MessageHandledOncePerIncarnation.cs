using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>A process delivers each message at most once, and its own not at all.</summary>
internal sealed class MessageHandledOncePerIncarnation() : Invariant("messageHandledOncePerIncarnation")
{
    private readonly Dictionary<GossipKey, int> places = [];
    private readonly Dictionary<NodeAddress, HashSet<int>> handled = [];

    public override void Observe(RunRecord world, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        if (e.Kind == EventKind.ProcessStarted) handled.Remove(node);
        if (e.Kind is not (EventKind.GossipDelivered or EventKind.GossipPublished)) return;
        var key = ((Gossip)e.Detail!).Key;
        if (!places.TryGetValue(key, out var place)) places.Add(key, place = places.Count);
        if (!handled.TryGetValue(node, out var seen)) handled.Add(node, seen = []);
        if (!seen.Add(place)) Violate($"{node} handled message {key} again", now, node);
    }
}
