using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Processes;

/// <summary>One address, and the process that hosts its node now, if any.</summary>
internal sealed class NodeSeat(NodeAddress address, ChildWatch watch, Func<NodeAddress, int, NodeLaunch> launchOf)
    : IAsyncDisposable
{
    /// <summary>How long a process gets to obey, or to say good-bye. Our choice.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim gate = new(1, 1);   // start, crash and restart one after the other
    private readonly List<ChildProcess> all = [];
    private volatile ChildProcess? prepared;
    private volatile ChildProcess? running;
    private readonly Dictionary<OrderKind, Order> standing = [];
    private int starts;

    /// <summary>The process whose node was told to start.</summary>
    public ChildProcess? Running => running is { Ended.IsCompleted: false } child ? child : null;

    /// <summary>Of every process that ran here what it told last.</summary>
    public IEnumerable<TrafficCounters> Traffic
    {
        get
        {
            lock (all) return [.. all.Select(child => child.Traffic).OfType<TrafficCounters>()];
        }
    }

    /// <summary>The same of what their nodes sent, so each kind once a process.</summary>
    public IEnumerable<SentKind> Sent
    {
        get
        {
            lock (all) return [.. all.SelectMany(child => child.Sent)];
        }
    }

    public long ResidentBytes => (Running ?? prepared)?.ResidentBytes ?? 0;

    /// <summary>Has the process of the next start wait, with its port taken.</summary>
    public async Task PrepareAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (Running is null) await PrepareNextAsync();
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task StartAsync(DiskAtRestart disk)
    {
        ChildProcess next;
        await gate.WaitAsync();
        try
        {
            if (Running is not null) throw new InvalidOperationException($"{address} runs already");
            next = await PrepareNextAsync();
            prepared = null;
            lock (standing)
            {
                running = next;
                foreach (var order in standing.Values) next.Tell(order);
            }

            next.Tell(new Order(OrderKind.Start, disk));
        }
        finally
        {
            gate.Release();
        }

        await next.Started;   // without the gate: a process that is paused before its start can still be killed
    }

    public async Task CrashAsync(string faultId)
    {
        await gate.WaitAsync();
        try
        {
            if (Running is not { } ending) return;
            ending.Kill();
            await ending.Ended;
            running = null;
            await watch.TellAsync(address, new ProtocolEvent(EventKind.ProcessCrashed, Detail: faultId));
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>An order that holds for whatever process runs here, the next ones too.</summary>
    public void Set(Order order)
    {
        lock (standing)
        {
            standing[order.Do] = order;
            Running?.Tell(order);
        }
    }

    /// <summary>An order to the process that runs now; nobody waits for one that stands still.</summary>
    public async Task ObeyAsync(Order order)
    {
        if (Running is not { } child) return;
        var obeyed = child.ObeyAsync(order);
        if (!child.IsPaused) await Task.WhenAny(obeyed, Task.Delay(patience));
    }

    public void Pause()
    {
        if (Running is not { IsPaused: false } child) return;
        child.IsPaused = true;
        Signals.Pause(child.Id);
        _ = watch.TellAsync(address, new ProtocolEvent(EventKind.ProcessPaused));
    }

    public void Resume()
    {
        if (Running is not { IsPaused: true } child) return;
        child.IsPaused = false;
        _ = watch.TellAsync(address, new ProtocolEvent(EventKind.ProcessResumed));
        Signals.Resume(child.Id);
    }

    /// <summary>Without a report: the end of the whole network.</summary>
    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        try
        {
            if ((Running ?? prepared) is { } ending) await EndAsync(ending);
        }
        finally
        {
            gate.Release();
        }

        lock (all) all.ForEach(child => child.Dispose());
    }

    private async Task EndAsync(ChildProcess ending)
    {
        ending.IsExpectedToEnd = true;
        if (Running is null || ending.IsPaused) ending.Kill();
        else ending.Tell(new Order(OrderKind.Stop));
        if (await Task.WhenAny(ending.Ended, Task.Delay(patience)) != ending.Ended) ending.Kill();
        await ending.Ended;
        (running, prepared) = (null, null);
    }

    private async Task<ChildProcess> PrepareNextAsync()
    {
        if (prepared is { } waiting) return waiting;
        lock (all) starts = Math.Max(starts, 1 + all.Select(before => before.LatestStart).DefaultIfEmpty(-1).Max());
        var child = await watch.LaunchAsync(address, launchOf(address, starts));
        lock (all) all.Add(child);
        prepared = child;
        try
        {
            await child.Ready;
        }
        catch
        {
            prepared = null;
            throw;
        }

        starts++;
        return child;
    }
}
