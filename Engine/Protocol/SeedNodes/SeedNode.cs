namespace GossipSim.Engine.Protocol;

/// <summary>
/// A seed node keeps the membership list by majority vote with the other seed nodes. It never takes part in gossip.
/// It changes its list only when it has itself heard a quorum of seed nodes vote for the change.
/// The parts: Registration and Removal say what is voted on, Voting how, Proving what signed votes prove, Probing is
/// its own evidence, AntiEntropy and Recovery bring back in step who missed something, Reading answers peers, Watch
/// finds members that nobody watches.
/// </summary>
public sealed partial class SeedNode : Node
{
    /// <summary>Reporters and joiners that one vote owes an answer to.</summary>
    private const int WaitingLimit = 64;

    /// <summary>
    /// Our choice, in rounds: neighbors that find the same one dead do so within their witnesses' time, and report
    /// again after a round.
    /// </summary>
    private const int ReportPatience = 3;

    private SeedNodeOptions options;
    private readonly NodeStart start;
    private NodeAddress[] others;
    private readonly int quorum;
    private readonly MembershipList members = new();
    private readonly DegreeHints degrees;
    private readonly RegistrationVotes votes = new();
    private readonly HeardReports reports;
    private long proposals;

    public SeedNode(SeedNodeOptions options, NodeStart start)
    {
        this.options = options;
        this.start = start;
        quorum = options.QuorumSize;
        others = OthersOf(options);
        degrees = new DegreeHints(members);
        reports = new HeardReports(options.DistinctReportersNeeded, ReportPatience * options.RoundTimeout);
        lastDigest = new Instant[options.SeedNodes.Length];
        // A counter that no earlier process at this address will have used, and below 2^53,
        // which all JSON readers keep.
        proposals = (long)(start.NodeId.Value >> 32) << 20;
    }

    /// <summary>
    /// Entries in all tables that other nodes can make grow, for the invariant that memory is bounded.
    /// </summary>
    public override int TableEntries => members.Count + votes.Count + tallies.Count + probes.Count + castRemovals.Count
        + takenEpochs.Count + doubts.Count + reports.Count;

    public override bool Knows(NodeAddress address) => IsSeedNode(address) || members.IsAlive(address);

    public override void OnStart(in NodeContext context)
    {
        Array.Fill(lastDigest, context.Now);
        Recall(context);
        context.Report(new ProtocolEvent(EventKind.SeedNodeStarted, Number: quorum, Detail: isLearning));
        StartLearning(context);
        context.SetTimer(new ProtocolTimer(TimerKind.Sync), options.SyncInterval);
        context.SetTimer(new ProtocolTimer(TimerKind.Watch), options.RefreshInterval / 2);
    }

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        switch (envelope.Message)
        {
            case Register register: OnRegister(envelope.From, register, context); break;
            case DeadNode report: OnDeadNode(envelope.From, report, context); break;
            case Leave leave: OnLeave(envelope.From, leave, context); break;
            case GetPeerList request: OnGetPeerList(envelope.From, request, context); break;
            case Refresh refresh: OnRefresh(envelope.From, refresh, context); break;
            case Ping: OnPing(envelope.From, context); break;
            case Pong pong: OnPong(envelope.From, pong, context); break;
            case Commit commit when options.AreVotesSigned: OnCommit(envelope.From, commit, context); break;
            default:
                if (IsSeedNode(envelope.From)) OnConsensusMessage(envelope, context);
                break;
        }
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        switch (timer.Kind)
        {
            case TimerKind.SeedProbeTimeout: OnProbeTimeout(timer, context); break;
            case TimerKind.ProposalTimeout: OnProposalTimeout(timer, context); break;
            case TimerKind.ProposeAgain: OnProposeAgain(timer, context); break;
            case TimerKind.PendingVote: OnPendingVote(timer, context); break;
            case TimerKind.Sync: OnSyncTimer(context); break;
            case TimerKind.Watch: OnWatchTimer(context); break;
            case TimerKind.SeedNodeFound: OnSeedNodeFound(timer); break;
        }
    }

    /// <summary>What only seed nodes may say to each other; from anybody else it means nothing.</summary>
    private void OnConsensusMessage(in Envelope envelope, in NodeContext context)
    {
        switch (envelope.Message)
        {
            case Propose propose: OnPropose(envelope.From, propose, context); break;
            case Vote vote: OnVote(envelope.From, vote, context); break;
            case Commit commit: OnCommit(envelope.From, commit, context); break;
            case Status status: OnStatus(envelope.From, status, context); break;
            case StatusReply reply: OnStatusReply(envelope.From, reply, context); break;
            case SyncDigest digest: OnSyncDigest(envelope.From, digest, context); break;
            case SyncDelta delta: OnSyncDelta(envelope.From, delta, context); break;
        }
    }

    /// <summary>Until now the other seed node was as one that is down; the next digest goes to it too.</summary>
    private void OnSeedNodeFound(ProtocolTimer timer)
    {
        options = options.With(timer.About, (int)timer.Round);
        others = OthersOf(options);
    }

    private NodeAddress[] OthersOf(SeedNodeOptions configured) =>
        Array.FindAll(configured.SeedNodes, seedNode => seedNode != start.Address);

    private bool IsSeedNode(NodeAddress address) => Array.IndexOf(options.SeedNodes, address) >= 0;

    private void SendToOthers(Message message, in NodeContext context)
    {
        foreach (var other in others) context.Send(other, message);
    }

    private void OnPing(NodeAddress from, in NodeContext context) =>
        context.Send(from, new Pong(start.NodeId, Epoch: 0, Degree: 0, Neighbors: []));
}
