using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>What only the runner knows when a run is over.</summary>
internal sealed record RunEnding
{
    /// <summary>Null on TCP, where no two runs are alike.</summary>
    public string? Fingerprint { get; init; }

    public DeterminismSummary? Determinism { get; init; }

    public required PerformanceSummary Performance { get; init; }

    /// <summary>Null in the simulator.</summary>
    public TransportSummary? Transport { get; init; }

    /// <summary>The first internal errors of nodes, in words; the transport summary has the count of all.</summary>
    public IReadOnlyList<string> InternalErrors { get; init; } = [];

    /// <summary>How much of the run is in its logs; null for a run without a folder.</summary>
    public LogSummary? Logs { get; init; }

    /// <summary>Invariants that judged a sample of the peers only.</summary>
    public IReadOnlyList<string> SampledInvariants { get; init; } = [];

    /// <summary>How many peers that sample has; null without one.</summary>
    public int? InvariantSamplePeers { get; init; }

    /// <summary>One row for each invariant that was watched and each violation of one.</summary>
    public required IReadOnlyList<InvariantOutcome> Invariants { get; init; }

    /// <summary>Breaches of each invariant that the scenario waives.</summary>
    public IReadOnlyDictionary<string, long> Waived { get; init; } = new Dictionary<string, long>();

    /// <summary>Breaches of each invariant that could not hold with the faults of this run.</summary>
    public IReadOnlyDictionary<string, long> Expected { get; init; } = new Dictionary<string, long>();

    /// <summary>What the scenario asked for and the run did not do.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>Whether warnings fail the run.</summary>
    public bool IsStrict { get; init; }

    public IReadOnlyList<Expectation> Expectations { get; init; } = [];

    public bool Cancelled { get; init; }

    /// <summary>
    /// Set when the run ended for a reason of its own, such as 4 for a formation that did not finish.
    /// </summary>
    public int? ExitCode { get; init; }

    /// <summary>Why the run ended early, in a sentence; null when it ran to its end.</summary>
    public string? EndedEarly { get; init; }

    /// <summary>The command that repeats the run exactly.</summary>
    public required string RepeatCommand { get; init; }

    /// <summary>After a TCP run: the propagation latencies of the same scenario in the simulator.</summary>
    public IReadOnlyList<double>? SimulatedLatenciesMs { get; init; }

    /// <summary>And the median of each message there.</summary>
    public IReadOnlyList<double>? SimulatedMediansMs { get; init; }

    /// <summary>Null where what nodes send was not counted.</summary>
    public RunTraffic? Traffic { get; init; }
}
