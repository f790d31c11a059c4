using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Links;
using GossipSim.RealNet.Stores;

namespace GossipSim.RealNet.Hosting;

/// <summary>One address: its listening socket, its disk, and the process that runs there now, if any.</summary>
internal sealed class NodeHost(World world, Placement placement, INodeStore store) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);   // start, crash and restart one after the other
    private Listener? listener;
    private readonly RestartPause restartPause = new(world.Limits);
    private int starts = placement.FirstStart;
    private bool isStopped;

    private volatile NodeProcess? process;

    public NodeProcess? Process => process;

    public Machine Machine { get; } = new(placement.Address, world);

    /// <exception cref="PortInUseException">Somebody else listens at the address.</exception>
    public void Listen() => listener ??= new Listener(placement, world.Limits);

    public async Task StartAsync(DiskAtRestart disk)
    {
        Task handled;
        await gate.WaitAsync();
        try
        {
            if (process is not null) throw new InvalidOperationException($"{placement.Address} runs already");
            if (disk == DiskAtRestart.Torn) store.Tear();
            if (disk == DiskAtRestart.Empty) store.Erase();
            Listen();
            handled = Launch();
        }
        finally
        {
            gate.Release();
        }

        await handled;   // without the gate: a process that is paused before its first input can still be killed
    }

    /// <summary>Ends the process, with a report when it is a fault of the scenario, and frees the port.</summary>
    public async Task StopAsync(string? faultId)
    {
        await gate.WaitAsync();
        try
        {
            if (listener is not null)
            {
                listener.Serve(null);
                await listener.DisposeAsync();
                listener = null;
            }

            if (process is { } ending) await EndAsync(ending, faultId);
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        isStopped = true;
        await StopAsync(faultId: null);
        store.Dispose();   // the gate holds nothing to dispose of, and a crash may still come late
    }

    public void Sweep()
    {
        if (process is { IsPaused: false } running) running.Wire.Sweep();
    }

    /// <summary>Under the gate.</summary>
    /// <returns>Done when the process has handled its start.</returns>
    private Task Launch()
    {
        var next = new NodeProcess(
            new ProcessStart(world, placement, Machine, starts++, store, store.Open(), OnFailed));
        process = next;
        listener!.Serve(next.Wire);
        return next.Start();
    }

    /// <summary>Under the gate.</summary>
    private async Task EndAsync(NodeProcess ending, string? faultId)
    {
        await ending.KillAsync();
        if (faultId is not null) ending.Report(new ProtocolEvent(EventKind.ProcessCrashed, Detail: faultId));
        ending.EndRecording();
        process = null;
    }

    /// <summary>
    /// What a handler that threw leaves behind is undefined. The disk is not: what the input made it write was not
    /// flushed. So the node starts again from it, as another process. One that cannot start, or has no disk any more,
    /// is stopped for good: another start would end as this one did.
    /// </summary>
    private void OnFailed(NodeProcess failed, Exception error)
    {
        var canRestart = failed.HasStarted && error is not (IOException or UnauthorizedAccessException);
        world.Errors.Note(
            placement.Address, error,
            canRestart ? InternalErrorOutcome.NodeRestarted : InternalErrorOutcome.NodeStopped);
        // On another thread: stopping waits for the loop that called this.
        if (!isStopped) _ = Task.Run(() => canRestart ? RestartAsync(failed) : StopAsync(FailedId));
    }

    private async Task RestartAsync(NodeProcess failed)
    {
        await gate.WaitAsync();
        try
        {
            if (process != failed) return;
            listener!.Serve(null);
            await EndAsync(failed, FailedId);
        }
        finally
        {
            gate.Release();
        }

        // Without the gate: the run may crash the node, start it or stop everything meanwhile.
        await Task.Delay(restartPause.After(world.Clock.Now));
        await gate.WaitAsync();
        try
        {
            if (process is null && listener is not null) _ = Launch();
        }
        catch (Exception error)
        {
            world.Errors.Note(placement.Address, error, InternalErrorOutcome.NodeStopped);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>What the report of a crash names as its fault when this program was at fault.</summary>
    private const string FailedId = "internal error";
}
