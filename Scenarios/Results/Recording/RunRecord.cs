using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// What a run's measurements rest on, gathered from the one stream of events as it passes by. Nothing of an event is
/// kept but what a measurement needs. Calls must not overlap: a host with many threads calls under a lock.
/// </summary>
internal sealed class RunRecord : ITrace
{
    /// <summary>Our choice: up to here a run does not notice that its overlay is copied once.</summary>
    private const int MostPeersKept = 50_000;

    private readonly NodeTable nodes;
    private readonly RemovalRecord removals;
    private readonly OverlayCount live;
    private readonly CrashHistory crashes;

    public RunRecord(RunFacts facts)
    {
        Facts = facts;
        nodes = new NodeTable(facts.SeedNodes, facts.Plan);
        live = new OverlayCount(nodes);
        crashes = new CrashHistory(nodes, live, facts);
        Gossip = new GossipRecord(keepsSenders: facts.MostPeers <= GossipRecord.MostPeersWithSenders);
        Membership = new MembershipRecord(facts.SeedNodes.Count);
        removals = new RemovalRecord(nodes, Isolations, facts);
        Course = new CourseRecord(facts, nodes, live, Membership);
        Metrics = facts.Protocol is null ? null : new MetricRecord(facts.Metrics);
    }

    public RunFacts Facts { get; }

    public NodeTable Nodes => nodes;

    public GossipRecord Gossip { get; }

    public IsolationHistory Isolations { get; } = new();

    public MembershipRecord Membership { get; }

    public RefusalRecord Refusals { get; } = new();

    public CourseRecord Course { get; }

    /// <summary>Null for the program's own protocol.</summary>
    public MetricRecord? Metrics { get; }

    public IReadOnlyList<CrashRecord> Crashes => crashes.All;

    /// <summary>Live peers, and the links between them that both ends list.</summary>
    public OverlayCount Live => live;

    /// <summary>The overlay that the first crash of a peer struck; null of a run with very many peers.</summary>
    public LiveLinks? BeforeFirstCrash { get; private set; }

    public int FalseRemovals => removals.FalselyRemoved.Count;

    /// <summary>Memberships that were removed falsely, in order.</summary>
    public IReadOnlyList<(NodeAddress Address, int Epoch)> FalselyRemoved => removals.FalselyRemoved;

    public int UnreachableRemovals => removals.Unreachable;

    /// <summary>All events so far, those that left no trace here included.</summary>
    public long Events { get; private set; }

    /// <summary>Peers that registered at least once.</summary>
    public int RegisteredPeers { get; private set; }

    /// <summary>Peers that got their links at least once.</summary>
    public int JoinedPeers { get; private set; }

    /// <summary>Scenario time 0, the end of formation; the run's own beginning until it is known.</summary>
    public Instant ScenarioStart { get; private set; }

    public bool HasStarted { get; private set; }

    public Instant End { get; private set; }

    /// <summary>When a peer last started, stopped or left.</summary>
    public Instant LastArrivalOrDeparture { get; private set; }

    public bool HasEnded { get; private set; }

    public void MarkScenarioStart(Instant now)
    {
        (ScenarioStart, HasStarted) = (now, true);
        Course.MarkScenarioStart(now);
        Metrics?.MarkScenarioStart(now);
    }

    /// <summary>Freezes the record: what hosts report while they are taken down is no part of the run.</summary>
    public void MarkEnd(Instant now)
    {
        (End, HasEnded) = (now, true);
        Course.MarkEnd(now);
        Metrics?.MarkEnd(now);
    }

    public bool IsUp(NodeAddress address) => nodes.Find(address)?.IsUp ?? false;

    public bool IsRegistered(NodeAddress address) => nodes.Find(address)?.IsRegistered ?? false;

    /// <summary>Links in that node's own list.</summary>
    public int DegreeOf(NodeAddress address) => nodes.Find(address)?.Degree ?? 0;

    /// <summary>How many running peers are not registered or have no link.</summary>
    public int LaggingPeers { get; private set; }

    /// <summary>Seconds since scenario time 0.</summary>
    public double SecondsAt(Instant when) => (when - ScenarioStart).TotalSeconds;

    /// <summary>
    /// The distinct, configured seed nodes among the voters: counted here, to catch a seed node that counts wrongly.
    /// Where votes are signed, those whose signatures it has; its own vote it signs when it leaves.
    /// </summary>
    /// <param name="counter">The seed node that counted them.</param>
    public int VotesOf(Ballot ballot, NodeAddress counter)
    {
        var votes = 0;
        for (var i = 0; i < ballot.Voters.Length; i++)
        {
            var voter = ballot.Voters[i];
            if (!nodes.IsSeedNode(voter) || Array.IndexOf(ballot.Voters, voter) != i) continue;
            if (!Facts.AreVotesSigned || voter == counter || IsSigned(ballot, i)) votes++;
        }

        return votes;
    }

