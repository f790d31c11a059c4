using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// What faults of one kind do to single nodes at the moment. Several may strike a node at once: the latest holds, and
/// when it is over the one before it does again.
/// </summary>
/// <param name="apply">Puts a node into a condition; null for as it should be.</param>
internal sealed class NodeConditions<T>(Action<NodeAddress, T?> apply)
    where T : class
{
    private readonly Dictionary<NodeAddress, List<(string FaultId, T Condition)>> active = [];

    public void Begin(NodeAddress node, string faultId, T condition)
    {
        if (!active.TryGetValue(node, out var conditions)) active.Add(node, conditions = []);
        conditions.Add((faultId, condition));
        apply(node, condition);
    }

    public void End(NodeAddress node, string faultId)
    {
        var conditions = active[node];
        conditions.RemoveAt(conditions.FindIndex(each => each.FaultId == faultId));
        apply(node, conditions.Count == 0 ? null : conditions[^1].Condition);
    }
}
