using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Faults of the links: what makes them worse, and its end.
public sealed partial class SimulatedNetwork
{
    private readonly LinkConditions conditions;

    /// <summary>Makes some links worse from now on; the same fault again replaces what it did.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A chance outside [0, 1], or a negative amount.</exception>
    public void Impair(string faultId, Impairment impairment)
    {
        impairment.Validate();
        if (impairment.BytesPerSecond > 0) CheckSizes();
        var struck = StruckLinks.Of(impairment.Scope, nodes.Length, address => At(address).Index);
        conditions.Add(faultId, impairment, struck);
    }

    /// <summary>Takes back what a fault does to links; nothing happens when it does nothing.</summary>
    public void Mend(string faultId) => conditions.Remove(faultId);

    private void CheckSizes()
    {
        if (options.SizeOf is null)
            throw new InvalidOperationException("a bandwidth needs to know how long messages are: SizeOf");
    }
}
