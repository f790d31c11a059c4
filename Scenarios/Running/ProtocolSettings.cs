using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Protocols;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>What a scenario means to the protocol: addresses, and the options of its seed nodes and peers.</summary>
internal sealed record ProtocolSettings
{
    public required AddressPlan Plan { get; init; }

    public required SeedNodeOptions SeedNode { get; init; }

    public required PeerOptions Peer { get; init; }

    /// <summary>Peers that start with the network; the plan may keep addresses for others behind them.</summary>
    public required int InitialPeers { get; init; }

    /// <summary>The protocol that runs instead of ours, if the scenario names one.</summary>
    public ChosenProtocol? Own { get; init; }

    /// <summary>How nodes of the simulator sign; null where nothing is signed.</summary>
    public SigningRules? SimulatedSigning { get; init; }

    /// <param name="zero">The date and time of the run's instant zero, for the timestamps that people read.</param>
    /// <param name="startingPeers">Where some of the scenario's peers only may come later: those that do not.</param>
    public static ProtocolSettings Of(Scenario scenario, DateTimeOffset zero, int? startingPeers = null)
    {
        var plan = new AddressPlan(
            AddressOf(scenario.SeedNodes.Host, scenario.SeedNodes.BasePort), scenario.SeedNodes.Count,
            AddressOf(scenario.Peers.Host, scenario.Peers.BasePort), scenario.AllPeers);
        var seedNodes = plan.SeedNodeAddresses();
        var seedNode = SeedNodeOf(scenario, seedNodes);
        var own = scenario.Protocol?.Chosen;
        return new ProtocolSettings
        {
            Plan = plan,
            SeedNode = seedNode,
            Peer = PeerOf(scenario, seedNode, zero) with
            {
                OverlayRule = OverlayModels.RuleOf(scenario, plan, startingPeers ?? scenario.Peers.Count),
            },
            InitialPeers = scenario.Peers.Count,
            SimulatedSigning = seedNode.AreVotesSigned
                ? new SigningRules(
                    scenario.Name, seedNodes, seedNode.QuorumSize,
                    new SimulatedSignatures((ulong)scenario.RandomSeed))
                : null,
            Liar = scenario.Faults.Any(fault => fault is ScheduledByzantine or ScheduledSybil)
                ? LiarOf(scenario, seedNodes, zero)
                : null,
            Own = own,
            NodesInstead = own is null ? null : InsteadOfOurs(own.FactoriesFor(
                plan, scenario.Peers.Count, scenario.Overlay.LinksPerJoin.Range!.From, (ulong)scenario.RandomSeed)),
        };
    }

    /// <summary>What nodes need to lie when a fault tells them to; null where all are honest.</summary>
    public required LiarOptions? Liar { get; init; }

    /// <summary>
    /// Other nodes in place of ours: from the index in the plan and the factory of the node that belongs there.
    /// </summary>
    public Func<int, NodeFactory, NodeFactory>? NodesInstead { get; init; }

    public NodeFactory FactoryOf(int index)
    {
        NodeFactory ours = Plan.IsSeedNode(index)
            ? start => new SeedNode(SeedNode, start)
            : start => new Peer(Peer, start);
        var honest = NodesInstead is null ? ours : NodesInstead(index, ours);
        return Liar is null ? honest : ByzantineNode.Wrap(honest, Liar);
    }

    /// <summary>The same for a cluster whose seed nodes are these, wherever the plan has them.</summary>
    public ProtocolSettings WithSeedNodes(NodeAddress[] seedNodes) => this with
    {
        SeedNode = SeedNode with { SeedNodes = seedNodes },
        Peer = Peer with { SeedNodes = seedNodes },
        Liar = Liar is null ? null : Liar with { SeedNodes = seedNodes },
    };

    private static Func<int, NodeFactory, NodeFactory> InsteadOfOurs(Func<int, NodeFactory> own) =>
        (index, _) => own(index);

    /// <summary>The watch over all promises that a run of the scenario makes.</summary>
    public InvariantWatch WatchOver(RunFacts facts, Scenario scenario)
    {
        var wanted = scenario.Invariants.SampledPeers;
        var isSampled = scenario.Invariants.Mode == InvariantMode.Sampled && wanted < facts.MostPeers;
        return new InvariantWatch(
            facts, QuietTimings, scenario.Invariants.Waived, Own?.CreateInvariants(),
            isSampled ? new PeerSample(wanted, facts.MostPeers) : null);
    }

    /// <summary>The same, or null where the scenario wants no watch.</summary>
    public InvariantWatch? WatchIfWanted(RunFacts facts, Scenario scenario) =>
        scenario.Invariants.Mode == InvariantMode.None ? null : WatchOver(facts, scenario);

    /// <summary>
    /// From a crash to its removal everywhere, at most (DESIGN section 5: 8 s, or 49 s as documented): the missed
    /// pings, the witnesses, the seed nodes' probes and their vote, and half a second for the messages in between.
    /// </summary>
    public TimeSpan DetectionBound => (Peer.MissedPingsToSuspect * Peer.PingInterval) + Peer.PingTimeout
        + Peer.WitnessProbe + SeedNode.RoundTimeout + TimeSpan.FromSeconds(0.5);

