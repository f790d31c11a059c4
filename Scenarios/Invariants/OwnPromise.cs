using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Protocols;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// A promise of an own protocol among those that are watched. One that throws is broken too: by its author, who needs
/// to know.
/// </summary>
internal sealed class OwnPromise : Invariant
{
    private readonly OwnInvariant promise;
    private Instant now;

    public OwnPromise(OwnInvariant promise)
        : base(promise.Name)
    {
        this.promise = promise;
        promise.Breached = (detail, nodes) => Violate(detail, now, nodes);
    }

    public override IReadOnlyList<EventKind> Hears => Enum.GetValues<EventKind>();

    public override void Observe(RunRecord world, NodeAddress node, Instant when, in ProtocolEvent e)
    {
        now = when;
        try
        {
            promise.Observe(world.Metrics!.World, node, e);
        }
        catch (Exception thrown)
        {
            Blame(thrown);
        }
    }

    public override void AtEnd(RunRecord world, Instant when)
    {
        now = when;
        try
        {
            promise.AtEnd(world.Metrics!.World);
        }
        catch (Exception thrown)
        {
            Blame(thrown);
        }
    }

    private void Blame(Exception thrown) =>
        Violate($"the invariant itself threw {thrown.GetType().Name}: {thrown.Message}", now);
}
