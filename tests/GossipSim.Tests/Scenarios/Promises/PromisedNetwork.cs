using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Engine;

namespace GossipSim.Tests.Scenarios.Promises;

/// <summary>
/// Real seed nodes and peers on the simulated network under the shipped defaults, judged from nothing but what they
/// report: all invariants watch, and the record of the run answers how things stand.
/// </summary>
internal sealed class PromisedNetwork : ITrace
{
    private const string CutId = "cut";

    private readonly List<Commit> commits = [];
    private readonly HashSet<(NodeAddress Peer, NodeAddress Suspect)> suspicions = [];
    private readonly int peersAtFirst;

    /// <param name="laterPeers">Addresses of peers that do not start before the test says so.</param>
    public PromisedNetwork(int seedNodes, int peers, int laterPeers, ulong randomSeed)
    {
        peersAtFirst = peers;
        var scenario = new Scenario
        {
            RandomSeed = (long)randomSeed,
            SeedNodes = new SeedNodeSettings { Count = seedNodes },
            Peers = new PeerSettings { Count = peers + laterPeers },
        };
        Settings = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch);
        var facts = FactsOfRun.Of(scenario, Settings);
        World = new RunRecord(facts);
        Watch = new InvariantWatch(facts, Settings.QuietTimings, scenario.Invariants.Waived);
        Network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = Settings.Plan,
                Factories = Settings.FactoryOf,
                RandomSeed = randomSeed,
                Latency = new UniformLatency(1, 60) { JitterFraction = 0.5 },
            },
            this);
    }

    /// <summary>A change of one seed node's list.</summary>
    public sealed record Commit(NodeAddress SeedNode, Instant At, MembershipEntry Entry);

    public SimulatedNetwork Network { get; }

    public ProtocolSettings Settings { get; }

    public RunRecord World { get; }

    public InvariantWatch Watch { get; }

    public AddressPlan Plan => Settings.Plan;

    public IReadOnlyList<Commit> Commits => commits;

    public NodeAddress[] SeedNodes => Plan.SeedNodeAddresses();

    public NodeAddress Peer(int place) => Plan[Plan.SeedNodes + place];

    public IEnumerable<NodeAddress> LivePeers =>
        World.Nodes.All.Where(node => node.IsLivePeer).Select(node => node.Address);

    public IEnumerable<string> Violations =>
        Watch.Outcomes().Where(row => row.Violated).Select(row => $"{row.Name}: {row.Detail}");

    /// <summary>Starts everybody, and waits until all peers are registered and linked and nothing moves.</summary>
    public PromisedNetwork Form(double secondsBetweenPeers = 0.01)
    {
        foreach (var seedNode in SeedNodes) Network.Start(seedNode);
        RunFor(5);
        for (var place = 0; place < peersAtFirst; place++)
        {
            Network.Start(Peer(place));
            RunFor(secondsBetweenPeers);
        }

        RunFor(20);
        World.MarkScenarioStart(Network.Now);
        Watch.MarkScenarioStart(Network.Now);
        return this;
    }

    public void RunFor(double seconds)
    {
        Network.RunUntil(Network.Now + TimeSpan.FromSeconds(seconds));
        Watch.JudgePending(Network.Now);
    }

    /// <summary>Runs until something holds, looking at it four times a second.</summary>
    /// <returns>When it held, in seconds from now; null when it did not hold in time.</returns>
    public double? RunUntil(Func<bool> holds, double limitSeconds)
    {
        var begin = Network.Now;
        while (!holds())
        {
            if ((Network.Now - begin).TotalSeconds >= limitSeconds) return null;
            RunFor(0.25);
        }

        return (Network.Now - begin).TotalSeconds;
    }

    /// <summary>Runs until all invariants that hold "when quiet" were judged.</summary>
    public bool RunUntilSettled(double limitSeconds = 300) =>
        RunUntil(() => Watch.IsSettled, limitSeconds) is not null;

    public void Crash(NodeAddress node) => Network.Crash(node, "promise");

    public void CrashAndRestart(NodeAddress node, DiskState disk)
    {
        Crash(node);
        Network.Restart(node, disk);
    }

    /// <summary>Nobody of one side reaches anybody else.</summary>
    public void CutOff(IReadOnlyCollection<NodeAddress> side)
    {
        var rest = Enumerable.Range(0, Plan.Count).Select(index => Plan[index]).Except(side).ToArray();
        Network.Impair(CutId, CutLinks.Between(side, rest));
        TellCut(EventKind.FaultStruck, [[.. side], rest]);
    }

    public void Heal()
    {
        Network.Mend(CutId);
        TellCut(EventKind.FaultEnded, []);
    }

    /// <summary>As the run of a scenario tells of its faults.</summary>
    private void TellCut(EventKind kind, NodeAddress[][] sides)
    {
        var strike = new FaultStrike("partition", CutId, sides, MayIsolate: true);
        Report(NodeAddress.None, Network.Now, new ProtocolEvent(kind, Detail: strike));
    }

    public MembershipEntry EntryAt(NodeAddress seedNode, NodeAddress node) =>
        World.Nodes.Find(node) is { } known ? World.Membership.EntryAt(Plan.IndexOf(seedNode), known.Index) : default;

    /// <summary>Live peers that some live seed node does not list at their present process and epoch.</summary>
    public IEnumerable<string> Missing() =>
        from seedNode in SeedNodes.Where(World.IsUp)
        from node in World.Nodes.All
        where node.IsLivePeer
        let entry = EntryAt(seedNode, node.Address)
        where !node.IsRegistered || !entry.IsAlive || entry.Epoch != node.Epoch || entry.NodeId != node.NodeId
        select $"{seedNode} lists {entry}, but it lives as {node.NodeId} at epoch {node.Epoch}";

    /// <summary>Members in the lists of live seed nodes that do not run.</summary>
    public IEnumerable<string> Dead() =>
        from seedNode in SeedNodes.Where(World.IsUp)
        from node in World.Nodes.All
        where !node.IsSeedNode && !node.IsLivePeer
        let entry = EntryAt(seedNode, node.Address)
        where entry.Epoch > 0 && entry.IsAlive
        select $"{seedNode} lists {entry}, which does not run";

    /// <summary>Wrong in the overlay: parts, half links, neighbors that do not run, open suspicions.</summary>
    public IEnumerable<string> Broken()
    {
        var overlay = EndOverlay.Of(World);
        var parts = Enumerable.Range(0, overlay.Peers.Count).Select(overlay.ComponentOf).Distinct().Count();
        if (parts > 1) yield return $"{parts} parts";
        if (overlay.AsymmetricLinks > 0) yield return $"{overlay.AsymmetricLinks} half links";
        foreach (var (peer, suspect) in suspicions) yield return $"{peer} suspects {suspect}";
        foreach (var peer in overlay.Peers)
            foreach (var neighbor in peer.Neighbors.ToArray())
                if (!World.Nodes[neighbor].IsLivePeer)
                    yield return $"{peer.Address} links to {World.Nodes[neighbor].Address}, which does not run";
    }

    /// <summary>All live peers are members everywhere, in an overlay of one part.</summary>
    public bool IsWhole => World.Membership.SeedsAgree && !Missing().Any() && !Broken().Any();

    /// <summary>Exactly the live peers are members everywhere, in an overlay of one part.</summary>
    public bool IsInOrder => IsWhole && !Dead().Any();

    public string Disorder => string.Join("\n", Missing().Concat(Dead()).Concat(Broken()).Take(12));

    /// <summary>Lets some peers publish once, and tells for each message how many live peers did not get it.</summary>
    public IReadOnlyList<int> MissesOfMessagesFrom(params NodeAddress[] publishers)
    {
        var before = World.Gossip.Messages.Count;
        foreach (var peer in publishers) Network.Inject(peer, new ProtocolTimer(TimerKind.StartPublishing));
        RunFor(Settings.Peer.GossipInterval.TotalSeconds / 2);
        var live = LivePeers.Count();
        return [.. World.Gossip.Messages.Skip(before).Select(message => live - 1 - message.Receipts.Length)];
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent e)
    {
        World.Report(node, now, e);
        Watch.Report(node, now, e);
        switch (e.Kind)
        {
            case EventKind.EntryCommitted: commits.Add(new Commit(node, now, ((Ballot)e.Detail!).Entry)); break;
            case EventKind.Suspected: suspicions.Add((node, e.About)); break;
            case EventKind.SuspicionCleared or EventKind.NeighborRemoved: suspicions.Remove((node, e.About)); break;
            case EventKind.ProcessCrashed: suspicions.RemoveWhere(open => open.Peer == node); break;
        }
    }
}
