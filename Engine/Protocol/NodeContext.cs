namespace GossipSim.Engine.Protocol;

/// <summary>
/// All that a node may do while it handles an input. It lives for one call and cannot be stored. Hosts implement
/// the four small interfaces behind it: the simulator, the TCP host and the tests' recorder.
/// </summary>
public readonly ref struct NodeContext
{
    private readonly ITransport transport;
    private readonly IScheduler scheduler;
    private readonly IStableStore store;
    private readonly ITrace trace;
    private readonly ref NodeRandom random;

    public NodeContext(
        NodeAddress self, Instant now, ref NodeRandom random,
        ITransport transport, IScheduler scheduler, IStableStore store, ITrace trace)
    {
        Self = self;
        Now = now;
        this.random = ref random;
        this.transport = transport;
        this.scheduler = scheduler;
        this.store = store;
        this.trace = trace;
    }

    public NodeAddress Self { get; }

    public Instant Now { get; }

    public ref NodeRandom Random => ref random;

    /// <summary>
    /// Sends on the link to that node, dialing when there is none. Never blocks and never fails at once.
    /// </summary>
    public void Send(NodeAddress to, Message message) => transport.Send(Self, to, message, hops: 1);

    /// <inheritdoc cref="Send"/>
    public void SendToAll(in Recipients to, Message message) => transport.SendToAll(Self, to, message, hops: 1);

    /// <summary>Passes a received message on unchanged, one hop farther.</summary>
    public void Forward(in Envelope envelope, NodeAddress to) =>
        transport.Send(Self, to, envelope.Message, envelope.Hops + 1);

    /// <inheritdoc cref="Forward"/>
    public void ForwardToAll(in Envelope envelope, in Recipients to) =>
        transport.SendToAll(Self, to, envelope.Message, envelope.Hops + 1);

    /// <summary>
    /// Ends the link to that node once what was sent on it has left; the other end is told, this one is not.
    /// </summary>
    public void Close(NodeAddress to) => transport.Close(Self, to);

    public void SetTimer(ProtocolTimer timer, TimeSpan after) => scheduler.SetTimer(Self, timer, after);

    /// <summary>Writes a record that is durable before any message sent while handling this input leaves.</summary>
    public void Persist(StableRecord record) => store.Persist(Self, record);

    internal ITransport Transport => transport;

    /// <summary>The same context with what is sent going another way: how a liar, or a notary, stands between a node
    /// and its links.</summary>
    internal NodeContext Through(ITransport other) => new(Self, Now, ref random, other, scheduler, store, trace);

    /// <summary>
    /// Whether anybody has a use for the details of reports of this kind. It must be reported all the same.
    /// </summary>
    public bool Wants(EventKind kind) => trace.Wants(kind);

    public void Report(in ProtocolEvent protocolEvent) => trace.Report(Self, Now, protocolEvent);
}
