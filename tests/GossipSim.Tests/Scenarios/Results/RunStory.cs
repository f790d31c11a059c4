using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>
/// Tells a run as a stream of events, in scenario seconds: three seed nodes and as many peers as it names.
/// </summary>
internal sealed class RunStory(ITrace trace)
{
    public static readonly NodeAddress[] SeedNodes = [Address(6000), Address(6001), Address(6002)];

    private readonly Dictionary<NodeAddress, ulong> processes = [];
    private ulong nextProcess = 1;

    public static RunFacts Facts => new()
    {
        Scenario = "story", Description = "A run told by a test.", Runtime = RuntimeKind.Sim, RandomSeed = 42,
        SeedNodes = SeedNodes, Quorum = 2, PeersWanted = 4, MostPeers = 4,
        DetectionBound = TimeSpan.FromSeconds(8), ScenarioSeconds = 30,
    };

    public Instant Now { get; private set; }

    /// <summary>A split of the network, as a run reports it.</summary>
    public static FaultStrike Partition(string faultId, NodeAddress[][] groups) =>
        new("partition", faultId, groups, MayIsolate: true);

    public static NodeAddress Address(int port) => NodeAddress.Parse($"127.0.0.1:{port}");

    public static Gossip Message(int origin, int number, bool recovered = false) =>
        new($"1767225600.5:127.0.0.1:{origin}:{number}", Address(origin), 1, number, "payload", recovered);

    public static MembershipEntry Entry(int port, int epoch, ulong process, bool alive = true) =>
        new(Address(port), epoch, alive ? MemberState.Alive : MemberState.Removed, new NodeId(process), epoch);

    public RunStory At(double seconds)
    {
        Now = Instant.FromSeconds(seconds);
        return this;
    }

    public RunStory Tell(int port, EventKind kind, int about = 0, long number = 0, object? detail = null)
    {
        var node = port == 0 ? default : Address(port);
        trace.Report(node, Now, new ProtocolEvent(kind, about == 0 ? default : Address(about), number, detail));
        return this;
    }

    public RunStory StartSeedNodes()
    {
        foreach (var seedNode in SeedNodes) StartSeedNode(seedNode.Port);
        return this;
    }

    public RunStory StartSeedNode(int port, long start = 0) =>
        Tell(port, EventKind.ProcessStarted, number: start, detail: new NodeId(nextProcess++))
            .Tell(port, EventKind.SeedNodeStarted, number: 2, detail: false);

    /// <summary>A peer starts, and all seed nodes commit its registration.</summary>
    public RunStory Join(int port, int epoch = 1)
    {
        processes[Address(port)] = nextProcess;
        Tell(port, EventKind.ProcessStarted, number: epoch - 1, detail: new NodeId(nextProcess++));
        foreach (var seedNode in SeedNodes) Commit(seedNode.Port, port, epoch, alive: true);
        return Tell(port, EventKind.Registered, 6000, epoch);
    }

    public RunStory Link(int one, int other) =>
        Tell(one, EventKind.NeighborAdded, other, 1).Tell(other, EventKind.NeighborAdded, one, 1);

    public RunStory Unlink(int one, int other) =>
        Tell(one, EventKind.NeighborRemoved, other, 1).Tell(other, EventKind.NeighborRemoved, one, 1);

    public RunStory Publish(int origin, int number) =>
        Tell(origin, EventKind.GossipPublished, number: number, detail: Message(origin, number));

    public RunStory Deliver(int port, int from, int origin, int number, int hops = 1, bool recovered = false) =>
        Tell(port, EventKind.GossipDelivered, from, hops, Message(origin, number, recovered));

    public RunStory Crash(int port, string fault = "kill") => Tell(port, EventKind.ProcessCrashed, detail: fault);

    public RunStory Commit(int seedNode, int port, int epoch, bool alive, params NodeAddress[] voters) => Tell(
        seedNode, EventKind.EntryCommitted, port, detail: BallotOn(port, epoch, alive, voters));

    public RunStory CommitEverywhere(int port, int epoch, bool alive)
    {
        foreach (var seedNode in SeedNodes) Commit(seedNode.Port, port, epoch, alive);
        return this;
    }

    public Ballot BallotOn(int port, int epoch, bool alive, NodeAddress[] voters)
    {
        var entry = Entry(port, epoch, processes.GetValueOrDefault(Address(port)), alive);
        var proposal = new ProposalId(SeedNodes[0], (port * 10) + epoch + (alive ? 0 : 5));
        return new Ballot(proposal, entry, Quorum: 2, voters.Length == 0 ? SeedNodes[..2] : voters);
    }
}
