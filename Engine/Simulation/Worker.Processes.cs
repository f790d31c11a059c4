using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Processes: start, crash, restart; and the disk that outlives them.
internal sealed partial class Worker
{
    private const ulong TearStream = 0x7465617200000001UL;

    public void Start(int index) => StartProcess(ref nodes[index]);

    public void PushStart(int index, long time) => Add(new SimulatedEvent
    {
        Time = time, Target = index, Sender = SimulatedEvent.World, Kind = SimulatedEventKind.Start,
    });

    public void Crash(int index, string faultId)
    {
        ref var node = ref nodes[index];
        if (node.Process is null) return;
        node.Process = null;
        if (node.Machine is { } machine)
        {
            machine.IsPaused = false;
            machine.Pace?.Forget();
            foreach (var input in machine.Waiting)
                if (input.Kind == SimulatedEventKind.Dial) Answer(ref node, input.Sender, input.Connection);
            machine.Waiting.Clear();
        }

        var links = NeedLinks(ref node);
        foreach (var link in links.All) ResetOtherEnd(ref node, link);
        links.Clear();
        TellOfWorld(ref node, EventKind.ProcessCrashed, detail: faultId);
    }

    public void Restart(int index, DiskState disk)
    {
        ref var node = ref nodes[index];
        if (node.Process is not null) return;
        var tear = Mix64.ToUnit(
            Mix64.Of(world.Options.RandomSeed ^ TearStream, AddressOf(index).Packed, (ulong)node.Starts));
        node.Machine?.Disk?.Crash(disk, tear);
        StartProcess(ref node);
    }

    public void Inject(int index, ProtocolTimer timer) => Dispatch(ref nodes[index], Injection(index, timer, now));

    public void PushInjection(int index, ProtocolTimer timer, long time) => Add(Injection(index, timer, time));

    private static SimulatedEvent Injection(int index, ProtocolTimer timer, long time) => new()
    {
        Time = time, Target = index, Sender = SimulatedEvent.World, Kind = SimulatedEventKind.Injected, Timer = timer,
    };

    private void StartProcess(ref SimulatedNode node)
    {
        // Somebody was faster: a start that was asked for finds its process.
        if (node.Process is not null) return;
        var (address, start) = (AddressOf(node.Index), node.Starts++);
        var disk = node.Machine?.Disk;
        disk?.Discard();
        node.Random = ProcessIdentity.RandomOf(world.Options.RandomSeed, address, start);
        var nodeId = ProcessIdentity.NodeIdOf(world.Options.RandomSeed, address, start);
        StableRecord[] records = disk is null ? [] : [.. disk.Durable];
        var process = world.Options.Factories(node.Index)(new NodeStart(address, nodeId, records));
        node.Process = process;
        TellOfWorld(ref node, EventKind.ProcessStarted, start, nodeId);
        BeginInput(ref node, SimulatedEventKind.Start, default, SimulatedEvent.World, start, now);
        process.OnStart(Context(ref node, address));
        EndInput(ref node);
    }

    private void ScheduleFlush(ref SimulatedNode node) => Add(new SimulatedEvent
    {
        Time = now + (long)world.Options.FlushLatency.TotalMicroseconds,
        Target = node.Index,
        Sender = node.Index,
        Kind = SimulatedEventKind.Flushed,
        Number = node.Starts,
    });

    private void Flush(ref SimulatedNode node, in SimulatedEvent input)
    {
        if (node.Process is null || input.Number != node.Starts) return;
        var released = node.Machine!.Disk!.Flush(out var goesOn);
        if (goesOn) ScheduleFlush(ref node);
        foreach (var effect in released) Perform(ref node, effect);
    }
}
