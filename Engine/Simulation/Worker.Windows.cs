using System.Runtime.CompilerServices;
using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// Windows: what comes to the blocks of this worker in one window is gathered from all workers, ordered and handed out.
// What a node does to itself within the window comes in between; all else belongs to later windows.
internal sealed partial class Worker
{
    /// <summary>
    /// Our choice, in inputs: a few handlers take as long as memory does. Each step needs what the one before it
    /// brought.
    /// </summary>
    private const int NodeAhead = 16;

    private const int ProcessAhead = 12;

    private const int StateAhead = 8;

    private const int DetailsAhead = 4;

    /// <summary>Our choice: the processes of so many nodes, without what they know, stay in the cache of one core.
    /// </summary>
    private const int NearAnyway = 1024;

    private readonly Blocks blocks;
    private readonly int[] ownBlocks;
    private readonly int number;
    private readonly ChunkPool pool = new();
    private readonly EventRing ring;
    private readonly Parcels parcels;
    private readonly WindowBatch batch;
    private readonly SoonQueue soon = new();
    private Worker[] workers = [];

    // By worker. Not asked of the worker each time: it writes beside where it has them, and memory goes to and fro
    // between cores line by line.
    private Parcels[] everyonesParcels = [];
    private bool isHandingOut;
    private long window;
    private long from;
    private long last;

    // Of the object that was sent last, so that one that goes to many becomes one parcel; and the one being handled.
    private uint sentParcel = Parcels.None;
    private uint receivedParcel = Parcels.None;

    public EventRing Ring => ring;

    public Parcels Parcels => parcels;

    /// <summary>All of them, this one included.</summary>
    public void Join(Worker[] all)
    {
        workers = all;
        everyonesParcels = [.. all.Select(worker => worker.parcels)];
    }

    /// <summary>Time goes on; nobody hands out inputs.</summary>
    public void MoveTo(long time)
    {
        now = time;
        window = time >> world.WindowShift;
        sentParcel = Parcels.None;
        if (ring.MoveTo(window)) parcels.FreeOlderThan(window - ring.WindowsInReach);
    }

    /// <summary>Hands out what comes to this worker's nodes from one moment to another of one window.</summary>
    public void HandOut(long begin, long end)
    {
        (from, last) = (begin, end);
        isHandingOut = true;
        try
        {
            foreach (var block in ownBlocks)
            {
                Gather(block);
                if (batch.Count > 0) HandOutBatch();
            }
        }
        finally
        {
            isHandingOut = false;
            (receivedParcel, current) = (Parcels.None, Nobody);
        }
    }

    private void Gather(int block)
    {
        batch.Clear(blocks.FirstOf(block));
        // All of the window, unless it is cut short: by a change of the world or by the end of a run.
        var isWhole = ((last + 1) & ((1L << world.WindowShift) - 1)) == 0;
        foreach (var worker in workers)
        {
            var list = worker.ring.Take(window, block);
            batch.Add(isWhole ? list : Divide(list));
        }
    }

    /// <summary>What comes later in the window is put back.</summary>
    /// <returns>The rest.</returns>
    private EventList Divide(EventList list)
    {
        EventListEnd rest = default;
        foreach (var events in list.DrainTo(pool))
        {
            foreach (ref readonly var waiting in events)
            {
                var time = from + (waiting.Time - (uint)from);
                if (time <= last) rest.Add(waiting, pool);
                else ring.Add(waiting, time);
            }
        }

        return rest.Take();
    }

    private void HandOutBatch()
    {
        var inputs = batch.InOrder(NodeAhead);
        for (var turn = 0; turn < inputs.Length - NodeAhead; turn++)
        {
            var ahead = inputs.Slice(turn, NodeAhead + 1);
            BringNear(ahead);
            ref readonly var input = ref ahead[0];
            if (soon.Count > 0) HandOutSoon(before: input);
            Receive(ref nodes[input.Target], input);
        }

        while (soon.Count > 0) HandOutSoonest();
    }

    /// <summary>
    /// Who comes next is known, and each look at what lies far takes as long as several handlers: so the state is
    /// looked at step by step before, each step when what the one before it brought has come.
    /// </summary>
    /// <param name="ahead">The input whose turn it is, and those after it.</param>
    private void BringNear(ReadOnlySpan<QueuedEvent> ahead)
    {
        if (nodes.Length > NearAnyway)
        {
            Prefetch.Value(ref nodes[ahead[NodeAhead].Target]);
            BringProcess(ref nodes[ahead[ProcessAhead].Target]);
            BringState(ref nodes[ahead[StateAhead].Target]);
        }

        BringDetails(ahead[DetailsAhead]);
    }

    private void BringProcess(ref SimulatedNode node)
    {
        Prefetch.Object(in node.Process);
        if (node.Links is not null)
        {
            Prefetch.Object(in node.Links);
        }
        else if (world.StandingLinks is { } links)
        {
            links.BringNear(node.Index);
        }
    }

    private static void BringState(ref SimulatedNode node)
    {
        node.Process?.BringStateNear();
        node.Links?.PrefetchEntries();
    }

    private void BringDetails(in QueuedEvent input)
    {
        if (nodes[input.Target].Process is not { } process) return;
        if (input.Kind != SimulatedEventKind.Message)
        {
            process.BringListsNear(next: null, Recipients.NoPlace);
            return;
        }

        var message = Parcel(input.Content);
        process.BringListsNear(Unsafe.As<Message>(message), input.PlaceHere);
        Prefetch.Object(in message, lines: 1);
    }

