using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>What the user asked <c>explore</c> to do: many simulated runs with random faults.</summary>
internal sealed record ExploreRequest
{
    public required LoadedScenario Loaded { get; init; }

    public Scenario Scenario => Loaded.Scenario;

    /// <summary>How many runs, with the random seeds from the scenario's own on.</summary>
    public required int Runs { get; init; }

    /// <summary>The most faults that a run draws; null: by the size of the network.</summary>
    public int? MostFaults { get; init; }

    /// <summary>The words of faults that may be drawn; null: all that every promise must survive.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>Whether runs differ in more than their faults: in nodes, timings, rules and latencies.</summary>
    public bool Varies { get; init; }

    /// <summary>Random seeds of the runs from whose fault plans that of a single run is made.</summary>
    public IReadOnlyList<long> Parents { get; init; } = [];

    /// <summary>Stop at the first finding, instead of collecting all.</summary>
    public bool StopAtFirst { get; init; }

    /// <summary>Full path of the folder for a scenario file of each finding; null: none.</summary>
    public string? OutputDirectory { get; init; }

    public required bool Json { get; init; }

    /// <summary>What was typed, for messages that repeat it.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }
}

/// <summary>Explores one scenario; composed in Program.</summary>
internal delegate Task<ExitCode> ExploreHandler(ExploreRequest request, Terminal terminal, CancellationToken cancel);
