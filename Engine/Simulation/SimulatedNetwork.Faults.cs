using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Faults of the network itself: partitions, and loss on some links or all.
public sealed partial class SimulatedNetwork
{
    private readonly Dictionary<string, int[]> partitions = [];
    private readonly Dictionary<string, (double Probability, bool[]? Nodes)> losses = [];

    /// <summary>
    /// Cuts every link between different groups; who is in no group is a group of its own with the others left.
    /// </summary>
    public void Partition(string faultId, IReadOnlyList<IReadOnlyCollection<NodeAddress>> groups)
    {
        var groupOf = new int[nodes.Length];
        for (var group = 0; group < groups.Count; group++)
            foreach (var address in groups[group]) groupOf[At(address).Index] = group + 1;
        partitions[faultId] = groupOf;
        var named = new NodeAddress[groups.Count][];
        for (var group = 0; group < named.Length; group++) named[group] = [.. groups[group]];
        ReportWorld(NodeAddress.None, EventKind.NetworkChanged, detail: new NetworkChange("partition", faultId, named));
    }

    public void Heal(string faultId)
    {
        if (!partitions.Remove(faultId)) return;
        ReportWorld(NodeAddress.None, EventKind.NetworkChanged, detail: new NetworkChange("heal", faultId, []));
    }

    /// <summary>
    /// Loses transmissions on all links of some nodes, or with null on all links, with a probability.
    /// </summary>
    public void LoseOn(string faultId, IReadOnlyCollection<NodeAddress>? addresses, double probability)
    {
        bool[]? struck = null;
        if (addresses is not null)
        {
            struck = new bool[nodes.Length];
            foreach (var address in addresses) struck[At(address).Index] = true;
        }

        losses[faultId] = (probability, struck);
        NodeAddress[][] named = addresses is null ? [] : [[.. addresses]];
        ReportWorld(NodeAddress.None, EventKind.NetworkChanged, detail: new NetworkChange("linkLoss", faultId, named));
    }

    public void StopLosing(string faultId)
    {
        if (!losses.Remove(faultId)) return;
        ReportWorld(
            NodeAddress.None, EventKind.NetworkChanged, detail: new NetworkChange("linkLossEnded", faultId, []));
    }

    private bool IsCut(int one, int other)
    {
        if (partitions.Count == 0) return false;
        foreach (var groupOf in partitions.Values)
            if (groupOf[one] != groupOf[other]) return true;
        return false;
    }

    /// <summary>Several causes of loss are independent of each other.</summary>
    private double LossProbability(int one, int other)
    {
        var arrives = 1 - options.LossProbability;
        foreach (var (probability, struck) in losses.Values)
            if (struck is null || struck[one] || struck[other]) arrives *= 1 - probability;
        return 1 - arrives;
    }
}
