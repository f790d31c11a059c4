using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Scenarios.Exploring;

/// <summary>Its disk keeps that it was there, and nothing of what it did.</summary>
internal sealed class SeedNodeWithLyingDisk(Node inner) : BuggyNode(inner)
{
    protected override bool Keeps(StableRecord record) => record is StoreRecord;
}

/// <summary>With an empty disk it votes at once, instead of learning first what it may have voted for.</summary>
internal sealed class SeedNodeThatDoesNotLearn(Func<NodeStart, Node> create, NodeStart start)
    : BuggyNode(create(start.Disk.Count > 0 ? start : start with { Disk = [new StoreRecord(1)] }))
{
    public override void OnStart(in NodeContext context)
    {
        base.OnStart(context);
        context.Report(new ProtocolEvent(EventKind.LearningFinished));
    }
}

/// <summary>When it loses a link to another seed node it starts over, in the middle of its life.</summary>
internal sealed class SeedNodeThatStartsOver(Func<int, Node> create) : BuggyNode(create(0))
{
    private readonly HashSet<NodeAddress> seedNodes = [];
    private int lives;

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context)
    {
        if (!seedNodes.Contains(neighbor))
        {
            base.OnLinkDown(neighbor, context);
            return;
        }

        Inner = create(++lives);
        OnStart(context);
    }

    protected override bool Hears(in Envelope envelope)
    {
        if (envelope.Message is SyncDigest) seedNodes.Add(envelope.From);
        return true;
    }
}

/// <summary>Takes silence for consent: whoever did not answer a proposal in time is counted as a YES.</summary>
internal sealed class SeedNodeThatTakesSilenceForConsent(Node inner) : BuggyNode(inner)
{
    private readonly Dictionary<long, (Propose Propose, List<NodeAddress> Silent)> open = [];

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        if (timer.Kind == TimerKind.ProposalTimeout && open.Remove(timer.Round, out var round))
        {
            var (proposal, entry) = (round.Propose.Proposal, round.Propose.Entry);
            foreach (var silent in round.Silent)
                Imagine(silent, new Vote(proposal, entry, Yes: true, RefusalReason.None, Known: null), context);
        }

        base.OnTimer(timer, context);
    }

    protected override bool Hears(in Envelope envelope)
    {
        if (envelope.Message is Vote vote && open.TryGetValue(vote.Proposal.Counter, out var round))
            round.Silent.Remove(envelope.From);
        return true;
    }

    protected override bool Sends(NodeAddress to, Message message)
    {
        if (message is not Propose propose) return true;
        if (!open.TryGetValue(propose.Proposal.Counter, out var round))
            open.Add(propose.Proposal.Counter, round = (propose, []));
        round.Silent.Add(to);
        return true;
    }
}

/// <summary>Once it votes it no longer minds what others know and it does not.</summary>
internal sealed class SeedNodeWithoutAntiEntropy(Node inner) : BuggyNode(inner)
{
    private bool isLearning = true;

    protected override bool Hears(in Envelope envelope) =>
        isLearning || envelope.Message is not (SyncDelta or Commit);

    protected override ProtocolEvent Reported(in ProtocolEvent e)
    {
        if (e.Kind == EventKind.LearningFinished || e is { Kind: EventKind.SeedNodeStarted, Detail: false })
            isLearning = false;
        return e;
    }
}

/// <summary>Nobody looks after members that no neighbor reports.</summary>
internal sealed class SeedNodeThatWatchesNobody(Node inner) : BuggyNode(inner)
{
    protected override bool Minds(ProtocolTimer timer) => timer.Kind != TimerKind.Watch;
}

/// <summary>Keeps for another seed node that is silent what it could not say, and each time it tries, twice.</summary>
internal sealed class SeedNodeThatQueuesTwice(Node inner) : BuggyNode(inner)
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    private readonly Dictionary<NodeAddress, (Instant Heard, int Queued)> others = [];

    public override int TableEntries => Inner.TableEntries + others.Values.Sum(other => other.Queued);

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        if (envelope.Message is SyncDigest) others[envelope.From] = (context.Now, 0);
        base.OnMessage(envelope, context);
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        if (timer.Kind == TimerKind.Sync)
        {
            foreach (var (address, (heard, queued)) in others.ToList())
                if (context.Now - heard > patience)
                    others[address] = (heard, Math.Min(1_000_000, Math.Max(32, 2 * queued)));
        }

        base.OnTimer(timer, context);
    }
}
