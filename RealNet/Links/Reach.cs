using System.Collections.Frozen;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Links;

/// <summary>
/// Whom a process cannot reach. Nothing is lost on the way to them or from them: as on a wire that is cut, connections
/// stand still until it is whole again or somebody's patience ends.
/// </summary>
internal sealed class Reach
{
    private sealed record Cut(FrozenSet<NodeAddress> Nodes, TaskCompletionSource Changed);

    private volatile Cut cut = CutTo([]);

    public void Set(IEnumerable<NodeAddress> unreachable)
    {
        var before = cut;
        cut = CutTo(unreachable);
        before.Changed.SetResult();
    }

    public bool IsCut(NodeAddress other) => cut.Nodes.Contains(other);

    /// <summary>Done when the way to the other is open, or the wait is given up.</summary>
    public async Task OpenAsync(NodeAddress other, Task givenUp)
    {
        while (cut is var now && now.Nodes.Contains(other) && !givenUp.IsCompleted)
            await Task.WhenAny(now.Changed.Task, givenUp);
    }

    private static Cut CutTo(IEnumerable<NodeAddress> nodes) => new(
        nodes.ToFrozenSet(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
