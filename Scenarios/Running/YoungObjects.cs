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

    /// <summary>Our choice: a thousand peers take about this long for a megabyte.</summary>
    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(10);

    private readonly Timer timer;
    private long allocated;
    private int collections;

    public YoungObjects()
    {
        NoteCollected();
        timer = new Timer(_ => Look(), null, glance, glance);
    }

    public void Dispose() => timer.Dispose();

    /// <summary>Two looks at once, when one was late, do no harm: one collects for nothing.</summary>
    private void Look()
    {
        if (GC.CollectionCount(0) == collections)
        {
            if (GC.GetTotalAllocatedBytes() - allocated < Limit) return;
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        }

        NoteCollected();
    }

    private void NoteCollected() => (collections, allocated) = (GC.CollectionCount(0), GC.GetTotalAllocatedBytes());
}
