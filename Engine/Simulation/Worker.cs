using System.Runtime.InteropServices;
using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// One thread's share of the world: hands their inputs to the nodes of some blocks, and carries out what they do. The
/// parts: Windows (who is next), Processes, Pace (pauses, slowness), Links (dialing, ends), Transmission (loss and
/// cuts), Queueing (bandwidth), Delivery (time and order).
/// </summary>
internal sealed partial class Worker : ITransport, IScheduler, IStableStore, ITrace
{
    private const int Nobody = -1;

    private readonly VirtualWorld world;
    private readonly LinkConditions conditions;
    private readonly SimulatedNode[] nodes;
    private readonly List<Outgoing> outgoing = [];
    private int current = Nobody;
    private long now;

    public Worker(VirtualWorld world, Blocks blocks, int number)
    {
        this.world = world;
        this.blocks = blocks;
        this.number = number;
        conditions = world.Conditions;
        nodes = world.Nodes;
        ring = new EventRing(blocks, world.WindowShift, pool);
        parcels = new Parcels(number);
    }

    /// <summary>Inputs handled by nodes so far.</summary>
    public long Events { get; private set; }

    /// <summary>Those of them that were messages.</summary>
    public long Messages { get; private set; }

    /// <summary>What the nodes of this worker reported, until it is told.</summary>
    public ReportBuffer Reports { get; } = new();

    private NodeAddress AddressOf(int index) => world.Plan[index];

    private NodeContext Context(ref SimulatedNode node, NodeAddress self) =>
        new(self, new Instant(LocalTime(ref node)), ref node.Random, this, this, this, this);

    /// <summary>What a node's clock shows.</summary>
    private long LocalTime(ref SimulatedNode node) => node.Machine?.Clock is { } clock ? clock.Read(now) : now;

    private void FireTimer(ref SimulatedNode node, in SimulatedEvent input)
    {
        if (node.Process is not { } process) return;
        // A process that is gone set it.
        if (input.Kind == SimulatedEventKind.Timer && input.Number != node.Starts) return;
        BeginInput(ref node, input);
        process.OnTimer(input.Timer, Context(ref node, AddressOf(node.Index)));
        EndInput(ref node);
    }

    private void BeginInput(ref SimulatedNode node, in SimulatedEvent input) =>
        BeginInput(ref node, input.Kind, input.Timer.Kind, input.Sender, input.Number, input.Time);

    private void BeginInput(
        ref SimulatedNode node, SimulatedEventKind kind, TimerKind timer, int sender, int count, long arrival)
    {
        Events++;
        current = node.Index;
        node.Record(((ulong)kind << 56) | ((ulong)timer << 48) | (uint)sender, (ulong)arrival ^ ((ulong)count << 40));
        // It waited for a slow or paused process.
        if (arrival != now) node.Record((ulong)now, 0);
    }

    /// <summary>
    /// The effects of an input leave when it is handled: at once, or when what it persisted is durable.
    /// </summary>
    private void EndInput(ref SimulatedNode node)
    {
        current = Nobody;
        if (outgoing.Count == 0) return;
        if (node.IsDiskBusy) node.Machine!.Disk!.Hold(outgoing);
        else foreach (ref readonly var effect in CollectionsMarshal.AsSpan(outgoing)) Perform(ref node, effect);
        outgoing.Clear();
    }

    private void Perform(ref SimulatedNode node, in Outgoing effect)
    {
        if (effect.Message is null) CloseLink(ref node, effect.Target);
        else SendMessage(ref node, effect);
    }

    void ITransport.Send(NodeAddress from, NodeAddress to, Message message, int hops) =>
        outgoing.Add(new Outgoing(world.Plan.IndexOf(to), to, message, hops));

    void ITransport.Close(NodeAddress from, NodeAddress to) =>
        outgoing.Add(new Outgoing(world.Plan.IndexOf(to), to, Message: null, Hops: 0));

    void IScheduler.SetTimer(NodeAddress node, ProtocolTimer timer, TimeSpan after)
    {
        ref var setter = ref nodes[current];
        // A clock that jumped makes a node believe that what it waits for is past.
        var span = Math.Max(0, after.Ticks / TimeSpan.TicksPerMicrosecond);
        Add(new SimulatedEvent
        {
            Time = now + (setter.Machine?.Clock?.TrueSpan(span) ?? span),
            Target = current,
            Kind = SimulatedEventKind.Timer,
            Number = setter.Starts,
            Timer = timer,
        });
    }

    void IStableStore.Persist(NodeAddress node, StableRecord record)
    {
        ref var writer = ref nodes[current];
        if (writer.NeedMachine().NeedDisk().Persist(record)) ScheduleFlush(ref writer);
    }

    void ITrace.Report(NodeAddress node, Instant at, in ProtocolEvent protocolEvent) =>
        ReportOf(ref nodes[current], protocolEvent);

    bool ITrace.Wants(EventKind kind) => world.Wants(kind);

    /// <summary>Not at the time that the node believes in.</summary>
    private void ReportOf(ref SimulatedNode node, in ProtocolEvent what)
    {
        node.Record(((ulong)what.Kind << 56) ^ what.About.Packed, (ulong)what.Number);
        Tell(ref node, what);
    }

    private void Tell(ref SimulatedNode node, in ProtocolEvent what)
    {
        if (world.Wants(what.Kind)) Reports.Add(now, node.Index, what);
    }

    /// <summary>What the world does to a node is no decision of its own.</summary>
    private void TellOfWorld(ref SimulatedNode node, EventKind kind, long number = 0, object? detail = null) =>
        Tell(ref node, new ProtocolEvent(kind, Number: number, Detail: detail));
}
