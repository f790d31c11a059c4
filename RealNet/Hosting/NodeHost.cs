using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Links;
using GossipSim.RealNet.Stores;

namespace GossipSim.RealNet.Hosting;

/// <summary>One address: its listening socket, its disk, and the process that runs there now, if any.</summary>
internal sealed class NodeHost(World world, Placement placement, INodeStore store) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);   // start, crash and restart one after the other
    private Listener? listener;
    private int starts = placement.FirstStart;

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
            var next = new NodeProcess(
                new ProcessStart(world, placement, Machine, starts++, store, store.Open()));
            process = next;
            listener!.Serve(next.Wire);
            handled = next.Start();
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

            if (process is not { } ending) return;
            await ending.KillAsync();
            if (faultId is not null) ending.Report(new ProtocolEvent(EventKind.ProcessCrashed, Detail: faultId));
            ending.EndRecording();
            process = null;
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(faultId: null);
        store.Dispose();   // the gate holds nothing to dispose of, and a crash may still come late
    }

    public void Sweep()
    {
        if (process is { IsPaused: false } running) running.Wire.Sweep();
    }
}
