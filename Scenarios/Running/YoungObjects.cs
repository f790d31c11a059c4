namespace GossipSim.Scenarios.Running;

/// <summary>
/// Keeps a process with real sockets small. Many objects outlive their first collection there: what was read waits for
/// its turn, and what was said for its socket. The runtime takes that for a reason to collect seldom and lets the
/// youngest objects take tens of megabytes more, which is what a simulation of a million peers needs. As that is one
/// setting for the whole program, here they are collected sooner.
/// </summary>
internal sealed class YoungObjects : IDisposable
{
    /// <summary>Our choice: what a core's share of the cache holds.</summary>
    private const long Limit = 8 << 20;

    /// <summary>Our choice: looks until the limit is reached.</summary>
    private const int Looks = 8;

    /// <summary>Our choice: hundreds of idle nodes, each a process, shall not wake up all the time.</summary>
    private static readonly TimeSpan longestPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan shortestPause = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource over = new();
    private TimeSpan pause = shortestPause;
    private int collections;
    private long allocatedAtCollection;
    private long allocatedAtLook;

    public YoungObjects()
    {
        NoteCollection();
        _ = WatchAsync();
    }

    public void Dispose() => over.Cancel();

    private async Task WatchAsync()
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(pause, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Look();
        }
    }

    private void Look()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var sinceLook = Math.Max(1, allocated - allocatedAtLook);
        allocatedAtLook = allocated;
        var next = pause * ((double)Limit / Looks / sinceLook);
        pause = next < shortestPause ? shortestPause : next > longestPause ? longestPause : next;
        if (GC.CollectionCount(0) == collections)
        {
            if (allocated - allocatedAtCollection < Limit) return;
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        }

        NoteCollection();
    }

    private void NoteCollection() =>
        (collections, allocatedAtCollection) = (GC.CollectionCount(0), GC.GetTotalAllocatedBytes());
}
