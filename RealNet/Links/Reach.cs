using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Links;

/// <summary>The directions between a process and another node.</summary>
[Flags]
internal enum Way : byte
{
    To = 1,
    From = 2,
    Both = To | From,
}

/// <summary>
/// To whom nothing passes from a process, and from whom nothing passes to it. Nothing is lost on the way: as on a wire
/// that is cut, connections stand still until it is whole again or somebody's patience ends.
/// </summary>
internal sealed class Reach
{
    private sealed record Cut(HashSet<NodeAddress> To, HashSet<NodeAddress> From, TaskCompletionSource Changed)
    {
        public bool Closes(Way way, NodeAddress other) =>
            ((way & Way.To) != 0 && To.Contains(other)) || ((way & Way.From) != 0 && From.Contains(other));
    }

    private volatile Cut cut = CutTo([], []);

    public void Set(IEnumerable<NodeAddress> unreached, IEnumerable<NodeAddress> unheard)
    {
        var before = cut;
        cut = CutTo(unreached, unheard);
        before.Changed.SetResult();
    }

    public bool IsCut(Way way, NodeAddress other) => cut.Closes(way, other);

    /// <summary>Done when the way is open, or the wait is given up.</summary>
    public async Task OpenAsync(Way way, NodeAddress other, Task givenUp)
    {
        while (cut is var now && now.Closes(way, other) && !givenUp.IsCompleted)
            await Task.WhenAny(now.Changed.Task, givenUp);
    }

    private static Cut CutTo(IEnumerable<NodeAddress> unreached, IEnumerable<NodeAddress> unheard) => new(
        [.. unreached], [.. unheard], new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
