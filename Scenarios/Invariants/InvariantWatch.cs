using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Protocols;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// Checks the protocol's promises while a run goes on, on either network. It keeps a record of the world of its own,
/// because it may go on watching after the measured part of the run has ended. Calls must not overlap.
/// </summary>
internal sealed class InvariantWatch : ITrace
{
    private readonly RunRecord world;
    private readonly Invariant[] invariants;

    /// <summary>For each kind of event those that are told of it.</summary>
    private readonly Invariant[][] hearers;
    private readonly BoundedMemory boundedMemory;
    private readonly OverlayConnectedWhenQuiet overlayConnected = new();
    private readonly IReadOnlyDictionary<string, string> waived;
    private readonly TimeSpan gossipPatience;
    private readonly QuietWatch quiet;
    private readonly CrashedEventuallyRemoved crashedRemoved;
    private readonly BrokenAssumptions broken;
    private readonly PeerSample? sample;
    private bool everQuiet;
    private long seq;

    /// <param name="timings">What quiet and patience are measured by.</param>
    /// <param name="waived">
    /// Names of invariants whose breaches are counted and not held against the run, with the reason.
    /// </param>
    /// <param name="own">The promises of an own protocol, which take the place of ours.</param>
    /// <param name="sample">The members whom those hear of that remember every member; null for all.</param>
    public InvariantWatch(
        RunFacts facts, QuietTimings timings, IReadOnlyDictionary<string, string> waived,
        IReadOnlyList<OwnInvariant>? own = null, PeerSample? sample = null)
    {
        world = new RunRecord(facts);
        this.sample = sample;
        this.waived = waived;
        gossipPatience = timings.GossipPatience;
        quiet = new QuietWatch(timings.Quiet);
        boundedMemory = new BoundedMemory(facts.MostPeers + facts.SeedNodes.Count, facts.SeedNodes.Count);
        broken = new BrokenAssumptions(facts);
        crashedRemoved = new CrashedEventuallyRemoved(quiet, timings.RemovalPatience);
        AwaitsQuiet = own is null;
        invariants = own is not null ? [.. own.Select(promise => new OwnPromise(promise))] :
        [
            new QuorumForEveryChange(), new OneNodeIdPerEpoch(), new OneRegistrationVotePerEpoch(),
            new MembershipNeverGoesBack(), new NoFalseRemoval(), new MinoritySideFrozen(),
            new SeedsAgreeWhenQuiet(), crashedRemoved, overlayConnected,
            new MessageHandledOncePerIncarnation(), new GossipReachesLiveComponent(timings.GossipPatience),
            boundedMemory, new UniqueMessageIds(),
        ];
        hearers =
        [
            .. Enum.GetValues<EventKind>()
                .Select(kind => invariants.Where(invariant => invariant.Hears.Contains(kind)).ToArray()),
        ];
    }

    /// <summary>Whether a promise was broken that the scenario does not waive.</summary>
    public bool IsViolated { get; private set; }

    /// <summary>Whether there are promises that hold "when quiet": own protocols make none.</summary>
    public bool AwaitsQuiet { get; }

    /// <summary>When all that was published so far is old enough to be judged.</summary>
    public Instant MessagesAgedAt => world.Gossip.LastPublication + gossipPatience;

    /// <summary>Whether quiet was reached since the last disturbance, and everything judged then.</summary>
    public bool WasQuiet { get; private set; }

    /// <summary>
    /// Whether a fault goes on for which the scenario has no end: then there is no quiet to wait for.
    /// </summary>
    public bool HasOngoingFault => quiet.HasOngoingFault;

    public void MarkScenarioStart(Instant now)
    {
        // A line of the event log too.
        seq++;
        world.MarkScenarioStart(now);
    }

    /// <summary>The promises that judge some of the members only, because they would have to remember all.</summary>
    public IReadOnlyList<string> Sampled => sample is null
        ? []
        : [.. invariants.Where(invariant => invariant.RemembersMembers).Select(invariant => invariant.Name)];

    /// <summary>How many peers of the run these judge; null for all.</summary>
    public int? SampledPeers => sample is not null && world.Facts.Plan is { } plan ? sample.CountIn(plan) : null;

    public bool Wants(EventKind kind) => kind != EventKind.GossipDuplicate
        && (world.Wants(kind) || QuietWatch.IsDisturbance(kind) || hearers[(int)kind].Length > 0);

    public void Report(NodeAddress node, Instant now, in ProtocolEvent e)
    {
        seq++;
        // The most frequent event by far, and nothing is promised about it.
        if (e.Kind == EventKind.GossipDuplicate) return;
        world.Report(node, now, e);
        broken.Observe(node, e);
        // What a liar says proves nothing, about itself or others; what becomes of its process does count.
        var isWord = e.Kind > EventKind.FaultEnded && broken.IsLiar(node);
        if (!isWord)
        {
            quiet.Observe(node, now, e);
            foreach (var invariant in hearers[(int)e.Kind])
                if (!IsLeftOut(invariant, e)) Judge(invariant, node, now, e);
        }

        JudgeQuiet(now);
    }

