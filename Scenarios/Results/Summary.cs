namespace GossipSim.Scenarios.Results;

/// <summary>
/// What <c>summary.json</c> and <c>--json</c> say about a run; scripts and expectations depend on these names.
/// A null is a figure that this run cannot have: a fingerprint on TCP, a latency without messages.
/// </summary>
internal sealed record Summary
{
    public required string Scenario { get; init; }
    public required string Runtime { get; init; }

    /// <summary>Of links: "model" in the simulator; on TCP "emulated" by that model, or the "machine"'s own.</summary>
    public required string LatencySource { get; init; }

    public required long RandomSeed { get; init; }
    public string? Fingerprint { get; init; }

    /// <summary>Null when <c>--check-determinism</c> was not asked for.</summary>
    public DeterminismSummary? Determinism { get; init; }
    public required int ExitCode { get; init; }
    public required int SeedNodes { get; init; }
    public required PeerSummary Peers { get; init; }
    public required OverlaySummary Overlay { get; init; }
    public required GossipSummary Gossip { get; init; }
    public required PropagationSummary Propagation { get; init; }

    /// <summary>Null but for a TCP run that was compared with its simulation.</summary>
    public ToSimulationSummary? ToSimulation { get; init; }

    /// <summary>Null where what nodes send is not counted.</summary>
    public OverheadSummary? Overhead { get; init; }
    public required DetectionSummary Detection { get; init; }
    public required MembershipSummary Membership { get; init; }
    public required RefusalSummary Refusals { get; init; }

    /// <summary>Null in the simulator, which has no sockets.</summary>
    public TransportSummary? Transport { get; init; }
    public required PowerLawSummary PowerLaw { get; init; }

    /// <summary>The metrics of an own protocol by name; none for the program's.</summary>
    public required IReadOnlyDictionary<string, MetricSummary> Metrics { get; init; }

    public required InvariantSummary Invariants { get; init; }
    public required ExpectationSummary Expectations { get; init; }

    /// <summary>What the run did not test although its scenario asks for it.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>Null for a run that leaves no folder.</summary>
    public LogSummary? Logs { get; init; }

    public required PerformanceSummary Performance { get; init; }
    public required string Directory { get; init; }

    /// <summary>The same run with all that measurements tell as they tell it.</summary>
    public Summary MeasuredAs(RunMeasurements measurements) => this with
    {
        Peers = measurements.Peers, Overlay = measurements.Overlay, Gossip = measurements.Gossip,
        Propagation = measurements.Propagation, Detection = measurements.Detection,
        Membership = measurements.Membership, Refusals = measurements.Record.Refusals.Summarize(),
        PowerLaw = measurements.PowerLawInWords(), Metrics = measurements.Record.Metrics?.Summarize() ?? [],
    };
}

/// <summary>Two simulations of the same, compared.</summary>
/// <param name="Fingerprint">That of the second one.</param>
/// <param name="First">Null when they are equal.</param>
internal sealed record DeterminismSummary(bool Equal, string? Fingerprint, FirstDifference? First);

/// <summary>Where two runs of the same scenario first went apart.</summary>
/// <param name="AtSeconds">Since the run began, formation included.</param>
/// <param name="InputNumber">Which input of the node, from 1; null when it was not kept.</param>
/// <param name="One">What the node heard and did in one run.</param>
/// <param name="Other">What it heard and did in the other.</param>
internal sealed record FirstDifference(
    string Node, double? AtSeconds, long? InputNumber, string One, string Other);

internal sealed record PeerSummary
{
    public required int Started { get; init; }
    public required int Registered { get; init; }
    public required int Live { get; init; }
}

internal sealed record GossipSummary
{
    public required long Messages { get; init; }
    public required long Deliveries { get; init; }
    public required long Duplicates { get; init; }

    /// <summary>First copies dropped because another message had the same id; 0 where ids are names.</summary>
    public long Swallowed { get; init; }

    public required long Recovered { get; init; }
    public required long LostWithOrigin { get; init; }
    public double? CoverageOfLivePeersMin { get; init; }

    /// <summary>
    /// Of all honest peers alive at the end the share that got a message, whether they could get it or not: reliability
    /// as papers define it (Leitao, Pereira, Rodrigues 2007).
    /// </summary>
    public ReliabilitySummary Reliability { get; init; } = new();

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

/// <summary>Over the messages of the measured part; both null without a message or a live peer.</summary>
internal sealed record ReliabilitySummary
{
    public double? Mean { get; init; }

    /// <summary>Of the message that the fewest peers got.</summary>
    public double? Min { get; init; }
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
    public required StagesSummary Stages { get; init; }
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

/// <summary>A metric over the whole scenario; all null when no node ever reported it.</summary>
internal sealed record MetricSummary
{
    /// <summary>Mean over the running nodes at the end.</summary>
    public double? Last { get; init; }

    /// <summary>The smallest value that a running node had at a whole second or at the end.</summary>
    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>Over those moments, of the mean over the running nodes.</summary>
    public double? Mean { get; init; }

    /// <summary>Largest less smallest value of running nodes at the end.</summary>
    public double? Spread { get; init; }
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

    /// <summary>Those that judged a sample of the peers only.</summary>
    public required IReadOnlyList<string> Sampled { get; init; }

    /// <summary>How many peers that sample has; null without one.</summary>
    public int? SampledPeers { get; init; }
}

/// <summary>How much of what was reported is in the event log and the text logs.</summary>
internal sealed record LogSummary
{
    /// <summary>The scenario's word: full, sampled or none.</summary>
    public required string EventLog { get; init; }

    /// <summary>Peers that logs and graph follow; null for all.</summary>
    public int? SampledPeers { get; init; }

    public required long Events { get; init; }
    public required long EventsLogged { get; init; }
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
