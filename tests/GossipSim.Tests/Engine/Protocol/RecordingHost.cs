using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>A message that the node under test sent. Hops is 1 unless it passed on somebody else's.</summary>
internal sealed record Sending(int Input, Instant At, NodeAddress To, Message Message, int Hops);

internal sealed record Writing(int Input, StableRecord Record);

/// <summary>
/// Drives one node without any network: the test says what it hears and how time passes, and reads what it did.
/// Inputs are counted from 1, so that a test can tell what was done while handling the same one.
/// </summary>
internal sealed class RecordingHost : ITransport, IScheduler, IStableStore, ITrace
{
    private readonly List<Sending> sent = [];
    private readonly List<NodeAddress> closed = [];
    private readonly List<Writing> disk = [];
    private readonly List<ProtocolEvent> events = [];
    private readonly PriorityQueue<ProtocolTimer, (long Due, int Order)> timers = new();
    private readonly NodeStart start;
    private readonly Node node;
    private NodeRandom random;
    private int inputs;
    private int timersSet;

    public RecordingHost(NodeFactory factory, NodeStart start, ulong randomSeed = 42)
    {
        this.start = start;
        random = NodeRandom.For(randomSeed, start.Address, start: 0);
        node = factory(start);
    }

    public NodeAddress Self => start.Address;

    public Node Node => node;

    public Instant Now { get; private set; } = Instant.FromSeconds(1);

    public IReadOnlyList<Sending> Sent => sent;

    public IReadOnlyList<NodeAddress> Closed => closed;

    public IReadOnlyList<Writing> Persisted => disk;

    public IReadOnlyList<ProtocolEvent> Events => events;

    /// <summary>What a next process at this address would find.</summary>
    public StableRecord[] Disk => [.. start.Disk, .. disk.Select(writing => writing.Record)];

    public void Starts() => Handle((in context) => node.OnStart(context));

    public void Hears(NodeAddress from, Message message, int hops = 1) =>
        Handle((in context) => node.OnMessage(new Envelope(from, Self, hops, message), context));

    public void LosesLinkTo(NodeAddress neighbor) => Handle((in context) => node.OnLinkDown(neighbor, context));

    /// <summary>A timer of the workload, as the run hands it in.</summary>
    public void Fires(TimerKind kind) => Fires(new ProtocolTimer(kind));

    public void Fires(ProtocolTimer timer) => Handle((in context) => node.OnTimer(timer, context));

    /// <summary>Time passes and every timer fires when it is due.</summary>
    public void Waits(TimeSpan span)
    {
        var end = Now + span;
        while (timers.TryPeek(out var timer, out var due) && due.Due <= end.Microseconds)
        {
            timers.Dequeue();
            Now = new Instant(Math.Max(Now.Microseconds, due.Due));
            Handle((in context) => node.OnTimer(timer, context));
        }

        Now = end;
    }

    public void Waits(double seconds) => Waits(TimeSpan.FromSeconds(seconds));

    /// <summary>Time passes without the node's loop coming round: what was due meanwhile fires late.</summary>
    public void Hangs(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    /// <summary>Forgets the record up to now, so that the next assertions are about what comes.</summary>
    public void TurnsPage()
    {
        sent.Clear();
        closed.Clear();
        events.Clear();
    }

    public T[] SentTo<T>(NodeAddress to) where T : Message =>
        [.. sent.Where(sending => sending.To == to).Select(sending => sending.Message).OfType<T>()];

    public T[] All<T>() where T : Message => [.. sent.Select(sending => sending.Message).OfType<T>()];

    public NodeAddress[] RecipientsOf<T>() where T : Message =>
        [.. sent.Where(sending => sending.Message is T).Select(sending => sending.To)];

    public ProtocolEvent[] Reported(EventKind kind) => [.. events.Where(happened => happened.Kind == kind)];

    private delegate void Input(in NodeContext context);

    private void Handle(Input input)
    {
        inputs++;
        input(new NodeContext(Self, Now, ref random, this, this, this, this));
    }

    void ITransport.Send(NodeAddress from, NodeAddress to, Message message, int hops) =>
        sent.Add(new Sending(inputs, Now, to, message, hops));

    void ITransport.Close(NodeAddress from, NodeAddress to) => closed.Add(to);

    void IScheduler.SetTimer(NodeAddress at, ProtocolTimer timer, TimeSpan after) =>
        timers.Enqueue(timer, ((Now + after).Microseconds, timersSet++));

    void IStableStore.Persist(NodeAddress at, StableRecord record) => disk.Add(new Writing(inputs, record));

    void ITrace.Report(NodeAddress at, Instant now, in ProtocolEvent protocolEvent) => events.Add(protocolEvent);
}
