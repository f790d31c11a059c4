using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>What the user asked <c>explore</c> to do: many simulated runs with random faults.</summary>
internal sealed record ExploreRequest
{
    public required LoadedScenario Loaded { get; init; }

    public Scenario Scenario => Loaded.Scenario;

    /// <summary>How many runs, with the random seeds from the scenario's own on.</summary>
    public required int Runs { get; init; }

    public required bool Json { get; init; }

    /// <summary>What was typed, for messages that repeat it.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }
}

/// <summary>Explores one scenario; composed in Program.</summary>
internal delegate Task<ExitCode> ExploreHandler(ExploreRequest request, Terminal terminal, CancellationToken cancel);
