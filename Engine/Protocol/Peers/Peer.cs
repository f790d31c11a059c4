namespace GossipSim.Engine.Protocol;

/// <summary>
/// A peer registers with the seed nodes, builds its part of the overlay, floods gossip, and watches its neighbors.
/// The parts: Registration and Refresh are its membership, Linking and Repair its links, Gossip and Recovery the
/// spreading of messages, Liveness, Suspicion and Witnessing the detection of the dead.
/// </summary>
public sealed partial class Peer : Node
{
    private readonly PeerOptions options;
    private readonly NodeStart start;
    private readonly NeighborTable neighbors = new();
    private PeerPhase phase;
    private int epoch;
    private long joinStamp;

    private enum PeerPhase : byte
    {
        /// <summary>Asking seed nodes for membership.</summary>
        Registering,

        /// <summary>A member, asking a majority of seed nodes who else is one.</summary>
        Reading,

        /// <summary>Opening its first links.</summary>
        Linking,

        Joined,

        Left,
    }

    public Peer(PeerOptions options, NodeStart start)
    {
        this.options = options;
        this.start = start;
        messages = new MessageList(options.MaxMessagesPerPeer);
    }

    public override int Epoch => epoch;

    public override int TableEntries =>
        neighbors.Count + candidates.Count + removedMembers.Count + deferredReports.Count + connecting.Count
        + witnessing.Count + wanted.Count + messages.Origins + messages.Texts;

    public override void OnStart(in NodeContext context)
    {
        Register(context);
        // Offsets at random: peers that start together shall not tick together.
        context.SetTimer(new ProtocolTimer(TimerKind.Repair), context.Random.NextTimeSpan(options.RepairInterval));
        context.SetTimer(new ProtocolTimer(TimerKind.Refresh), context.Random.NextTimeSpan(options.RefreshInterval));
        StartLiveness(context);
    }

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (phase == PeerPhase.Left) return;
        NoteSignOfLife(envelope.From, context);
        switch (envelope.Message)
        {
            case Gossip gossip: OnGossip(envelope, gossip, context); break;
            case Ping ping: OnPing(envelope.From, ping, context); break;
            case Pong pong: OnPong(envelope.From, pong, context); break;
            case IHave have: OnIHave(envelope.From, have, context); break;
            case IWant want: OnIWant(envelope.From, want, context); break;
            case Connect connect: OnConnect(envelope.From, connect, context); break;
            case Accept accept: OnAccept(envelope.From, accept, context); break;
            case Refuse refuse: OnRefuse(envelope.From, refuse, context); break;
            case Disconnect: OnDisconnect(envelope.From, context); break;
            case Suspect suspect: OnSuspect(envelope.From, suspect, context); break;
            case Witness witness: OnWitness(envelope.From, witness, context); break;
            case Removed removed: OnRemoved(envelope.From, removed, context); break;
            case Publish publish when envelope.From == context.Self: OnPublish(publish, context); break;
            default:
                if (IsSeedNode(envelope.From)) OnSeedNodeMessage(envelope, context);
                break;
        }
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        if (phase == PeerPhase.Left) return;
        switch (timer.Kind)
        {
            case TimerKind.RegisterTimeout: OnRegisterTimeout(timer, context); break;
            case TimerKind.RegisterAgain: OnRegisterAgain(timer, context); break;
            case TimerKind.PeerListTimeout: OnPeerListTimeout(timer, context); break;
            case TimerKind.ConnectTimeout: OnConnectTimeout(timer, context); break;
            case TimerKind.Repair: OnRepairTimer(context); break;
            case TimerKind.Refresh: OnRefreshTimer(context); break;
            case TimerKind.RefreshTimeout: OnRefreshTimeout(timer, context); break;
            case TimerKind.StartPublishing or TimerKind.Publish: OnPublishTimer(context); break;
            case TimerKind.StopPublishing: hasPublishedAll = true; break;
            case TimerKind.WantTimeout: OnWantTimeout(timer, context); break;
            case TimerKind.Liveness: OnLivenessTimer(context); break;
            case TimerKind.PingTimeout: OnPingTimeout(timer, context); break;
            case TimerKind.VerdictTimeout: OnVerdictTimeout(timer, context); break;
            case TimerKind.ReportTimeout: OnReportTimeout(timer, context); break;
            case TimerKind.WitnessTimeout: OnWitnessTimeout(timer, context); break;
            case TimerKind.Leave: LeaveNetwork(context); break;
        }
    }

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context)
    {
        if (phase == PeerPhase.Left) return;
        if (IsSeedNode(neighbor))
        {
            OnSeedLinkDown(neighbor, context);
            ReportElsewhere(neighbor, context);
        }
        else if (connecting.ContainsKey(neighbor)) GiveUpConnecting(neighbor, context);
        else if (neighbors.Find(neighbor) is { } known) ProbeAfterReset(known, context);
    }

    /// <summary>What only seed nodes may say to a peer.</summary>
    private void OnSeedNodeMessage(in Envelope envelope, in NodeContext context)
    {
        switch (envelope.Message)
        {
            case RegisterAck ack: OnRegisterAck(envelope.From, ack, context); break;
            case RegisterNack nack: OnRegisterNack(envelope.From, nack, context); break;
            case PeerList list: OnPeerList(envelope.From, list, context); break;
            case Alive alive: OnReportRefused(alive, context); break;
        }
    }

    private bool IsSeedNode(NodeAddress address) => Array.IndexOf(options.SeedNodes, address) >= 0;

    /// <summary>The seed node whose turn it is for an address: the one that hashing names, then the next.</summary>
    private NodeAddress SeedNodeFor(NodeAddress address, int turn) =>
        options.SeedNodes[SeedRing.IndexOf(address, turn, options.SeedNodes.Length)];
}
