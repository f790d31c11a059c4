using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// The virtual world: a clock in whole microseconds, processes that start and crash, and links that keep TCP's promises
/// and no more. The event queue is the clock. Same options, same run: chance comes only from streams keyed by the
/// random seed. The parts: Processes, Pace (pauses, slowness), Clocks, Links (dialing, ends), Transmission (loss and
/// cuts), Queueing (bandwidth), Delivery (time and order), Faults.
/// </summary>
public sealed partial class SimulatedNetwork : ITransport, IScheduler, IStableStore, ITrace
{
    private readonly SimulatedNetworkOptions options;
    private readonly ITrace trace;
    private readonly EventQueue queue = new();
    private readonly SimulatedNode[] nodes;
    private readonly List<Outgoing> outgoing = [];
    private uint worldSequence;
    private SimulatedNode? current;
    private long now;

    public SimulatedNetwork(SimulatedNetworkOptions options, ITrace trace)
    {
        this.options = options;
        this.trace = trace;
        nodes = new SimulatedNode[options.Plan.Count];
        for (var index = 0; index < nodes.Length; index++) nodes[index] = new SimulatedNode(index, options.Plan[index]);
        latencyKey = Mix64.Of(options.RandomSeed, LatencyStream);
        jitterKey = Mix64.Of(options.RandomSeed, JitterStream);
        lossKey = Mix64.Of(options.RandomSeed, LossStream);
        repeatKey = Mix64.Of(options.RandomSeed, RepeatStream);
        corruptKey = Mix64.Of(options.RandomSeed, CorruptStream);
        duplicateKey = Mix64.Of(options.RandomSeed, DuplicateStream);
        reorderKey = Mix64.Of(options.RandomSeed, ReorderStream);
        paceKey = Mix64.Of(options.RandomSeed, PaceStream);
        if (options.BytesPerSecond > 0) CheckSizes();
        conditions = new LinkConditions(options.LossProbability, options.BytesPerSecond);
    }

    public Instant Now => new(now);

    /// <summary>Inputs handled by nodes so far.</summary>
    public long Events { get; private set; }

    /// <summary>One number for the whole run: what every node handled and decided, in address order.</summary>
    public ulong Fingerprint
    {
        get
        {
            var fingerprint = 0UL;
            foreach (var node in nodes) fingerprint = Mix64.Of(fingerprint ^ node.Address.Packed, node.Hash);
            return fingerprint;
        }
    }

    public bool IsRunning(NodeAddress address) => Find(address) is { Process: not null };

    /// <summary>
    /// What the node at an index of the plan remembers because of others; 0 while no process runs there.
    /// </summary>
    public int TableEntriesAt(int index) => nodes[index].Process?.TableEntries ?? 0;

    /// <summary>Lets something happen to the world at a time: before whatever nodes do at that time.</summary>
    public void At(Instant time, Action change) => queue.Add(new SimulatedEvent
    {
        Time = Math.Max(time.Microseconds, now),
        Sender = SimulatedEvent.World,
        Sequence = worldSequence++,
        Target = -1,
        Kind = SimulatedEventKind.World,
        Content = change,
    });

    /// <summary>Runs until the time, or until nothing is left to happen, or until it is told to stop.</summary>
    /// <returns>Whether it came to the time.</returns>
    public bool RunUntil(Instant end, Func<bool>? shallStop = null)
    {
        while (queue.Count > 0 && queue.NextTime <= end.Microseconds)
        {
            if (shallStop is not null && shallStop()) return false;
            Step();
        }

        now = Math.Max(now, end.Microseconds);
        return true;
    }

    private void Step()
    {
        var next = queue.Take();
        now = next.Time;
        if (next.Kind == SimulatedEventKind.World) ((Action)next.Content!)();
        else Dispatch(nodes[next.Target], next);
    }

    private void FireTimer(SimulatedNode node, in SimulatedEvent input)
    {
        if (node.Process is null || input.Number != node.Starts) return;
        BeginInput(node, input);
        node.Process.OnTimer(input.Timer, Context(node));
        EndInput(node);
    }

    private NodeContext Context(SimulatedNode node) =>
        new(node.Address, LocalTime(node), ref node.Random, this, this, this, this);

    private void BeginInput(SimulatedNode node, in SimulatedEvent input)
    {
        Events++;
        current = node;
        var what = ((ulong)input.Kind << 56) | ((ulong)input.Timer.Kind << 48) | (uint)input.Sender;
        node.Record(what ^ Mix64.Of((ulong)input.Time), ((ulong)input.Sequence << 32) | (uint)input.Number);
        if (input.Time != now) node.Record((ulong)now, 0);
    }

    /// <summary>
    /// The effects of an input leave when it is handled: at once, or when what it persisted is durable.
    /// </summary>
    private void EndInput(SimulatedNode node)
    {
        current = null;
        foreach (var effect in outgoing)
        {
            if (node.Disk.IsBusy) node.Disk.Hold(effect);
            else Perform(node, effect);
        }

        outgoing.Clear();
    }

    private void Perform(SimulatedNode node, in Outgoing effect)
    {
        if (effect.Message is null) CloseLink(node, effect.Target);
        else SendMessage(node, effect);
    }

    void ITransport.Send(NodeAddress from, NodeAddress to, Message message, int hops) =>
        outgoing.Add(new Outgoing(options.Plan.IndexOf(to), to, message, hops));

    void ITransport.Close(NodeAddress from, NodeAddress to) =>
        outgoing.Add(new Outgoing(options.Plan.IndexOf(to), to, Message: null, Hops: 0));

    void IScheduler.SetTimer(NodeAddress node, ProtocolTimer timer, TimeSpan after)
    {
        // A clock that jumped makes a node believe that what it waits for is past.
        var span = Math.Max(0, after.Ticks / TimeSpan.TicksPerMicrosecond);
        queue.Add(new SimulatedEvent
        {
            Time = now + (current!.Clock?.TrueSpan(span) ?? span),
            Sender = current.Index,
            Sequence = current.NextSequence(),
            Target = current.Index,
            Kind = SimulatedEventKind.Timer,
            Number = current.Starts,
            Timer = timer,
        });
    }

    void IStableStore.Persist(NodeAddress node, StableRecord record)
    {
        if (current!.Disk.Persist(record)) ScheduleFlush(current);
    }

    void ITrace.Report(NodeAddress node, Instant at, in ProtocolEvent protocolEvent)
    {
        current?.Record(((ulong)protocolEvent.Kind << 32) ^ protocolEvent.About.Packed, (ulong)protocolEvent.Number);
        // Not at the time that the node believes in.
        trace.Report(node, Now, protocolEvent);
    }

    /// <summary>What happened to a node without its own doing.</summary>
    private void ReportOf(SimulatedNode node, in ProtocolEvent what)
    {
        node.Record(((ulong)what.Kind << 32) ^ what.About.Packed, (ulong)what.Number);
        trace.Report(node.Address, Now, what);
    }

    private void ReportWorld(NodeAddress node, EventKind kind, long number = 0, object? detail = null) =>
        trace.Report(node, Now, new ProtocolEvent(kind, Number: number, Detail: detail));

    private SimulatedNode? Find(NodeAddress address)
    {
        var index = options.Plan.IndexOf(address);
        return index < 0 ? null : nodes[index];
    }

    private SimulatedNode At(NodeAddress address) =>
        Find(address) ?? throw new ArgumentException($"no node at {address} in this network", nameof(address));
}