    /// <summary>What a node set for itself before the next input; all of it when that is another node's.</summary>
    private void HandOutSoon(in QueuedEvent before)
    {
        while (soon.Count > 0
            && (soon.First.Target != before.Target || soon.First.Order < before.Order))
            HandOutSoonest();
    }

    private void HandOutSoonest()
    {
        var input = soon.First;
        soon.RemoveFirst();
        Receive(ref nodes[input.Target], input);
    }

    private void Receive(ref SimulatedNode node, in QueuedEvent input)
    {
        now = from + (input.Time - (uint)from);
        if (input.Kind == SimulatedEventKind.Message && node.Machine is null)
        {
            // The way that nearly all take; what comes over a link that stood needs no full name of its connection.
            receivedParcel = input.Content;
            var message = Unsafe.As<Message>(Parcel(input.Content));
            if (node.Links is null && input.IsOnStandingLink && node.Process is { } process)
                HandMessage(ref node, process, input.Sender, input.PlaceHere, now, now, input.Number, message);
            else ReceiveMessage(ref node, input.Sender, input.FullConnection, now, input.Number, message);
        }
        else
        {
            ReceiveOther(ref node, input);
        }
    }

    // Apart: in the loop over all inputs its many cases would take the registers of the way that nearly all take.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReceiveOther(ref SimulatedNode node, in QueuedEvent input)
    {
        if (input.Kind == SimulatedEventKind.Timer && node.Machine is null)
            FireTimer(ref node, input.Kind, TimerOf(input), input.Number, now);
        else Dispatch(ref node, InFull(input));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private object Parcel(uint parcel) =>
        (Parcels.WorkerOf(parcel) == number ? parcels : everyonesParcels[Parcels.WorkerOf(parcel)])[parcel];

    // ---- From an event in full to one that waits, and back.

    private void Add(in SimulatedEvent added)
    {
        var (about, content) = added.Kind switch
        {
            SimulatedEventKind.Timer or SimulatedEventKind.Injected => PackTimer(added),
            _ => (added.Sender, added.Content is null ? 0 : ParcelOfItsOwn(added.Content, added.Time)),
        };
        Add(new QueuedEvent(added, about, content), added.Time);
    }

    private void Add(in QueuedEvent added, long time)
    {
        // Only what a node does to itself can be so soon.
        if (isHandingOut && time <= last) soon.Add(added);
        else ring.Add(added, time);
    }

    private (int About, uint Content) PackTimer(in SimulatedEvent added)
    {
        if (added.Timer.About.IsNone) return (QueuedEvent.NoOne, (uint)added.Timer.Round);
        var about = world.Plan.IndexOf(added.Timer.About);
        return about >= 0
            ? (about, (uint)added.Timer.Round)
            : (QueuedEvent.Stranger, ParcelOfItsOwn(added.Timer, added.Time));
    }

    private SimulatedEvent InFull(in QueuedEvent queued)
    {
        var full = new SimulatedEvent
        {
            Time = now, Target = queued.Target, Sender = queued.Sender, Number = queued.Number, Kind = queued.Kind,
        };
        switch (queued.Kind)
        {
            case SimulatedEventKind.Timer or SimulatedEventKind.Injected:
                full.Sender = queued.Kind == SimulatedEventKind.Timer ? queued.Target : SimulatedEvent.World;
                full.Timer = TimerOf(queued);
                break;
            case SimulatedEventKind.Message:
                full.Content = Parcel(queued.Content);
                receivedParcel = queued.Content;
                full.Connection = queued.FullConnection;
                break;
            case SimulatedEventKind.Refused:
                full.Content = Parcel(queued.Content);
                break;
            default:
                full.Connection = queued.FullConnection;
                break;
        }

        return full;
    }

    private ProtocolTimer TimerOf(in QueuedEvent queued) => queued.Sender == QueuedEvent.Stranger
        ? (ProtocolTimer)Parcel(queued.Content)
        : new ProtocolTimer(
            queued.TimerKind,
            queued.Sender == QueuedEvent.NoOne ? NodeAddress.None : AddressOf(queued.Sender),
            queued.Round);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PushMessage(QueuedEvent message, long arrival)
    {
        if (!ring.TryAddNear(message, arrival)) PushFar(message, arrival);
    }

    // Apart, and with a value: a message whose address nobody asks for stays in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PushFar(QueuedEvent message, long arrival) =>
        ring.Add(message.With(ParcelOfItsOwn(Parcel(message.Content), arrival)), arrival);

    /// <summary>A parcel for an object that may go to many.</summary>
    private uint ParcelOf(object content)
    {
        if (IsIn(sentParcel, content)) return sentParcel;
        if (!IsIn(receivedParcel, content)) return sentParcel = parcels.Add(content, window);
        everyonesParcels[Parcels.WorkerOf(receivedParcel)].Renew(receivedParcel, window);
        return sentParcel = receivedParcel;
    }

    private bool IsIn(uint parcel, object content) =>
        parcel != Parcels.None && ReferenceEquals(content, Parcel(parcel));

    /// <summary>A parcel that nobody else knows, for what may wait long.</summary>
    private uint ParcelOfItsOwn(object content, long arrival) =>
        parcels.Add(content, Math.Max(window, arrival >> world.WindowShift));
}
