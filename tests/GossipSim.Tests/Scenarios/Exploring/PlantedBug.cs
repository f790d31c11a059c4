using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Tests.Scenarios.Exploring;

/// <summary>A bug that every node of a role has, and the promise that it breaks once something goes wrong.</summary>
internal sealed class PlantedBug(
    string invariant, string words, Func<ProtocolSettings, NodeFactory, bool, NodeFactory> plant)
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        OfSeedNodes(
            "quorumForEveryChange", "after a restart floor(n/2) votes are enough",
            (settings, right) => start => start.Disk.Count == 0
                ? right(start)
                : new SeedNode(
                    settings.SeedNode with { SeedNodes = TwoLess(settings.SeedNode.SeedNodes, start) }, start)),
        OfSeedNodes(
            "oneNodeIdPerEpoch", "the disk forgets entries and votes, and nobody is asked for them",
            (_, right) => start => new SeedNodeWithoutAntiEntropy(new SeedNodeWithLyingDisk(right(start)))),
        OfSeedNodes(
            "oneRegistrationVotePerEpoch", "votes at once with an empty disk",
            (_, right) => start => new SeedNodeThatDoesNotLearn(again => right(again), start)),
        OfSeedNodes(
            "membershipNeverGoesBack", "starts over when a link to another seed node breaks",
            (_, right) => start => new SeedNodeThatStartsOver(life => right(InLife(life, start)))),
        OfSeedNodes(
            "noFalseRemoval", "removes on the first report without probing",
            (settings, _) => start => new SeedNode(
                settings.SeedNode with { RemovalEvidence = RemovalEvidence.TrustReporter }, start)),
        OfSeedNodes(
            "minoritySideFrozen", "takes silence for consent",
            (_, right) => start => new SeedNodeThatTakesSilenceForConsent(right(start))),
        OfSeedNodes(
            "seedsAgreeWhenQuiet", "no anti-entropy",
            (_, right) => start => new SeedNodeWithoutAntiEntropy(right(start))),
        OfSeedNodes(
            "crashedEventuallyRemoved", "watches over nobody",
            (_, right) => start => new SeedNodeThatWatchesNobody(right(start))),
        OfPeers("overlayConnectedWhenQuiet", "never repairs", right => start => new PeerThatNeverRepairs(right(start))),
        OfPeers(
            "messageHandledOncePerIncarnation", "forgets its messages with a neighbor",
            right => start => new PeerThatForgetsMessagesWithNeighbors(right(start))),
        OfPeers(
            "gossipReachesLiveComponent", "floods only", right => start => new PeerWithoutRecovery(right(start))),
        OfSeedNodes(
            "boundedMemory", "queues for the silent, and twice each time",
            (_, right) => start => new SeedNodeThatQueuesTwice(right(start))),
        OfPeers("uniqueMessageIds", "writes no port into ids", right => start => new PeerWithShortIds(right(start))),
    ];

    public string Invariant => invariant;

    public static PlantedBug Of(string invariant) => All.Single(bug => bug.Invariant == invariant);

    /// <summary>Runs in which every node of the role has the bug.</summary>
    public Trial Trial => new(scenario =>
    {
        var settings = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch);
        return settings with
        {
            NodesInstead = (index, right) => plant(settings, right, settings.Plan.IsSeedNode(index)),
        };
    });

    public override string ToString() => $"{invariant}: {words}";

    private static PlantedBug OfSeedNodes(
        string invariant, string words, Func<ProtocolSettings, NodeFactory, NodeFactory> plant) => new(
        invariant, words, (settings, right, isSeedNode) => isSeedNode ? plant(settings, right) : right);

    private static PlantedBug OfPeers(string invariant, string words, Func<NodeFactory, NodeFactory> plant) => new(
        invariant, words, (_, right, isSeedNode) => isSeedNode ? right : plant(right));

    /// <summary>Each life counts its proposals from another number, as each process does.</summary>
    private static NodeStart InLife(int life, NodeStart start) =>
        start with { NodeId = new NodeId(start.NodeId.Value ^ ((ulong)life << 33)) };

    /// <summary>All but two of the others: with an odd number its quorum is then one vote less.</summary>
    private static NodeAddress[] TwoLess(NodeAddress[] seedNodes, NodeStart start)
    {
        var left = seedNodes.Where(seedNode => seedNode != start.Address).SkipLast(2).Append(start.Address);
        return [.. left.Order()];
    }
}
