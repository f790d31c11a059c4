using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>What is known about a run before its first node starts.</summary>
internal sealed record RunFacts
{
    public required string Scenario { get; init; }

    /// <summary>What the scenario shows, in the words of its file.</summary>
    public string Description { get; init; } = "";

    public required RuntimeKind Runtime { get; init; }

    /// <summary>On TCP: whether links are as long as the scenario's model says, on top of this machine's own.</summary>
    public bool EmulatesLatency { get; init; }

    public required long RandomSeed { get; init; }

    /// <summary>The configured seed nodes, in the same order everywhere. Every other address is a peer's.</summary>
    public required IReadOnlyList<NodeAddress> SeedNodes { get; init; }

    /// <summary>Which node has which address; null where nobody knows, as for a log that is read back.</summary>
    public AddressPlan? Plan { get; init; }

    /// <summary>Votes that a change of the membership needs.</summary>
    public required int Quorum { get; init; }

    /// <summary>Whether votes count only with their voters' signatures.</summary>
    public bool AreVotesSigned { get; init; }

    /// <summary>
    /// What the signatures are checked with; null where that is left to the nodes' hosts, who have the keys.
    /// </summary>
    public SigningRules? Signing { get; init; }

    /// <summary>What the logs say of how peers choose their neighbors.</summary>
    public string NeighborChoice { get; init; } = "power-law";

    /// <summary>In how many parts the planned overlay itself is; 1 where nothing is planned.</summary>
    public int PlannedParts { get; init; } = 1;

    /// <summary>Peers that the scenario starts with.</summary>
    public required int PeersWanted { get; init; }

    /// <summary>Peers that can ever run, with those that faults bring in.</summary>
    public required int MostPeers { get; init; }

    /// <summary>About how many of them the event log and the graph follow; null for all.</summary>
    public int? LoggedPeers { get; init; }

    /// <summary>About how many of them the text logs follow; null for all.</summary>
    public int? PeersInText { get; init; }

    /// <summary>
    /// Longest time from a crash to its removal everywhere (DESIGN section 5): 8 s, or 49 s as documented.
    /// </summary>
    public required TimeSpan DetectionBound { get; init; }

    /// <summary>What the length of each stage of a detection follows from; null where nobody knows.</summary>
    public DetectionRules? Detection { get; init; }

    /// <summary>Gossip published earlier than this after scenario time 0 is left out of every gossip figure.</summary>
    public double MeasureFromSeconds { get; init; }

    /// <summary>So is what is published later than this: it had no time to arrive.</summary>
    public double MeasureToSeconds { get; init; } = double.PositiveInfinity;

    /// <summary>From scenario time 0 to the end, in seconds.</summary>
    public double ScenarioSeconds { get; init; }

    /// <summary>The faults of the scenario, each in a few words, for readers of the report.</summary>
    public IReadOnlyList<string> FaultsInWords { get; init; } = [];

    /// <summary>The own protocol that the nodes run; null for the program's.</summary>
    public string? Protocol { get; init; }

    /// <summary>What the nodes of an own protocol say they report.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>How many nodes of each role take part.</summary>
    public string CastInWords => Protocol is null
        ? $"{Numbers.Plural(SeedNodes.Count, "seed node")}, {Numbers.Plural(PeersWanted, "peer")}"
        : $"{Numbers.Plural(PeersWanted, "node")} of the protocol {Protocol}";

    /// <summary>The name that files and summaries give to the network.</summary>
    public string RuntimeName => Runtime == RuntimeKind.Tcp ? "tcp" : "sim";

    /// <summary>Where the latency of links comes from: the simulator's model, that model on TCP, or the machine.
    /// </summary>
    public string LatencySource => Runtime != RuntimeKind.Tcp ? "model" : EmulatesLatency ? "emulated" : "machine";

    public string NetworkInWords => EmulatesLatency ? $"{RuntimeName} with emulated latency" : RuntimeName;
}
