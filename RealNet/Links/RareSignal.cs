namespace GossipSim.RealNet.Links;

/// <summary>
/// Something that happens once and that hardly anybody waits for: the task is made for the first who does. Any thread
/// may give it or wait.
/// </summary>
internal struct RareSignal
{
    private static readonly TaskCompletionSource given = Given();

    private TaskCompletionSource? state;

    public void Give() => Interlocked.Exchange(ref state, given)?.TrySetResult();

    /// <summary>Done when the signal was given.</summary>
    public Task WaitAsync()
    {
        if (Volatile.Read(ref state) is { } made) return made.Task;
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref state, mine, null) ?? mine).Task;
    }

    private static TaskCompletionSource Given()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
