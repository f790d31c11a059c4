using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// The virtual world: a clock in whole microseconds, processes that start and crash, and links that keep TCP's promises
/// and no more. Same options, same run, however many threads run it: chance comes only from streams keyed by the random
/// seed, and time goes on in windows no wider than the smallest latency, within which no node can influence another
/// (conservative synchronisation: Chandy and Misra, 1979; windows: Nicol, 1993).
/// </summary>
public sealed partial class SimulatedNetwork
{
    /// <summary>Our choice: fewer inputs than this in a window are not worth waking other threads for.</summary>
    private const int WorthSharing = 64;

    private readonly VirtualWorld world;
    private readonly ITrace trace;
    private readonly Blocks blocks;
    private readonly Worker[] workers;
    private readonly PriorityQueue<Action, (long Time, long Order)> changes = new();
    private readonly ReportBuffer reports = new();
    private long changesAsked;
    private bool isTelling;
    private long now;

    // What nodes are handed at the moment: from when to when.
    private long begin;
    private long last;

    public SimulatedNetwork(SimulatedNetworkOptions options, ITrace trace)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, SimulatedNetworkOptions.MostThreads);
        this.trace = trace;
        world = new VirtualWorld(options, trace);
        if (options.BytesPerSecond > 0) CheckSizes();
        blocks = new Blocks(options.Plan.Count, options.Plan.SeedNodes, options.Threads);
        workers = new Worker[options.Threads];
        for (var number = 0; number < workers.Length; number++) workers[number] = new Worker(world, blocks, number);
        foreach (var worker in workers) worker.Join(workers);
    }

    public Instant Now => new(now);

    /// <summary>Inputs handled by nodes so far.</summary>
    public long Events => workers.Sum(worker => worker.Events);

    /// <summary>Those of them that were messages.</summary>
    public long Messages => workers.Sum(worker => worker.Messages);

    /// <summary>What nodes sent so far, by kind of message in the order of names; nothing where it is not
    /// counted.</summary>
    public IReadOnlyList<SentTraffic> Sent =>
        [.. TrafficTally.Sum([.. workers.Select(worker => worker.Sent).OfType<TrafficTally>()])];

    /// <summary>One number for the whole run: what every node handled and decided, in address order.</summary>
    public ulong Fingerprint
    {
        get
        {
            var fingerprint = 0UL;
            foreach (ref readonly var node in world.Nodes.AsSpan())
                fingerprint = Mix64.Of(fingerprint ^ world.Plan[node.Index].Packed, node.Hash);
            return fingerprint;
        }
    }

    /// <summary>
    /// Lets something happen to the world at a time: before whatever nodes do at that time. All threads stop for it.
    /// </summary>
    public void At(Instant time, Action change) =>
        changes.Enqueue(change, (Math.Max(time.Microseconds, now), changesAsked++));

    /// <summary>
    /// Runs until the time, or until nothing is left to happen, or until it is told to stop, at the end of a window.
    /// </summary>
    /// <returns>Whether it came to the time.</returns>
    public bool RunUntil(Instant end, Func<bool>? shallStop = null)
    {
        using var gang = workers.Length > 1 ? new WorkerGang(workers.Length, HandOut) : null;
        while (NextTime() is var next && next <= end.Microseconds)
        {
            if (shallStop is not null && shallStop()) return false;
            MoveTo(next);
            if (changes.TryPeek(out _, out var change) && change.Time == next) Change();
            else HandOutWindow(end.Microseconds, gang);
        }

        MoveTo(Math.Max(now, end.Microseconds));
        return true;
    }

    /// <summary>When something happens next: in a window that nobody has begun, at its beginning.</summary>
    private long NextTime()
    {
        var next = changes.TryPeek(out _, out var change) ? change.Time : long.MaxValue;
        foreach (var worker in workers) next = Math.Min(next, worker.Ring.NextTime(now));
        return next;
    }

    private void MoveTo(long time)
    {
        now = time;
        foreach (var worker in workers) worker.MoveTo(time);
    }

    private void Change()
    {
        changes.Dequeue()();
        TellReports();
    }

    /// <summary>Nodes act: until the end of the window, or the next change, or the end of the run.</summary>
    private void HandOutWindow(long end, WorkerGang? gang)
    {
        var window = now >> world.WindowShift;
        (begin, last) = (now, Math.Min(((window + 1) << world.WindowShift) - 1, end));
        if (changes.TryPeek(out _, out var change)) last = Math.Min(last, change.Time - 1);
        try
        {
            if (gang is not null && IsWorthSharing(window)) gang.RunOnce();
            else for (var number = 0; number < workers.Length; number++) HandOut(number);
        }
        finally
        {
            MoveTo(last);
            TellReports();
        }
    }

    private bool IsWorthSharing(long window)
    {
        var inputs = 0;
        foreach (var worker in workers) inputs += worker.Ring.Count(window, atMost: WorthSharing);
        return inputs >= WorthSharing;
    }

    private void HandOut(int number) => workers[number].HandOut(begin, last);

    private void TellReports()
    {
        if (isTelling) return;
        isTelling = true;
        try
        {
            do
            {
                foreach (var worker in workers) reports.AddAll(worker.Reports);
                reports.TellAll(world.Plan, trace);
            }
            while (Array.Exists(workers, worker => worker.Reports.Count > 0));
        }
        finally
        {
            isTelling = false;
        }
    }
}
