using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Pages;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// The world as the events of a log until a moment tell it. Applying an event makes nothing but what has to be kept.
/// </summary>
internal sealed class WorldState(StoredEvents log)
{
    private readonly List<NodeMarks> marks = [];
    private readonly List<int> epochs = [];
    private readonly List<int> known = [];
    private readonly List<bool> isKnown = [];
    private readonly HashSet<ulong> links = [];
    private readonly HashSet<ulong> suspicions = [];
    private readonly Dictionary<int, OpenVote> votes = [];
    private readonly Dictionary<string, StoredStrike> faults = [];
    private readonly long[] counts = new long[StoredKinds.Names.Count];
    private readonly int[] latencies = new int[LatencyBins.Count];

    /// <summary>A vote that is not decided yet.</summary>
    /// <param name="Yes">The seed nodes that said yes, by place, as bits; no more than 64 are told apart.</param>
    public readonly record struct OpenVote(
        int Proposal, int Coordinator, int About, int Epoch, bool Removes, int Quorum, ulong Yes, ulong No);

    /// <summary>Before the first event: seed nodes that have not started.</summary>
    public static WorldState Before(StoredEvents log)
    {
        var state = new WorldState(log);
        state.GrowTo(log.Facts.SeedNodes.Count);
        return state;
    }

    /// <summary>How many events led to it.</summary>
    public int Events { get; private set; }

    /// <summary>By place in <see cref="StoredEvents.Nodes"/>; whoever is not in it was not heard of yet.</summary>
    public IReadOnlyList<NodeMarks> Marks => marks;

    /// <summary>
    /// The places of those who were heard of, in that order: it only grows, and so who is known at a moment has the
    /// same place in it at any later one.
    /// </summary>
    public IReadOnlyList<int> Known => known;

    /// <summary>The latest epoch that a seed node committed, by place; 0 where none did.</summary>
    public IReadOnlyList<int> Epochs => epochs;

    public IEnumerable<OpenVote> Votes => votes.Values;

    /// <summary>Partitions and cuts that are not over.</summary>
    public IEnumerable<StoredStrike> Faults => faults.Values;

    /// <summary>By kind.</summary>
    public ReadOnlySpan<long> Counts => counts;

    /// <summary>How many receipts took how long, by <see cref="LatencyBins"/>.</summary>
    public ReadOnlySpan<int> Latencies => latencies;

    /// <summary>Each link once, the lower place first; one end that holds it is enough.</summary>
    /// <returns>With 1 where the first holds it, and 2 where the other does.</returns>
    public IEnumerable<(int One, int Other, int Mask)> Links
    {
        get
        {
            foreach (var link in links)
            {
                var (from, to) = Nodes(link);
                var isHeldByBoth = links.Contains(Pair(to, from));
                if (from < to) yield return (from, to, isHeldByBoth ? 3 : 1);
                else if (!isHeldByBoth) yield return (to, from, 2);
            }
        }
    }

    /// <summary>Who suspects whom.</summary>
    public IEnumerable<(int By, int Suspect)> Suspicions => suspicions.Select(Nodes);

    public WorldState Copy()
    {
        var copy = new WorldState(log) { Events = Events };
        copy.marks.AddRange(marks);
        copy.epochs.AddRange(epochs);
        copy.known.AddRange(known);
        copy.isKnown.AddRange(isKnown);
        copy.links.UnionWith(links);
        copy.suspicions.UnionWith(suspicions);
        foreach (var (proposal, vote) in votes) copy.votes.Add(proposal, vote);
        foreach (var (id, strike) in faults) copy.faults.Add(id, strike);
        counts.CopyTo(copy.counts, 0);
        latencies.CopyTo(copy.latencies, 0);
        return copy;
    }

    public void Apply(in StoredEvent e)
    {
        Events++;
        counts[e.Kind]++;
        if (e.Kind >= StoredKinds.ScenarioStarted) return;
        if (Math.Max(e.Node, e.About) is var highest && highest >= marks.Count) GrowTo(highest + 1);
        switch ((EventKind)e.Kind)
        {
            // By far the most frequent.
            case EventKind.GossipDuplicate:
                break;
            case EventKind.GossipDelivered:
                if (log.LatencyBinOf(e) is >= 0 and var bin) latencies[bin]++;
                break;
            case EventKind.GossipPublished:
                break;
            case EventKind.NeighborAdded or EventKind.NeighborRemoved or EventKind.Suspected
                or EventKind.SuspicionCleared:
                ApplyPair(e);
                break;
            case EventKind.FaultStruck:
                Strike(log.Strikes[e.Detail]);
                break;
            case EventKind.FaultEnded:
                faults.Remove(log.Strikes[e.Detail].FaultId);
                break;
            case >= EventKind.ProposalOpened and <= EventKind.EntryRecalled when e.Detail >= 0:
                ApplyVote(e, log.Ballots[e.Detail]);
                break;
            default:
                if (e.Node >= 0) ApplyLife(e);
                break;
        }
    }

    private void ApplyPair(in StoredEvent e)
    {
        var pair = Pair(e.Node, e.About);
        Change(e.Node, add: NodeMarks.None, take: NodeMarks.None);
        Change(e.About, add: NodeMarks.None, take: NodeMarks.None);
        switch ((EventKind)e.Kind)
        {
            case EventKind.NeighborAdded:
                links.Add(pair);
                break;
            case EventKind.NeighborRemoved:
                links.Remove(pair);
                suspicions.Remove(pair);
                break;
            case EventKind.Suspected:
                suspicions.Add(pair);
                break;
            default:
                suspicions.Remove(pair);
                break;
        }
    }