    private bool IsLeftOut(Invariant invariant, in ProtocolEvent e) =>
        sample is not null && invariant.RemembersMembers && e.Detail is Ballot ballot
        && !sample.Has(ballot.Entry.Address);

    private void Judge(Invariant invariant, NodeAddress node, Instant now, in ProtocolEvent e)
    {
        var breaches = invariant.BreachCount;
        invariant.Observe(world, node, now, e);
        if (invariant.BreachCount == breaches) return;
        invariant.NameEvent(new Happening(seq, e.Kind, node, e.About));
        NoteViolations();
    }

    /// <summary>To be called from time to time, and at the end: time passes also when nobody reports.</summary>
    public void JudgeQuiet(Instant now)
    {
        WasQuiet = quiet.IsQuiet(now);
        everQuiet |= WasQuiet;
        if (!quiet.BecameQuiet(now)) return;
        foreach (var invariant in invariants) invariant.AtQuiet(world, now);
        NoteViolations();
    }

    /// <summary>To be called when the scenario ran to its end.</summary>
    public void JudgeEnd(Instant now)
    {
        foreach (var invariant in invariants) invariant.AtEnd(world, now);
        NoteViolations();
    }

    private void NoteViolations()
    {
        foreach (var invariant in invariants)
            IsViolated |= invariant.BreachCount > 0 && !IsExcused(invariant);
    }

    private bool IsExcused(Invariant invariant) =>
        waived.ContainsKey(invariant.Name) || broken.ExcuseFor(invariant.Assumes) is not null;

    /// <summary>Whether the network is quiet and no dead process waits for its removal.</summary>
    public bool IsSettled => WasQuiet && !crashedRemoved.IsPending;

    /// <summary>Judges again, in a quiet spell, what was too young to judge when it began.</summary>
    public void JudgePending(Instant now)
    {
        JudgeQuiet(now);
        if (!WasQuiet) return;
        foreach (var invariant in invariants)
            if (invariant.IsPending) invariant.AtQuiet(world, now);
        NoteViolations();
    }

    /// <summary>The run waited for quiet in vain: something goes round in circles.</summary>
    public void NoteNeverQuiet(Instant now, TimeSpan waited)
    {
        overlayConnected.NoteNeverQuiet(now, waited);
        JudgeQuiet(now);
        NoteViolations();
    }

    public void MeasureMemory(NodeAddress node, bool isSeedNode, int entries, Instant now)
    {
        if (!boundedMemory.Holds(node, isSeedNode, entries, now)) NoteViolations();
    }

    /// <summary>A row for every invariant, and one more for each further breach of it.</summary>
    public IReadOnlyList<InvariantOutcome> Outcomes()
    {
        var outcomes = new List<InvariantOutcome>();
        foreach (var invariant in invariants)
        {
            if (invariant.BreachCount == 0 || IsExcused(invariant))
            {
                var isPending = invariant == crashedRemoved && crashedRemoved.IsPending;
                var isJudged = !invariant.NeedsQuiet || (everQuiet && !isPending);
                outcomes.Add(new InvariantOutcome(
                    invariant.Name, false, WaivedBreach(invariant) ?? ExpectedBreach(invariant), null, [], isJudged));
                continue;
            }

            foreach (var breach in invariant.Breaches)
                outcomes.Add(new InvariantOutcome(
                    invariant.Name, true, breach.Detail, world.SecondsAt(breach.At),
                    [.. breach.Nodes.Select(n => n.ToString())], Event: breach.Event?.InWords()));
        }

        return outcomes;
    }

    /// <summary>Breaches of each promise whose assumptions this run took away.</summary>
    public IReadOnlyDictionary<string, long> Expected() => invariants
        .Where(invariant => !waived.ContainsKey(invariant.Name) && ExpectedBreach(invariant) is not null)
        .ToDictionary(invariant => invariant.Name, invariant => invariant.BreachCount);

    /// <summary>What the waived rule cost, and why it is there.</summary>
    private string? WaivedBreach(Invariant invariant) =>
        invariant.BreachCount > 0 && waived.TryGetValue(invariant.Name, out var why)
            ? $"{why}. First: {invariant.Breaches[0].Detail}"
            : null;

    private string? ExpectedBreach(Invariant invariant)
    {
        if (invariant.BreachCount == 0 || broken.ExcuseFor(invariant.Assumes) is not { } excuse) return null;
        return $"broken as expected, because {excuse}: {invariant.Breaches[0].Detail}";
    }

    /// <summary>Breaches of each waived invariant: what the waived rule cost.</summary>
    public IReadOnlyDictionary<string, long> Waived() =>
        invariants.Where(invariant => waived.ContainsKey(invariant.Name))
            .ToDictionary(invariant => invariant.Name, invariant => invariant.BreachCount);
}
