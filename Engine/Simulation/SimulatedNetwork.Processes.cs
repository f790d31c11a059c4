using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Processes: start, crash, restart; and the disk that outlives them.
public sealed partial class SimulatedNetwork
{
    private const ulong TearStream = 0x7465617200000001UL;

    /// <summary>Starts the process of a node now; it must not be running.</summary>
    public void Start(NodeAddress address)
    {
        var node = At(address);
        if (node.Process is not null) throw new InvalidOperationException($"{address} runs already");
        StartProcess(node);
    }

    /// <summary>
    /// Kills the process: what it had not sent is gone, and its machine resets its connections,
    /// behind what is in flight.
    /// </summary>
    public void Crash(NodeAddress address, string faultId)
    {
        var node = At(address);
        if (node.Process is null) return;
        node.Process = null;
        node.IsPaused = false;
        node.Pace?.Forget();
        foreach (var input in node.Waiting)
            if (input.Kind == SimulatedEventKind.Dial) Answer(node, input.Sender, input.Connection);
        node.Waiting.Clear();
        foreach (var link in node.Links.Values) ResetOtherEnd(node, link);
        node.Links.Clear();
        node.Closing.Clear();
        ReportWorld(address, EventKind.ProcessCrashed, detail: faultId);
    }

    /// <summary>Starts a new process where one crashed.</summary>
    public void Restart(NodeAddress address, DiskState disk)
    {
        var node = At(address);
        if (node.Process is not null) return;
        var tear = Mix64.ToUnit(Mix64.Of(options.RandomSeed ^ TearStream, address.Packed, (ulong)node.Starts));
        node.Disk.Crash(disk, tear);
        StartProcess(node);
    }

    /// <summary>
    /// Hands a timer of the workload to a node, as if it had set it itself; nothing happens where no process runs.
    /// </summary>
    public void Inject(NodeAddress address, ProtocolTimer timer)
    {
        var node = At(address);
        Dispatch(node, new SimulatedEvent
        {
            Time = now,
            Sender = SimulatedEvent.World,
            Sequence = worldSequence++,
            Target = node.Index,
            Kind = SimulatedEventKind.Timer,
            Number = node.Starts,
            Timer = timer,
        });
    }

    private void StartProcess(SimulatedNode node)
    {
        var start = node.Starts++;
        node.Disk.Discard();
        node.Random = ProcessIdentity.RandomOf(options.RandomSeed, node.Address, start);
        var nodeId = ProcessIdentity.NodeIdOf(options.RandomSeed, node.Address, start);
        node.Process = options.Factories(node.Index)(new NodeStart(node.Address, nodeId, [.. node.Disk.Durable]));
        ReportWorld(node.Address, EventKind.ProcessStarted, start, nodeId);
        BeginInput(node, new SimulatedEvent { Time = now, Kind = SimulatedEventKind.Start, Number = start });
        node.Process.OnStart(Context(node));
        EndInput(node);
    }

    private void ScheduleFlush(SimulatedNode node) => queue.Add(new SimulatedEvent
    {
        Time = (Now + options.FlushLatency).Microseconds,
        Sender = node.Index,
        Sequence = node.NextSequence(),
        Target = node.Index,
        Kind = SimulatedEventKind.Flushed,
        Number = node.Starts,
    });

    private void Flush(SimulatedNode node, in SimulatedEvent input)
    {
        if (node.Process is null || input.Number != node.Starts) return;
        var released = node.Disk.Flush(out var goesOn);
        if (goesOn) ScheduleFlush(node);
        foreach (var effect in released) Perform(node, effect);
    }
}
