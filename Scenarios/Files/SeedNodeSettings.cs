using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Files;

/// <summary>The seed nodes: how many, where, and the rules by which they change the membership list.</summary>
internal sealed record SeedNodeSettings
{
    [Description("How many seed nodes.")]
    [Range(1, 99)]
    public int Count { get; init; } = 3;

    [Description("IPv4 address of all seed nodes.")]
    [RegularExpression(NodePlaces.HostPattern, ErrorMessage = NodePlaces.HostWords)]
    public string Host { get; init; } = "127.0.0.1";

    [Description("Port of the first seed node; the others follow.")]
    [Range(1, 65_535)]
    public int BasePort { get; init; } = 6000;

    [Description("Votes that a change needs, of n: floor(n/2)+1, ceil(n/2)+1, or floor((n+f)/2)+1 against f liars.")]
    public QuorumRule QuorumRule { get; init; } = QuorumRule.FloorHalfPlusOne;

    [Description("f, the number of lying seed nodes that the rule byzantine has to stand; only with that rule.")]
    [Range(0, 32)]
    public int ByzantineFaults { get; init; }

    [Description("How long a round of votes stays open.")]
    [Range(10, 600_000)]
    public int VoteTimeoutMs { get; init; } = 1000;

    [Description("How long a seed node waits for an answer when it probes an address for itself.")]
    [Range(10, 600_000)]
    public int ProbeTimeoutMs { get; init; } = 1000;

    [Description("Unanswered probes after which a seed node believes that an address is dead.")]
    [Range(1, 100)]
    public int ProbeAttempts { get; init; } = 2;

    [Description("Pause between two rounds of anti-entropy with another seed node.")]
    [Range(10, 3_600_000)]
    public int SyncIntervalMs { get; init; } = 2000;

    [Description("What a removal vote rests on: the seed node's own probe, or the word of one reporter or several.")]
    public RemovalEvidence RemovalEvidence { get; init; } = RemovalEvidence.DirectProbe;

    [Description("Distinct reporters whose word is enough, also about a peer that only peers cannot reach; only with"
        + " removalEvidence distinctReporters.")]
    [Range(1, 1_000)]
    public int DistinctReportersNeeded { get; init; } = 2;

    [Description("Up to this many peers a peer list is complete; beyond it, a sample weighted by degree.")]
    [Range(1, 100_000)]
    public int PeerListLimit { get; init; } = 200;
}
