using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Protocols;

/// <summary>
/// A promise of an own protocol, judged on what its nodes report, one event at a time: in the simulator and on TCP,
/// where no two nodes share a clock. One that does not hold makes the exit code 1.
/// </summary>
/// <param name="name">camelCase, as reports write it.</param>
public abstract class OwnInvariant(string name)
{
    public string Name => name;

    /// <summary>Where breaches go.</summary>
    internal Action<string, NodeAddress[]>? Breached { get; set; }

    /// <summary>Something happened at a node; the world is up to date with it.</summary>
    public virtual void Observe(ProtocolWorld world, NodeAddress node, in ProtocolEvent e) { }

    /// <summary>The scenario ran to its end.</summary>
    public virtual void AtEnd(ProtocolWorld world) { }

    /// <summary>The promise is broken.</summary>
    /// <param name="detail">What happened, in a sentence.</param>
    /// <param name="nodes">The nodes concerned.</param>
    protected void Violate(string detail, params NodeAddress[] nodes) => Breached?.Invoke(detail, nodes);
}
