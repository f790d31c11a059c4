using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Gates;
using GossipSim.Scenarios.Repeating;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>What the user asked <c>compare</c> to do.</summary>
internal sealed record CompareRequest
{
    public required CompareSource A { get; init; }

    public required CompareSource B { get; init; }

    /// <summary>How many runs of each scenario; the most when a precision is wanted.</summary>
    public required int Runs { get; init; }

    /// <summary>Of the first run, where no stored runs say which they are.</summary>
    public required long FirstRandomSeed { get; init; }

    /// <summary>Figures to compare; null: the usual ones.</summary>
    public IReadOnlyList<string>? Metrics { get; init; }

    /// <summary>Changes from A to B that make the comparison fail.</summary>
    public IReadOnlyList<Gate> Gates { get; init; } = [];

    /// <summary>Refuse what TCP cannot do exactly; a warning of a run of either side fails the comparison.</summary>
    public bool Strict { get; init; }

    /// <summary>Full path of the file for CI servers; null: none.</summary>
    public string? JUnitFile { get; init; }

    /// <summary>Prints the table as Markdown.</summary>
    public bool Markdown { get; init; }

    public bool Json { get; init; }

    /// <summary>Full path of the folder for figure and Markdown; null: neither is kept.</summary>
    public string? OutputDirectory { get; init; }
}

/// <summary>A scenario that is still to be run, or the folder of its repeats.</summary>
/// <param name="Name">As it was typed, with what was set.</param>
/// <param name="Loaded">Null for a folder.</param>
internal sealed record CompareSource(string Name, LoadedScenario? Loaded, IReadOnlyList<Repeat> Stored)
{
    /// <summary>Of stored runs: what they did not test.</summary>
    public IReadOnlyList<RepeatedWarning> Warnings { get; init; } = [];
}

/// <summary>Compares two experiments; composed in Program.</summary>
internal delegate Task<ExitCode> CompareHandler(
    CompareRequest request, Terminal terminal, CancellationToken cancel);
