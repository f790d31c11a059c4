namespace GossipSim.Engine.Protocol;

/// <summary>
/// A peer registers with the seed nodes, builds its part of the overlay, floods gossip, and watches its neighbors.
/// The parts: Registration and Refresh are its membership, Linking and Repair its links, Gossip and Recovery the
/// spreading of messages, Liveness, Suspicion and Witnessing the detection of the dead.
/// </summary>
/// <remarks>
/// A million peers that stand in their links and pass messages on must fit into memory and cache: what only a peer at
/// some work needs is in <see cref="WorkInHand"/>, and each part names there what it adds.
/// </remarks>
public sealed partial class Peer : Node
{
    private PeerOptions options;
    private NeighborTable neighbors;
    private PeerPhase phase;
    private int epoch;
    private WorkInHand? workInHand;

    /// <summary>What only a peer at some work needs: made when the work begins.</summary>
    private sealed partial class WorkInHand(NodeId nodeId, long joinStamp)
    {
        public NodeId NodeId => nodeId;

        /// <summary>Seniority in the present membership.</summary>
        public long JoinStamp { get; set; } = joinStamp;

        /// <summary>Entries in all tables that other nodes can make grow.</summary>
        public int Entries => Candidates.Count + RemovedMembers.Count + DeferredReports.Count + Connecting.Count
            + Witnessing.Count + (Wanted?.Count ?? 0) + (HeardIds?.Count ?? 0);
    }

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

    /// <param name="overlay">
    /// Links that stand before the run begins: the first process at an address is a member with its links from its
    /// start on. Later ones have to register, as all have where nothing stands.
    /// </param>
    public Peer(PeerOptions options, NodeStart start, StandingOverlay? overlay = null)
    {
        this.options = options;
        if (overlay?.Plan.IndexOf(start.Address) is >= 0 and var node && overlay.NodeIdAt(node) == start.NodeId)
            StandIn(overlay, node);
        else
            workInHand = new WorkInHand(start.NodeId, joinStamp: 0);
    }

    public override int Epoch => epoch;

    public override int TableEntries =>
        neighbors.Count + (workInHand?.Entries ?? 0) + messages.Entries;

    /// <summary>Only who stands in an overlay begins without any, and the overlay knows who it is.</summary>
    private WorkInHand Work => workInHand ??= new WorkInHand(NodeId, StandingOverlay.JoinStampOf(neighbors.Node));

    /// <summary>This process.</summary>
    private NodeId NodeId => workInHand?.NodeId ?? neighbors.Overlay!.NodeIdAt(neighbors.Node);

    public override bool Knows(NodeAddress address) => neighbors.Contains(address);

    /// <summary>One acknowledgement is enough, however many were asked for.</summary>
    public override bool NeedsProofOf(Message message) =>
        message is not RegisterAck || phase == PeerPhase.Registering;

    internal override void BringStateNear()
    {
        messages.BringNear();
        neighbors.BringNear();
    }

    internal override void BringListsNear(Message? next, int standingPlace)
    {
        neighbors.BringListsNear(standingPlace);
        if (next is not null) messages.BringListsNear(next);
    }

    public override void OnStart(in NodeContext context)
    {
        if (phase == PeerPhase.Joined) context.Report(new ProtocolEvent(EventKind.Joined, Number: neighbors.Count));
        else Register(context);
        // Offsets at random: peers that start together shall not tick together.
        if (PeerOptions.IsEver(options.RepairInterval))
            context.SetTimer(new ProtocolTimer(TimerKind.Repair), context.Random.NextTimeSpan(options.RepairInterval));
        if (PeerOptions.IsEver(options.RefreshInterval))
            context.SetTimer(
                new ProtocolTimer(TimerKind.Refresh), context.Random.NextTimeSpan(options.RefreshInterval));
        if (WatchesNeighbors) StartLiveness(context);
    }

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (phase == PeerPhase.Left) return;
        // Searched for once: hubs have thousands of neighbors. -1 is a stranger's place.
        var place = neighbors.PlaceOf(envelope);
        if (place >= 0 && WatchesNeighbors) NoteSignOfLife(place, context);
        switch (envelope.Message)
        {
            case Gossip gossip: OnGossip(envelope, place, gossip, context); break;
            case Ping ping: OnPing(envelope.From, place, ping, context); break;
            case Pong pong: OnPong(envelope.From, place, pong, context); break;
            case IHave have: OnIHave(envelope.From, place, have, context); break;
            case IWant want: OnIWant(envelope.From, place, want, context); break;
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
            case TimerKind.StopPublishing: Work.HasPublishedAll = true; break;
            case TimerKind.WantTimeout: OnWantTimeout(timer, context); break;
            case TimerKind.Liveness: OnLivenessTimer(context); break;
            case TimerKind.PingTimeout: OnPingTimeout(timer, context); break;
            case TimerKind.VerdictTimeout: OnVerdictTimeout(timer, context); break;
            case TimerKind.ReportTimeout: OnReportTimeout(timer, context); break;
            case TimerKind.WitnessTimeout: OnWitnessTimeout(timer, context); break;
            case TimerKind.Leave: LeaveNetwork(context); break;
            case TimerKind.SeedNodeFound: options = options.With(timer.About, (int)timer.Round); break;
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
        else if (IsConnectingTo(neighbor)) GiveUpConnecting(neighbor, context);
        else if (WatchesNeighbors && neighbors.PlaceOf(neighbor) is >= 0 and var place) ProbeAfterReset(place, context);
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

    /// <summary>A member with its links from the first moment.</summary>
    private void StandIn(StandingOverlay overlay, int node)
    {
        neighbors = new NeighborTable(overlay, node);
        phase = PeerPhase.Joined;
        epoch = StandingOverlay.Epoch;
    }

    private bool IsSeedNode(NodeAddress address) => Array.IndexOf(options.SeedNodes, address) >= 0;

    /// <summary>The seed node whose turn it is for an address: the one that hashing names, then the next.</summary>
    private NodeAddress SeedNodeFor(NodeAddress address, int turn) =>
        options.SeedNodes[SeedRing.IndexOf(address, turn, options.SeedNodes.Length)];
}
