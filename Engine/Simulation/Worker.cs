using System.Runtime.CompilerServices;
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
    private readonly TrafficTally? tally;
    private readonly Action<Message>? requireFits;
    private Message? latestFitting;
    private Effect[] effects = new Effect[64];
    private int effectCount;
    private int current = Nobody;
    private NodeAddress self;

    // Of the latest message: who answers it need not look for them again.
    private int senderIndex = Nobody;
    private NodeAddress senderAddress;
    private int placeHere = Recipients.NoPlace;
    private long now;

    public Worker(VirtualWorld world, Blocks blocks, int number)
    {
        this.world = world;
        this.blocks = blocks;
        this.number = number;
        ownBlocks = blocks.DealtTo(number);
        conditions = world.Conditions;
        nodes = world.Nodes;
        ring = new EventRing(blocks, world.WindowShift, pool);
        batch = new WindowBatch(pool);
        parcels = new Parcels(number);
        requireFits = world.Options.RequireFits;
        if (world.Options.CountsTraffic) tally = new TrafficTally(world.Options.SizeOf, world.Options.WeighOneIn);
    }

    /// <summary>Inputs handled by nodes so far.</summary>
    public long Events { get; private set; }

    /// <summary>Those of them that were messages.</summary>
    public long Messages { get; private set; }

    /// <summary>What its nodes sent; nothing where that is not counted.</summary>
    public TrafficTally? Sent => tally;

    /// <summary>What the nodes of this worker reported, until it is told.</summary>
    public ReportBuffer Reports { get; } = new();

    private NodeAddress AddressOf(int index) => world.Plan[index];

    private int IndexOf(NodeAddress address) => address == senderAddress ? senderIndex : world.Plan.IndexOf(address);

    /// <summary>What a node did to its links while it handled an input, until the input is handled.</summary>
    /// <param name="Target">To whom, by index; or <see cref="StandingNeighbors"/>.</param>
    /// <param name="Parcel">The message; none closes the link.</param>
    /// <param name="Except">The place of the neighbor to whom it does not go.</param>
    private readonly record struct Effect(
        int Target, int Hops, uint Parcel, NodeAddress To, int Except = Recipients.NoPlace)
    {
        /// <summary>All to whom the node is linked in the overlay that stands, but one.</summary>
        public const int StandingNeighbors = -2;
    }

    private NodeContext Context(ref SimulatedNode node) => Context(ref node, LocalTime(ref node));

    private NodeContext Context(ref SimulatedNode node, long localTime) =>
        new(self, new Instant(localTime), ref node.Random, this, this, this, this);

    /// <summary>What a node's clock shows.</summary>
    private long LocalTime(ref SimulatedNode node) => node.Machine?.Clock is { } clock ? clock.Read(now) : now;

    private void FireTimer(ref SimulatedNode node, in SimulatedEvent input) =>
        FireTimer(ref node, input.Kind, input.Timer, input.Number, input.Time);

    private void FireTimer(
        ref SimulatedNode node, SimulatedEventKind kind, ProtocolTimer timer, int number, long time)
    {
        if (node.Process is not { } process) return;
        var isOwn = kind == SimulatedEventKind.Timer;
        // A process that is gone set it.
        if (isOwn && number != node.Starts) return;
        BeginInput(ref node, kind, timer.Kind, isOwn ? node.Index : SimulatedEvent.World, number, time);
        process.OnTimer(timer, Context(ref node));
        EndInput(ref node);
    }

    private void BeginInput(ref SimulatedNode node, in SimulatedEvent input) =>
        BeginInput(ref node, input.Kind, input.Timer.Kind, input.Sender, input.Number, input.Time);

    private void BeginInput(
        ref SimulatedNode node, SimulatedEventKind kind, TimerKind timer, int sender, int count, long arrival)
    {
        Events++;
        (current, self, placeHere) = (node.Index, AddressOf(node.Index), Recipients.NoPlace);
        node.Record(((ulong)kind << 56) | ((ulong)timer << 48) | (uint)sender, (ulong)arrival ^ ((ulong)count << 40));
        // It waited for a slow or paused process.
        if (arrival != now) node.Record((ulong)now, 0);
    }

    /// <summary>
    /// The effects of an input leave when it is handled: at once, or when what it persisted is durable.
    /// </summary>
    private void EndInput(ref SimulatedNode node)
    {
        if (effectCount > 0) CarryOutEffects(ref node);
    }

    // Apart, so that it has registers of its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CarryOutEffects(ref SimulatedNode node)
    {
        var done = effects.AsSpan(0, effectCount);
        effectCount = 0;
        if (AllLinksStand(ref node)) done = done[SendOnStandingLinks(ref node, done)..];
        foreach (ref readonly var effect in done)
        {
            if (tally is not null) Count(ref node, effect);
            if (effect.Target == Effect.StandingNeighbors) CarryOutForEach(ref node, effect);
            else CarryOut(ref node, effect);
        }
    }

    private void Count(ref SimulatedNode node, in Effect effect)
    {
        if (MessageOf(effect) is not { } message) return;
        var copies = effect.Target != Effect.StandingNeighbors
            ? 1
            : world.Overlay!.NeighborsOf(node.Index).Length - (effect.Except == Recipients.NoPlace ? 0 : 1);
        tally!.Add(message, copies, node.Hash);
    }

    private void CarryOutForEach(ref SimulatedNode node, in Effect effect)
    {
        var neighbors = world.Overlay!.NeighborsOf(node.Index);
        for (var place = 0; place < neighbors.Length; place++)
            if (place != effect.Except)
                CarryOut(ref node, effect with { Target = neighbors[place], To = AddressOf(neighbors[place]) });
    }

    private void CarryOut(ref SimulatedNode node, in Effect effect)
    {
        if (!node.IsDiskBusy) Perform(ref node, effect);
        else node.Machine!.Disk!.Hold(new Outgoing(effect.Target, effect.To, MessageOf(effect), effect.Hops));
    }

    private void Perform(ref SimulatedNode node, in Effect effect)
    {
        if (effect.Parcel == Parcels.None) CloseLink(ref node, effect.Target);
        else SendMessage(ref node, effect);
    }

    private Message? MessageOf(in Effect effect) =>
        effect.Parcel == Parcels.None ? null : Unsafe.As<Message>(Parcel(effect.Parcel));

    void ITransport.Send(NodeAddress from, NodeAddress to, Message message, int hops)
    {
        RequireFits(message);
        Send(to, message, hops);
    }

    void ITransport.SendToAll(NodeAddress from, in Recipients to, Message message, int hops)
    {
        RequireFits(message);
        if (to.AreNeighborsOf(current, world.Overlay))
        {
            Note(new Effect(Effect.StandingNeighbors, hops, ParcelOf(message), NodeAddress.None, to.Except));
            return;
        }

        for (var place = 0; place < to.Places; place++)
            if (place != to.Except) Send(to[place], message, hops);
    }

    /// <summary>One object goes to many, and is looked at once.</summary>
    private void RequireFits(Message message)
    {
        if (requireFits is null || ReferenceEquals(message, latestFitting)) return;
        requireFits(message);
        latestFitting = message;
    }

    private void Send(NodeAddress to, Message message, int hops) =>
        Note(new Effect(IndexOf(to), hops, ParcelOf(message), to));

    void ITransport.Close(NodeAddress from, NodeAddress to) =>
        Note(new Effect(IndexOf(to), Hops: 0, Parcels.None, to));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Note(in Effect effect)
    {
        if (effectCount == effects.Length) Array.Resize(ref effects, 2 * effectCount);
        effects[effectCount++] = effect;
    }

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
