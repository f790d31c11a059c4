namespace GossipSim.Engine.Protocol;

/// <summary>What a seed node must see for itself before it votes to remove a member.</summary>
public enum RemovalEvidence : byte
{
    /// <summary>Its own probe, unanswered (default).</summary>
    DirectProbe,

    /// <summary>Nothing: any member's report will do, as some of the source documents have it.</summary>
    TrustReporter,

    /// <summary>The reports of several distinct members that it heard itself; short of them, its own probe.</summary>
    DistinctReporters,
}

/// <summary>
/// How a seed node behaves. Times are those of the profile <c>fast</c>; origins: our choice, DESIGN section 5.
/// </summary>
public sealed record SeedNodeOptions
{
    /// <summary>All seed nodes of the cluster, this one included, in the same order everywhere.</summary>
    public required NodeAddress[] SeedNodes { get; init; }

    public QuorumRule QuorumRule { get; init; }

    /// <summary>Lying seed nodes to tolerate under <see cref="QuorumRule.Byzantine"/>.</summary>
    public int ByzantineFaults { get; init; }

    public RemovalEvidence RemovalEvidence { get; init; }

    /// <summary>
    /// How many, under <see cref="RemovalEvidence.DistinctReporters"/>: one liar less than that removes nobody who
    /// still answers.
    /// </summary>
    public int DistinctReportersNeeded { get; init; } = 2;

    public ReportFormat ReportFormat { get; init; }

    /// <summary>
    /// Whether hosts sign votes and check them (<see cref="Notary"/>): then a certificate is believed from anybody, and
    /// nothing else is.
    /// </summary>
    public bool AreVotesSigned { get; init; }

    /// <summary>Unanswered probes before an address counts as silent, and how long each may take.</summary>
    public int ProbeAttempts { get; init; } = 2;

    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long votes are awaited after the probe.</summary>
    public TimeSpan VoteTimeout { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The peers' interval; a member not refreshed for three of them is probed.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Members named in an answer to a reader; above it a sample weighted by degree.</summary>
    public int PeerListLimit { get; init; } = 200;

    /// <summary>Whether a sample for who joins is drawn by degree, or all have the same chance.</summary>
    public bool SamplesByDegree { get; init; } = true;

    internal SeedNodeOptions With(NodeAddress found, int place) =>
        this with { SeedNodes = SeedNodeList.With(SeedNodes, found, place) };

    public int QuorumSize => Quorum.Size(SeedNodes.Length, QuorumRule, ByzantineFaults);

    /// <summary>From PROPOSE to the end of the round: the voters' probes, then their votes.</summary>
    public TimeSpan RoundTimeout => ProbeSpan + VoteTimeout;

    public TimeSpan ProbeSpan => ProbeAttempts * ProbeTimeout;
}
