using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>What the user asked <c>shrink</c> to do: a smaller scenario that breaks the same promise.</summary>
internal sealed record ShrinkRequest
{
    public required LoadedScenario Loaded { get; init; }

    public Scenario Scenario => Loaded.Scenario;

    /// <summary>The broken invariant; null: what the file says it reproduces, or what its run breaks first.</summary>
    public string? Invariant { get; init; }

    /// <summary>After this the smallest scenario so far is the result.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>Full path of the file to write.</summary>
    public required string OutputFile { get; init; }

    public required bool Json { get; init; }
}

/// <summary>Shrinks one scenario; composed in Program.</summary>
internal delegate Task<ExitCode> ShrinkHandler(ShrinkRequest request, Terminal terminal, CancellationToken cancel);
