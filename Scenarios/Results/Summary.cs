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

    [Unit("seed")]
    public required long RandomSeed { get; init; }
    public string? Fingerprint { get; init; }

    /// <summary>Null when <c>--check-determinism</c> was not asked for.</summary>
    [MeasuredWhen("--check-determinism is given to a single run")]
    public DeterminismSummary? Determinism { get; init; }
    [Unit("code")]
    public required int ExitCode { get; init; }
    [Unit("nodes")]
    public required int SeedNodes { get; init; }
    [Unit("peers")]
    public required PeerSummary Peers { get; init; }
    public required OverlaySummary Overlay { get; init; }
    public required GossipSummary Gossip { get; init; }
    [Unit("copies/receipt")]
    [MeasuredWhen("a message is published in the measured part")]
    public required PropagationSummary Propagation { get; init; }

    /// <summary>Null but for a TCP run that was compared with its simulation.</summary>
    [MeasuredWhen("a single run on TCP has outputs.compareWithSimulation")]
    public ToSimulationSummary? ToSimulation { get; init; }

    /// <summary>Null where what nodes send is not counted.</summary>
    [MeasuredWhen("a peer is live at the end")]
    public OverheadSummary? Overhead { get; init; }
    public required DetectionSummary Detection { get; init; }
    public required MembershipSummary Membership { get; init; }
    public required RefusalSummary Refusals { get; init; }

    /// <summary>Null in the simulator, which has no sockets.</summary>
    [MeasuredWhen("the run is on TCP: the simulator has no sockets")]
    public TransportSummary? Transport { get; init; }
    [MeasuredWhen("the degrees can be fitted")]
    public required PowerLawSummary PowerLaw { get; init; }

    /// <summary>The metrics of an own protocol by name; none for the program's.</summary>
    public required IReadOnlyDictionary<string, MetricSummary> Metrics { get; init; }

    public required InvariantSummary Invariants { get; init; }
    public required ExpectationSummary Expectations { get; init; }

    /// <summary>What the run did not test although its scenario asks for it.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>Null for a run that leaves no folder.</summary>
    [MeasuredWhen("a single run keeps logs: repeated runs keep none")]
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
    [Unit("messages")]
    public required long Messages { get; init; }
    [Unit("receipts")]
    public required long Deliveries { get; init; }
    [Unit("copies")]
    public required long Duplicates { get; init; }

    /// <summary>First copies dropped because another message had the same id; 0 where ids are names.</summary>
    [Unit("copies")]
    public long Swallowed { get; init; }

    [Unit("receipts")]
    public required long Recovered { get; init; }
    [Unit("messages")]
    public required long LostWithOrigin { get; init; }
    [Unit("share of peers")]
    [MeasuredWhen("a message is published in the measured part")]
    public double? CoverageOfLivePeersMin { get; init; }

    /// <summary>
    /// Of all honest peers alive at the end the share that got a message, whether they could get it or not: reliability
    /// as papers define it (Leitao, Pereira, Rodrigues 2007).
    /// </summary>
    [Unit("share of peers")]
    [MeasuredWhen("a message is published in the measured part")]
    public ReliabilitySummary Reliability { get; init; } = new();

    [MeasuredWhen("a message arrives by flooding")]
    public required DurationSummary LatencyMs { get; init; }
    [Unit("hops")]
    [MeasuredWhen("a message arrives by flooding")]
    public required HopSummary Hops { get; init; }
    [Unit("copies/receipt")]
    [MeasuredWhen("a message arrives")]
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
    [Unit("crashes")]
    public required int Crashes { get; init; }
    [Unit("peers")]
    public required int Removed { get; init; }
    [MeasuredWhen("a registered peer crashes and is suspected")]
    public required DurationSummary TimeToSuspicionMs { get; init; }
    [MeasuredWhen("a registered peer crashes and every live seed node removes it")]
    public required DurationSummary TimeToRemovalMs { get; init; }
    [Unit("removals")]
    public required int FalseRemovals { get; init; }
    [Unit("removals")]
    public required int UnreachableRemovals { get; init; }
    [MeasuredWhen("a peer crashes and the last peer with a link to it notices")]
    public required StagesSummary Stages { get; init; }
}

/// <summary>The membership list as the live seed nodes hold it at the end.</summary>
internal sealed record MembershipSummary
{
    [Unit("changes")]
    public required int Changes { get; init; }
    [Unit("changes")]
    public required int ChangesWithoutQuorum { get; init; }
    public required bool SeedsAgree { get; init; }
    [MeasuredWhen("a partition heals, or a seed node crashes or starts")]
    public double? ReconvergenceMs { get; init; }
}

internal sealed record PowerLawSummary
{
    [Unit("exponent")]
    public double? Alpha { get; init; }
    [Unit("links")]
    public long? Xmin { get; init; }
    [Unit("peers")]
    public int? Ntail { get; init; }
    [Unit("KS distance")]
    public double? Ks { get; init; }
    [Unit("nats")]
    public double? LogLikelihood { get; init; }
    [Unit("probability")]
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
    [Unit("invariants")]
    public required int Checked { get; init; }

    public required IReadOnlyList<string> Violated { get; init; }

    /// <summary>Breaches counted of each invariant that the scenario waives.</summary>
    public required IReadOnlyDictionary<string, long> Waived { get; init; }

    /// <summary>Breaches counted of each invariant that could not hold with the faults of this run.</summary>
    public required IReadOnlyDictionary<string, long> Expected { get; init; }

    /// <summary>Those that judged a sample of the peers only.</summary>
    public required IReadOnlyList<string> Sampled { get; init; }

    /// <summary>How many peers that sample has; null without one.</summary>
    [Unit("peers")]
    [MeasuredWhen("there are so many peers that a sample of them is judged")]
    public int? SampledPeers { get; init; }
}

/// <summary>How much of what was reported is in the event log and the text logs.</summary>
internal sealed record LogSummary
{
    /// <summary>The scenario's word: full, sampled or none.</summary>
    public required string EventLog { get; init; }

    /// <summary>Peers that event log and graph follow; null for all.</summary>
    [Unit("peers")]
    public int? SampledPeers { get; init; }

    /// <summary>The scenario's word: full, sampled or none.</summary>
    public required string TextLogs { get; init; }

    /// <summary>Peers that the text logs follow; null for all.</summary>
    [Unit("peers")]
    public int? PeersInText { get; init; }

    [Unit("events")]
    public required long Events { get; init; }

    [Unit("events")]
    public required long EventsLogged { get; init; }
}

internal sealed record ExpectationSummary
{
    [Unit("expectations")]
    public required int Met { get; init; }
    public required IReadOnlyList<string> Failed { get; init; }
}

internal sealed record PerformanceSummary
{
    [Unit("events")]
    public required long Events { get; init; }
    public required double WallSeconds { get; init; }
    [Unit("events/s")]
    public required double EventsPerSecond { get; init; }
    public required long PeakRssBytes { get; init; }
    public required double RssPerPeerBytes { get; init; }

    /// <summary>Processor time of this program during the scenario, of all that the machine has.</summary>
    [Unit("share of processors")]
    [MeasuredWhen("the run is on TCP")]
    public double? ProcessorShare { get; init; }

    /// <summary>By how much one timer in a hundred of the runner came late during the scenario, at least.</summary>
    [MeasuredWhen("the run is on TCP")]
    public double? TimerLatenessP99Ms { get; init; }
}
