namespace GossipSim.Scenarios.Results;

/// <summary>
/// What <c>summary.json</c> and <c>--json</c> say about a run; scripts and expectations depend on these names.
/// A null is a figure that this run cannot have: a fingerprint on TCP, a latency without messages.
/// </summary>
internal sealed record Summary
{
    public required string Scenario { get; init; }
    public required string Runtime { get; init; }
    public required long RandomSeed { get; init; }
    public string? Fingerprint { get; init; }
    public required int ExitCode { get; init; }
    public required int SeedNodes { get; init; }
    public required PeerSummary Peers { get; init; }
    public required OverlaySummary Overlay { get; init; }
    public required GossipSummary Gossip { get; init; }
    public required DetectionSummary Detection { get; init; }
    public required MembershipSummary Membership { get; init; }
    public required PowerLawSummary PowerLaw { get; init; }
    public required InvariantSummary Invariants { get; init; }
    public required ExpectationSummary Expectations { get; init; }
    public required PerformanceSummary Performance { get; init; }
    public required string Directory { get; init; }
}

internal sealed record PeerSummary
{
    public required int Started { get; init; }
    public required int Registered { get; init; }
    public required int Live { get; init; }
}

/// <summary>The graph of the live peers at the end.</summary>
internal sealed record OverlaySummary
{
    public required int Edges { get; init; }
    public required int DegreeMax { get; init; }
    public required double DegreeMean { get; init; }
    public required double LargestComponentFraction { get; init; }
    public required int IsolatedPeers { get; init; }
}

internal sealed record GossipSummary
{
    public required long Messages { get; init; }
    public required long Deliveries { get; init; }
    public required long Duplicates { get; init; }
    public required long Recovered { get; init; }
    public required long LostWithOrigin { get; init; }
    public double? CoverageOfLivePeersMin { get; init; }
    public required DurationSummary LatencyMs { get; init; }
    public required HopSummary Hops { get; init; }
    public double? Redundancy { get; init; }
}

/// <summary>Percentiles in milliseconds; all null without a single sample.</summary>
internal sealed record DurationSummary
{
    public double? P50 { get; init; }
    public double? P90 { get; init; }
    public double? P99 { get; init; }
    public double? Max { get; init; }
}

internal sealed record HopSummary
{
    public double? Mean { get; init; }
    public int? Max { get; init; }
}

internal sealed record DetectionSummary
{
    public required int Crashes { get; init; }
    public required int Removed { get; init; }
    public required DurationSummary TimeToSuspicionMs { get; init; }
    public required DurationSummary TimeToRemovalMs { get; init; }
    public required int FalseRemovals { get; init; }
    public required int UnreachableRemovals { get; init; }
}

/// <summary>The membership list as the live seed nodes hold it at the end.</summary>
internal sealed record MembershipSummary
{
    public required int Changes { get; init; }
    public required int ChangesWithoutQuorum { get; init; }
    public required bool SeedsAgree { get; init; }
    public double? ReconvergenceMs { get; init; }
}

internal sealed record PowerLawSummary
{
    public double? Alpha { get; init; }
    public long? Xmin { get; init; }
    public int? Ntail { get; init; }
    public double? Ks { get; init; }
    public double? LogLikelihood { get; init; }
    public double? PValue { get; init; }
    public required string Verdict { get; init; }
    public required string Reason { get; init; }
}

internal sealed record InvariantSummary
{
    /// <summary>How many invariants were watched.</summary>
    public required int Checked { get; init; }

    public required IReadOnlyList<string> Violated { get; init; }

    /// <summary>Breaches counted of each invariant that the scenario waives.</summary>
    public required IReadOnlyDictionary<string, long> Waived { get; init; }

    /// <summary>Breaches counted of each invariant that could not hold with the faults of this run.</summary>
    public required IReadOnlyDictionary<string, long> Expected { get; init; }
}

internal sealed record ExpectationSummary
{
    public required int Met { get; init; }
    public required IReadOnlyList<string> Failed { get; init; }
}

internal sealed record PerformanceSummary
{
    public required long Events { get; init; }
    public required double WallSeconds { get; init; }
    public required double EventsPerSecond { get; init; }
    public required long PeakRssBytes { get; init; }
    public required double RssPerPeerBytes { get; init; }
}
