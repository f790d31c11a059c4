using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Pages;

namespace GossipSim.Scenarios.Viewing;

/// <summary>What a node is at a moment; the numbers are those that pages know.</summary>
[Flags]
internal enum Standing : ushort
{
    None = 0,
    SeedNode = 1,
    Up = 2,
    Paused = 4,

    /// <summary>It holds that it is a member.</summary>
    Registered = 8,

    /// <summary>A seed node committed its removal, and none a later registration.</summary>
    Removed = 16,
    Left = 32,
    Learning = 64,
    Liar = 128,

    /// <summary>A process ran there.</summary>
    Started = 256,

    /// <summary>Not only named by somebody; no part of what pages read.</summary>
    Known = 512,
}

/// <summary>
/// The world as the events of a log until a moment tell it. Applying an event makes nothing but what has to be kept.
/// </summary>
internal sealed class WorldState(StoredEvents log)
{
    private readonly List<Standing> standings = [];
    private readonly List<int> epochs = [];
    private readonly List<int> known = [];
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
    public IReadOnlyList<Standing> Standings => standings;

    /// <summary>
    /// The places of those who were heard of, in that order: it only grows, and so who is known at a moment has the same
    /// place in it at any later one.
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
        copy.standings.AddRange(standings);
        copy.epochs.AddRange(epochs);
        copy.known.AddRange(known);
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
        if (Math.Max(e.Node, e.About) is var highest && highest >= standings.Count) GrowTo(highest + 1);
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
        Change(e.Node, add: Standing.None, take: Standing.None);
        Change(e.About, add: Standing.None, take: Standing.None);
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
            if (node >= standings.Count) GrowTo(node + 1);
            Change(node, add: Standing.Liar, take: Standing.None);
        }
    }

    private void ApplyLife(in StoredEvent e)
    {
        Change(e.Node, add: Standing.None, take: Standing.None);
        switch ((EventKind)e.Kind)
        {
            case EventKind.ProcessStarted:
                Change(e.Node, add: Standing.Up | Standing.Started,
                    take: Standing.Paused | Standing.Registered | Standing.Left | Standing.Learning);
                ForgetOwn(e.Node);
                break;
            case EventKind.ProcessCrashed:
                Change(e.Node, add: Standing.None, take: Standing.Up | Standing.Paused | Standing.Learning);
                ForgetOwn(e.Node);
                break;
            case EventKind.ProcessPaused:
                Change(e.Node, add: Standing.Paused, take: Standing.None);
                break;
            case EventKind.ProcessResumed:
                Change(e.Node, add: Standing.None, take: Standing.Paused);
                break;
            case EventKind.Registered:
                Change(e.Node, add: Standing.Registered, take: Standing.Left | Standing.Removed);
                epochs[e.Node] = e.Number;
                break;
            case EventKind.FoundItselfRemoved:
                Change(e.Node, add: Standing.None, take: Standing.Registered | Standing.Left);
                break;
            case EventKind.Left:
                Change(e.Node, add: Standing.Left, take: Standing.Registered);
                break;
            case EventKind.SeedNodeStarted when e.Detail == StoredLineReader.Learns:
                Change(e.Node, add: Standing.Learning, take: Standing.None);
                break;
            case EventKind.LearningFinished:
                Change(e.Node, add: Standing.None, take: Standing.Learning);
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
            Change(node, add: Standing.None, take: Standing.Removed);
            return;
        }

        Change(node, add: Standing.Removed, take: Standing.Registered);
        suspicions.RemoveWhere(pair => (int)(pair & uint.MaxValue) == node);
    }

    /// <summary>What a process knew ends with it; the other ends of its links notice by themselves.</summary>
    private void ForgetOwn(int node)
    {
        links.RemoveWhere(pair => (int)(pair >> 32) == node);
        suspicions.RemoveWhere(pair => (int)(pair >> 32) == node);
    }

    private void Change(int node, Standing add, Standing take)
    {
        var before = standings[node];
        standings[node] = (before & ~take) | add | Standing.Known;
        if ((before & Standing.Known) == 0) known.Add(node);
    }

    private void GrowTo(int count)
    {
        while (standings.Count < count)
        {
            var isSeedNode = standings.Count < log.Facts.SeedNodes.Count;
            standings.Add(Standing.None);
            epochs.Add(0);
            if (isSeedNode) Change(standings.Count - 1, add: Standing.SeedNode, take: Standing.None);
        }
    }

    private static ulong Pair(int from, int to) => ((ulong)(uint)from << 32) | (uint)to;

    private static (int From, int To) Nodes(ulong pair) => ((int)(pair >> 32), (int)(pair & uint.MaxValue));
}
