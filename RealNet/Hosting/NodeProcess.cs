using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Links;
using GossipSim.RealNet.Stores;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Hosting;

/// <summary>
/// One run of one node: its mailbox, its loop and its links. The loop takes what waits, lets the node handle it, makes
/// what it persisted durable, and only then lets messages leave; several inputs share one flush and one write.
/// </summary>
internal sealed class NodeProcess : ILinkNode
{
    // Bounds how long the first message of a batch waits for the last. Our choice.
    private const int BatchInputs = 32;

    private readonly ProcessStart start;
    private readonly Node node;
    private readonly LinkTable links;
    private readonly NodeOutputs outputs;
    private readonly ProcessRecording? recording;
    private readonly OutputRecorder? recorder;
    private readonly Notary? notary;
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NodeRandom random;
    private (int Epoch, byte[] Line)? hello;
    private volatile TaskCompletionSource? pause;
    private volatile bool isAlive = true;
    private Connection? heard;   // the connection whose message or change the node handles now
    private Task loop = Task.CompletedTask;

    public NodeProcess(ProcessStart start)
    {
        this.start = start;
        Mailbox = new Mailbox(start.World.Limits.MailboxMessages);
        Wire = new ProcessWire(
            start.Address, start.World.Cluster, start.World.Limits, start.World.SeedNodes, Mailbox,
            start.World.Traffic, start.World.Budget, start.World.Types, start.World.Clock,
            error => start.World.Errors.Note(start.Address, error, InternalErrorOutcome.ConnectionClosed),
            start.Placement.SourceHost,
            start.World.Security?.Of(start.Address))
        {
            Weather = start.Machine.Weather,
        };
        links = new LinkTable(Wire, this);
        if (start.World.Signing is { } rules) notary = new Notary(rules, start.Address);
        outputs = new NodeOutputs(
            this, links, start.World.Timers, start.Store, start.World.Trace, notary, start.World.Kinds,
            error => start.World.Errors.Note(start.Address, error, InternalErrorOutcome.MessageDropped));
        recording = start.World.Recordings?.Start(start.Address, start.World.RandomSeed, start.Number, start.Disk);
        if (recording is not null) recorder = new OutputRecorder(recording, outputs, outputs, outputs, outputs);
        random = ProcessIdentity.RandomOf(start.World.RandomSeed, start.Address, start.Number);
        NodeId = ProcessIdentity.NodeIdOf(start.World.RandomSeed, start.Address, start.Number);
        node = start.Placement.Factory(new NodeStart(start.Address, NodeId, start.Disk));
    }

    public Mailbox Mailbox { get; }

    public ProcessWire Wire { get; }

    public NodeId NodeId { get; }

    public int TableEntries => node.TableEntries;

    public bool IsPaused => pause is not null;

    /// <summary>Whether the node has handled its start.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>The true time of the input that the node handles.</summary>
    public Instant InputAt { get; private set; }

    /// <summary>Begins the loop; done when the node has handled its start.</summary>
    public Task Start()
    {
        Mailbox.Post(new Work(WorkKind.Start));
        loop = Task.Run(RunAsync);
        return started.Task;
    }

    /// <summary>The loop stops before the next input, and says so.</summary>
    public void Pause()
    {
        pause ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Mailbox.Post(new Work(WorkKind.Pause));
        start.Machine.Pace.Interrupt();
        if (!isAlive) Resume();   // a kill has just passed here, and waits for the loop
    }

    public void Resume() => Interlocked.Exchange(ref pause, null)?.TrySetResult();

    /// <summary>Ends it as a kill would: what waits in mailbox and outboxes is lost, connections are reset.</summary>
    public async Task KillAsync()
    {
        isAlive = false;
        Mailbox.Close();
        Resume();
        start.Machine.Pace.Interrupt();
        await loop;
        Wire.Reach.Set([], []);
        await Wire.AbortAllAsync();
        start.Store.Crash();
        started.TrySetResult();
    }

    /// <summary>Tells what the host does to the node; never while the node handles an input.</summary>
    public void Report(in ProtocolEvent protocolEvent)
    {
        var now = start.World.Clock.Now;
        if (protocolEvent.Kind != EventKind.ProcessStarted) recording?.Note(protocolEvent.Kind, now);
        start.World.Trace.Report(start.Address, now, protocolEvent);
    }

    /// <summary>After the kill and its report: nothing more will be recorded.</summary>
    public void EndRecording() => recording?.End();

    byte[] ILinkNode.HelloLine()
    {
        if (hello is { } known && known.Epoch == node.Epoch) return known.Line;
        var line = MessageCodec.Encode(new Hello(start.World.Cluster, start.Address, NodeId, node.Epoch), hops: 1);
        hello = (node.Epoch, line);
        return line;
    }

    bool ILinkNode.Knows(NodeAddress address) => Wire.IsSeedNode(address) || node.Knows(address);

    /// <summary>How long a timer truly takes that the node sets.</summary>
    public TimeSpan TrueSpan(TimeSpan span) => start.Machine.Clock.TrueSpan(span);