    private void Strike(StoredStrike strike)
    {
        if (strike.Word is "partition" or "cut") faults[strike.FaultId] = strike;
        if (strike.Word is not ("byzantine" or "sybil")) return;
        foreach (var node in strike.Groups.SelectMany(group => group))
        {
            if (node >= marks.Count) GrowTo(node + 1);
            Change(node, add: NodeMarks.Liar, take: NodeMarks.None);
        }
    }

    private void ApplyLife(in StoredEvent e)
    {
        Change(e.Node, add: NodeMarks.None, take: NodeMarks.None);
        switch ((EventKind)e.Kind)
        {
            case EventKind.ProcessStarted:
                Change(e.Node, add: NodeMarks.Up | NodeMarks.Started,
                    take: NodeMarks.Paused | NodeMarks.Registered | NodeMarks.Left | NodeMarks.Learning);
                ForgetOwn(e.Node);
                break;
            case EventKind.ProcessCrashed:
                Change(e.Node, add: NodeMarks.None, take: NodeMarks.Up | NodeMarks.Paused | NodeMarks.Learning);
                ForgetOwn(e.Node);
                break;
            case EventKind.ProcessPaused:
                Change(e.Node, add: NodeMarks.Paused, take: NodeMarks.None);
                break;
            case EventKind.ProcessResumed:
                Change(e.Node, add: NodeMarks.None, take: NodeMarks.Paused);
                break;
            case EventKind.Registered:
                Change(e.Node, add: NodeMarks.Registered, take: NodeMarks.Left | NodeMarks.Removed);
                epochs[e.Node] = e.Number;
                break;
            case EventKind.FoundItselfRemoved:
                Change(e.Node, add: NodeMarks.None, take: NodeMarks.Registered | NodeMarks.Left);
                break;
            case EventKind.Left:
                Change(e.Node, add: NodeMarks.Left, take: NodeMarks.Registered);
                break;
            case EventKind.SeedNodeStarted when e.Detail == StoredLineReader.Learns:
                Change(e.Node, add: NodeMarks.Learning, take: NodeMarks.None);
                break;
            case EventKind.LearningFinished:
                Change(e.Node, add: NodeMarks.None, take: NodeMarks.Learning);
                break;
        }
    }

    private void ApplyVote(in StoredEvent e, StoredBallot ballot)
    {
        switch ((EventKind)e.Kind)
        {
            case EventKind.ProposalOpened:
                votes[ballot.Proposal] = new OpenVote(
                    ballot.Proposal, e.Node, e.About, ballot.Epoch, ballot.Removes, ballot.Quorum, Yes: 0, No: 0);
                break;
            case EventKind.VoteCast or EventKind.VoteHeard when votes.TryGetValue(ballot.Proposal, out var vote)
                && ballot.Voter is >= 0 and < 64:
                var bit = 1UL << ballot.Voter;
                votes[ballot.Proposal] = ballot.Yes
                    ? vote with { Yes = vote.Yes | bit } : vote with { No = vote.No | bit };
                break;
            case EventKind.ProposalApproved or EventKind.ProposalRejected:
                votes.Remove(ballot.Proposal);
                break;
            case EventKind.EntryCommitted:
                votes.Remove(ballot.Proposal);
                Commit(e.About, ballot);
                break;
            case EventKind.EntryRecalled:
                Commit(e.About, ballot);
                break;
        }
    }

    /// <summary>Seed nodes commit one after another; whoever is late must not take back what came since.</summary>
    private void Commit(int node, StoredBallot ballot)
    {
        if (ballot.Epoch < epochs[node]) return;
        epochs[node] = ballot.Epoch;
        if (!ballot.Removes)
        {
            Change(node, add: NodeMarks.None, take: NodeMarks.Removed);
            return;
        }

        Change(node, add: NodeMarks.Removed, take: NodeMarks.Registered);
        suspicions.RemoveWhere(pair => (int)(pair & uint.MaxValue) == node);
    }

    /// <summary>What a process knew ends with it; the other ends of its links notice by themselves.</summary>
    private void ForgetOwn(int node)
    {
        links.RemoveWhere(pair => (int)(pair >> 32) == node);
        suspicions.RemoveWhere(pair => (int)(pair >> 32) == node);
    }

    private void Change(int node, NodeMarks add, NodeMarks take)
    {
        marks[node] = (marks[node] & ~take) | add;
        if (isKnown[node]) return;
        isKnown[node] = true;
        known.Add(node);
    }

    private void GrowTo(int count)
    {
        while (marks.Count < count)
        {
            var isSeedNode = marks.Count < log.Facts.SeedNodes.Count;
            marks.Add(NodeMarks.None);
            epochs.Add(0);
            isKnown.Add(false);
            if (isSeedNode) Change(marks.Count - 1, add: NodeMarks.Seed, take: NodeMarks.None);
        }
    }

    private static ulong Pair(int from, int to) => ((ulong)(uint)from << 32) | (uint)to;

    private static (int From, int To) Nodes(ulong pair) => ((int)(pair >> 32), (int)(pair & uint.MaxValue));
}
