using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Repeating;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>What the user asked <c>run</c> to do; options that change the scenario are in it already.</summary>
internal sealed record RunRequest
{
    public required LoadedScenario Loaded { get; init; }

    public Scenario Scenario => Loaded.Scenario;

    /// <summary>Full path of the folder in which the run's own folder is made.</summary>
    public required string ResultsDirectory { get; init; }

    /// <summary>The summary goes to stdout as JSON, and everything else to stderr.</summary>
    public required bool Json { get; init; }

    /// <summary>Refuse what the chosen runtime cannot do exactly, instead of saying so.</summary>
    public required bool Strict { get; init; }

    /// <summary>Full path of the file for CI servers; null: none.</summary>
    public string? JUnitFile { get; init; }

    /// <summary>Simulate a second time beside the first, and compare every step.</summary>
    public bool CheckDeterminism { get; init; }

    /// <summary>How many threads simulate; no part of the scenario, because nothing but time depends on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How many runs, with one random seed after the other; the most when a precision is wanted.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>When repeats may stop before; null: not before.</summary>
    public WantedPrecision? Precision { get; init; }

    /// <summary>Where a page shows the run; null: nowhere.</summary>
    public PageOptions? Page { get; init; }

    /// <summary>What was typed, for <c>run.json</c>.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }
}

/// <summary>Runs a scenario, once or again and again, and leaves its results; composed in Program.</summary>
internal delegate Task<ExitCode> RunHandler(RunRequest request, Terminal terminal, CancellationToken cancel);