    private async Task RunAsync()
    {
        try
        {
            while (await Mailbox.WaitAsync() && isAlive) await RunBatchAsync();
        }
        catch (Exception error)
        {
            // Half of an input was handled: the state of the node is undefined, and nothing of it may be used again.
            heard?.Refuse(Refusal.InternalError);
            isAlive = false;
            Mailbox.Close();
            started.TrySetResult();
            start.Failed(this, error);
        }
    }

    private async ValueTask RunBatchAsync()
    {
        for (var handled = 0; handled < BatchInputs && isAlive; handled++)
        {
            if (pause is { } paused) await StandStillAsync(paused.Task);
            if (!isAlive) break;
            if (!Mailbox.TryTake(out var work))
            {
                start.Machine.Pace.Rest();
                break;
            }

            if (start.Machine.Pace.IsSlow && TakesTime(work)) await TakeTimeAsync();
            if (!isAlive) break;
            // A change of links comes after what was sent before it.
            if (work.Kind is not (WorkKind.Received or WorkKind.Timer)) await PerformAsync();
            Handle(work);
        }

        if (isAlive) await PerformAsync();
        if (isAlive) started.TrySetResult();
    }

    /// <summary>
    /// Lets the node's outputs leave. Sending may bring inputs, of links that open or end with it: they are handled
    /// behind it, and what the node does about them leaves too.
    /// </summary>
    private async ValueTask PerformAsync()
    {
        do
        {
            await outputs.PerformAsync();
            HearLinks();
        }
        while (outputs.AreWaiting);
    }

    /// <summary>What ends in an input for the node; connections are made by the machine.</summary>
    private static bool TakesTime(in Work work) =>
        work.Kind is WorkKind.Received or WorkKind.Timer or WorkKind.Told
        || (work.Kind is WorkKind.Ended or WorkKind.Refused && work.Connection!.Link is not null);

    /// <summary>
    /// Nothing leaves, and nothing else is handled, before the work is done. A pause leaves its rest.
    /// </summary>
    private async ValueTask TakeTimeAsync()
    {
        await PerformAsync();
        var pace = start.Machine.Pace;
        var left = pace.Draw();
        while (left > TimeSpan.Zero)
        {
            var interruption = pace.Interruption;
            if (!isAlive || !pace.IsSlow) return;
            if (pause is { } paused)
            {
                await StandStillAsync(paused.Task);
                continue;
            }

            var begun = start.World.Clock.Now;
            await NodePace.WaitAsync(left, interruption);
            left -= start.World.Clock.Now - begun;
        }

        pace.End(late: -left);
        if (isAlive && pause is { } last) await StandStillAsync(last.Task);
    }

    private async ValueTask StandStillAsync(Task resumed)
    {
        await PerformAsync();
        Report(new ProtocolEvent(EventKind.ProcessPaused));
        await resumed;
        if (isAlive) Report(new ProtocolEvent(EventKind.ProcessResumed));
    }

    private void Handle(in Work work)
    {
        switch (work.Kind)
        {
            case WorkKind.Start:
                Report(new ProtocolEvent(EventKind.ProcessStarted, Number: start.Number, Detail: NodeId));
                Handle(new Input(InputKind.Start, ReadClock()));
                HasStarted = true;
                break;
            case WorkKind.Timer:
                if (work.Timer.Kind == TimerKind.SeedNodeFound) Find(work.Timer);
                Handle(new Input(InputKind.Timer, ReadClock(), Timer: work.Timer));
                break;
            case WorkKind.Told:
                Handle(new Input(InputKind.Message, ReadClock(), start.Address, 1, work.Message));
                break;
            case WorkKind.Pause:
                break;   // it only wakes the loop, which looks for itself
            default:
                heard = work.Connection;
                links.Handle(work);
                HearLinks();
                heard = null;
                break;
        }
    }

    /// <summary>The links and the signatures must know the seed node before the node speaks to it.</summary>
    private void Find(ProtocolTimer found)
    {
        start.World.SeedNodes.Add(found.About);
        notary?.Find(found.About, (int)found.Round);
    }

    private void HearLinks()
    {
        while (links.TryTakeInput(out var input)) Hear(input);
    }

    private void Hear(in LinkInput input)
    {
        var from = input.Link.Remote;
        if (input.Message is not { } message)
        {
            Handle(new Input(InputKind.LinkDown, ReadClock(), from));
            return;
        }

        heard = input.Connection;
        // Before it is recorded: a replay has no keys, and takes what was checked here for checked.
        if (notary is null || notary.TryCheck(from, message, node, out message))
            Handle(new Input(InputKind.Message, ReadClock(), from, input.Hops, message));
        else
            heard!.Refuse(Refusal.BadSignature);
        heard = null;
    }

    private void Handle(in Input input)
    {
        if (recorder is not null)
        {
            recorder.Begin(input);
            input.Handle(node, Context(input.Now, recorder, recorder, recorder, recorder));
        }
        else
        {
            input.Handle(node, Context(input.Now, outputs, outputs, outputs, outputs));
        }
    }

    private Instant ReadClock() => start.Machine.Clock.Read(InputAt = start.World.Clock.Now);

    private NodeContext Context(
        Instant now, ITransport transport, IScheduler scheduler, IStableStore store, ITrace trace) =>
        new(start.Address, now, ref random, transport, scheduler, store, trace);
}