    private bool IsSigned(Ballot ballot, int place)
    {
        if (ballot.Signatures is not { } signatures || place >= signatures.Length) return false;
        return Facts.Signing is { } rules
            ? rules.IsVote(ballot.Voters[place], ballot.Proposal, ballot.Entry, signatures[place])
            : signatures[place].Signature is not null;
    }

    /// <summary>Whether what is published then counts.</summary>
    public bool IsMeasuredAt(Instant when) =>
        SecondsAt(when) is var seconds && seconds >= Facts.MeasureFromSeconds && seconds <= Facts.MeasureToSeconds;

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        if (HasEnded) return;
        Events++;
        Course.SampleUntil(now);
        Metrics?.Observe(node, now, protocolEvent);
        Refusals.Observe(protocolEvent);
        if (protocolEvent.Kind == EventKind.GossipDuplicate)
            Gossip.Duplicate(protocolEvent.Detail as Gossip);
        else if (protocolEvent.Detail is FaultStrike strike)
            RecordFault(strike, isOver: protocolEvent.Kind == EventKind.FaultEnded, now);
        else
            Record(nodes.Of(node), now, protocolEvent);
    }

    /// <summary>
    /// The kinds that leave a trace here. Own protocols: all, because their promises may be about any.
    /// </summary>
    public bool Wants(EventKind kind) => Metrics is not null || kind is EventKind.ProcessStarted
        or EventKind.ProcessCrashed or EventKind.ProcessPaused or EventKind.ProcessResumed or EventKind.FaultStruck
        or EventKind.FaultEnded or EventKind.Registered or EventKind.NeighborAdded or EventKind.NeighborRemoved
        or EventKind.Joined or EventKind.GossipPublished or EventKind.GossipDelivered or EventKind.GossipDuplicate
        or EventKind.GossipRefused or EventKind.RegistrationDenied or EventKind.ReportRefused
        or EventKind.Suspected or EventKind.DeathReported or EventKind.ReportHeard or EventKind.ProposalOpened
        or EventKind.FoundItselfRemoved or EventKind.Left or EventKind.SeedNodeStarted
        or EventKind.LearningFinished or EventKind.VoteCast or EventKind.EntryCommitted or EventKind.EntryRecalled;

    private void Record(NodeState node, Instant now, in ProtocolEvent e)
    {
        var lagged = node.IsLagging;
        Apply(node, now, e);
        CountLagging(node, lagged);
    }

    private void CountLagging(NodeState node, bool lagged)
    {
        if (node.IsLagging != lagged) LaggingPeers += lagged ? -1 : 1;
    }

    private void Apply(NodeState node, Instant now, in ProtocolEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.GossipDelivered:
                Gossip.Deliver(node, now, (Gossip)e.Detail!, e.Number, e.About, nodes);
                break;
            case EventKind.GossipPublished:
                Gossip.Publish(node, now, (Gossip)e.Detail!, live, LaggingPeers);
                break;
            case EventKind.GossipRefused when e.Detail is GossipRefusal { Reason: GossipRefusal.SameId } refusal:
                Gossip.Swallow(refusal.Gossip, nodes);
                break;
            case EventKind.NeighborAdded:
                AddLink(node, nodes.Of(e.About), now);
                break;
            case EventKind.NeighborRemoved:
                RemoveLink(node, nodes.Of(e.About), (int)e.Number, now);
                break;
            case EventKind.EntryCommitted or EventKind.EntryRecalled:
                ChangeEntry(node, now, e);
                break;
            case EventKind.VoteCast:
                removals.NoteVote(node.Address, (Ballot)e.Detail!, now);
                break;
            case EventKind.Suspected or EventKind.DeathReported or EventKind.ReportHeard or EventKind.ProposalOpened:
                crashes.Observe(now, e);
                break;
            default:
                live.TakeOut(node);
                RecordLife(node, now, e);
                live.PutIn(node);
                break;
        }
    }

    private void AddLink(NodeState node, NodeState other, Instant now)
    {
        if (node.AddNeighbor(other.Index, now)) live.Add(node, other);
    }

    private void RemoveLink(NodeState node, NodeState other, int epoch, Instant now)
    {
        if (!node.RemoveNeighbor(other.Index, now)) return;
        live.Remove(node, other);
        if (node.IsLivePeer) crashes.NoteDrop(other, epoch, now);
    }

    private void RecordLife(NodeState node, Instant now, in ProtocolEvent e)
    {
        if (!node.IsSeedNode && e.Kind is EventKind.ProcessStarted or EventKind.ProcessCrashed or EventKind.Left)
            LastArrivalOrDeparture = now;
        switch (e.Kind)
        {
            case EventKind.ProcessStarted:
                node.Start(e.Detail is NodeId id ? id : default, now);
                if (node.IsSeedNode) DisturbSeedNode(node, now, forget: true);
                break;
            case EventKind.ProcessCrashed:
                if (!node.IsSeedNode) NoteCrash(node, now, e.Detail as string ?? "");
                node.Crash(now);
                if (node.IsSeedNode) DisturbSeedNode(node, now, forget: false);
                break;
            case EventKind.SeedNodeStarted or EventKind.LearningFinished:
                node.IsLearning = e.Kind == EventKind.SeedNodeStarted && e.Detail is true;
                break;
            case EventKind.ProcessPaused:
                node.Pause(now);
                break;
            case EventKind.ProcessResumed:
                node.Resume(now);
                break;
            case EventKind.Registered:
                if (!node.EverRegistered) RegisteredPeers++;
                node.Register((int)e.Number, now);
                break;
            case EventKind.Joined:
                if (!node.EverJoined) JoinedPeers++;
                node.EverJoined = true;
                break;
            case EventKind.FoundItselfRemoved:
                node.Deregister((int)e.Number, now);
                break;
            case EventKind.Left:
                crashes.LoseHolder(node);
                node.Leave((int)e.Number, now);
                break;
        }
    }

    private void NoteCrash(NodeState node, Instant now, string faultId)
    {
        var isFirst = node.IsRegistered && crashes.All.Count == 0;
        if (isFirst && Facts.MostPeers <= MostPeersKept) BeforeFirstCrash = LiveLinks.Of(nodes);
        crashes.Begin(node, now, faultId);
    }

    private void ChangeEntry(NodeState seedNode, Instant now, in ProtocolEvent e)
    {
        if (!seedNode.IsSeedNode) return;
        var ballot = (Ballot)e.Detail!;
        var entry = ballot.Entry;
        var node = nodes.Of(entry.Address);
        if (e.Kind == EventKind.EntryCommitted)
        {
            Membership.Commit(seedNode.Index, node.Index, entry, VotesOf(ballot, seedNode.Address) >= Facts.Quorum);
            if (!entry.IsAlive)
            {
                removals.Judge(node, ballot, now);
                var lagged = node.IsLagging;
                node.Deregister(entry.Epoch, now);
                CountLagging(node, lagged);
            }
        }
        else
        {
            Membership.Recall(seedNode.Index, node.Index, entry);
        }

        Membership.Compare(nodes.SeedNodes, now);
        for (var crash = node.OpenCrash; crash is not null; crash = crash.Earlier)
        {
            if (!crash.IsEndedBy(entry)) continue;
            crash.Commit(seedNode.Address, now, ballot);
            TryEnd(crash, node, now);
        }
    }

    private void TryEnd(CrashRecord crash, NodeState node, Instant now)
    {
        if (crash.EndedEverywhere is not null) return;
        MembershipEntry least = default;
        foreach (var seedNode in nodes.SeedNodes)
        {
            if (!seedNode.IsUp) continue;
            var entry = Membership.EntryAt(seedNode.Index, node.Index);
            if (!crash.IsEndedBy(entry)) return;
            if (least.Epoch == 0 || least.Supersedes(entry)) least = entry;
        }

        if (least.Epoch == 0) return;
        crash.End(now, least);
        crashes.Close(crash, node);
    }

    private void DisturbSeedNode(NodeState seedNode, Instant now, bool forget)
    {
        if (forget) Membership.Forget(seedNode.Index);

        // The first start of the seed nodes disturbs nothing.
        if (HasStarted) Membership.Disturb(now);
        Membership.Compare(nodes.SeedNodes, now);
        foreach (var crash in crashes.Open.ToArray()) TryEnd(crash, nodes.Of(crash.Address), now);
    }

    private void RecordFault(FaultStrike strike, bool isOver, Instant now)
    {
        if (strike.Word is "byzantine" or "sybil")
            foreach (var liar in strike.Groups.SelectMany(group => group)) nodes.Of(liar).IsLiar = true;
        Course.Note(strike, isOver, now);
        if (!isOver)
        {
            Isolations.Begin(strike, now);
            return;
        }

        var healedBefore = Isolations.HealedAt;
        Isolations.End(strike, now);
        if (Isolations.HealedAt == healedBefore) return;
        Membership.Disturb(now);
        Membership.Compare(nodes.SeedNodes, now);
    }
}