    public QuietTimings QuietTimings =>
        QuietTimings.Of(SeedNode.SyncInterval, DetectionBound, SeedNode.RoundTimeout, Peer.RefreshInterval);

    private static NodeAddress AddressOf(string host, int port) =>
        NodeAddress.TryParseHost(host, out var number)
            ? new NodeAddress(number, (ushort)port)
            : throw new ArgumentException($"'{host}' is no IPv4 address", nameof(host));

    private static SeedNodeOptions SeedNodeOf(Scenario scenario, NodeAddress[] seedNodes) => new()
    {
        SeedNodes = seedNodes,
        AreVotesSigned = scenario.Security.Mode != SecurityMode.None,
        QuorumRule = scenario.SeedNodes.QuorumRule,
        ByzantineFaults = scenario.SeedNodes.ByzantineFaults,
        RemovalEvidence = scenario.SeedNodes.RemovalEvidence,
        DistinctReportersNeeded = scenario.SeedNodes.DistinctReportersNeeded,
        ReportFormat = FormatOf(scenario.Liveness.ReportFormat),
        ProbeAttempts = scenario.SeedNodes.ProbeAttempts,
        ProbeTimeout = Ms(scenario.SeedNodes.ProbeTimeoutMs),
        VoteTimeout = Ms(scenario.SeedNodes.VoteTimeoutMs),
        SyncInterval = Ms(scenario.SeedNodes.SyncIntervalMs),
        RefreshInterval = Ms(scenario.Peers.RefreshIntervalMs),
        PeerListLimit = scenario.SeedNodes.PeerListLimit,
        SamplesByDegree = scenario.Overlay.Rule == OverlayRuleName.PreferentialAttachment,
    };

    private static PeerOptions PeerOf(Scenario scenario, SeedNodeOptions seedNode, DateTimeOffset zero) => new()
    {
        SeedNodes = seedNode.SeedNodes,
        AreVotesSigned = seedNode.AreVotesSigned,
        RegisterWith = scenario.Peers.RegisterWith,
        RegisterTimeout = Ms(scenario.Peers.RegisterTimeoutMs),
        RefreshInterval = Ms(scenario.Peers.RefreshIntervalMs),
        LinksPerJoin = OverlayModels.LinksPerJoin(scenario.Overlay),
        PeerListLimit = scenario.SeedNodes.PeerListLimit,
        MinDegree = scenario.Overlay.Repair.MinDegree,
        MaxDegree = scenario.Overlay.MaxDegree ?? int.MaxValue,
        ReplacesLostLinks = scenario.Overlay.Repair.Enabled,
        RepairInterval = Ms(scenario.Overlay.Repair.IntervalMs),
        GossipInterval = Ms(scenario.Gossip.IntervalMs),
        MaxMessagesPerPeer = scenario.Gossip.MaxMessagesPerPeer,
        PayloadBytes = scenario.Gossip.PayloadBytes,
        ForwardTo = scenario.Gossip.ForwardTo,
        MessageIdFormat = scenario.Gossip.MessageIdFormat == Files.MessageIdFormat.TimestampIpNumber
            ? Engine.Protocol.MessageIdFormat.WithoutPort
            : Engine.Protocol.MessageIdFormat.WithPort,
        Timestamps = scenario.Gossip.Timestamps,
        EpochUnixSeconds = SecondsOf(zero),
        PingInterval = Ms(scenario.Liveness.PingIntervalMs),
        TellsPings = scenario.Outputs.CompatLogs.Contains(CompatLog.Doc004),
        PingTimeout = Ms(scenario.Liveness.PingTimeoutMs),
        MissedPingsToSuspect = scenario.Liveness.MissedPingsToSuspect,
        WitnessProbe = Ms(scenario.Liveness.Confirmation.TimeoutMs),
        ProbesAfterReset = scenario.Liveness.OnConnectionReset == ResetReaction.ExtraProbe,
        ConfirmationRule = scenario.Liveness.Confirmation.Rule,
        ReportTo = scenario.Liveness.ReportTo,
        ReportFormat = seedNode.ReportFormat,
        ReportTimeout = seedNode.RoundTimeout + Ms(1000),
    };

    private static ReportFormat FormatOf(DeadReportFormat format) =>
        format == DeadReportFormat.IpTimestampReporter ? ReportFormat.WithoutPort : ReportFormat.WithPort;

    private static LiarOptions LiarOf(Scenario scenario, NodeAddress[] seedNodes, DateTimeOffset zero) => new()
    {
        SeedNodes = seedNodes,
        HighestNumber = scenario.Gossip.MaxMessagesPerPeer,
        EpochUnixSeconds = SecondsOf(zero),
    };

    private static double SecondsOf(DateTimeOffset zero) => zero.ToUnixTimeMilliseconds() / 1000.0;

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
