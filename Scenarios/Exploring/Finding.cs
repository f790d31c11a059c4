using GossipSim.Scenarios.Repeating;

namespace GossipSim.Scenarios.Exploring;

/// <summary>A promise that a run broke, and the command that breaks it again.</summary>
internal sealed record Violation(
    long RandomSeed, string Invariant, string Detail, double? AtSeconds, IReadOnlyList<string> Nodes, string? Event,
    string Repeat);

/// <summary>What broke in the same way in one run or many, told by the first of them.</summary>
internal sealed record Finding(string Invariant, string Kind, Violation First)
{
    public int Runs { get; init; }

    /// <summary>The scenario file that shows it, where an output folder was asked for.</summary>
    public string? File { get; init; }
}

/// <summary>How far exploring got into what the protocol can do.</summary>
/// <param name="Steps">Distinct steps "this happened at a node after that", with the bucket of their count.</param>
/// <param name="LastNewRun">The run, from 1, that brought the last new one.</param>
/// <param name="Plans">Fault plans that led to new ones, and are mutated.</param>
internal sealed record CoverageReport(int Steps, int LastNewRun, int RunsSinceNew, int Plans);

/// <summary>What <c>--json</c> prints.</summary>
/// <param name="Warnings">What no run tested although the scenario itself, without drawn faults, asks for it.</param>
internal sealed record ExploreReport(
    string Scenario, long FirstRandomSeed, int Runs, int RunsWithViolations, IReadOnlyList<Finding> Findings,
    IReadOnlyList<Violation> Violations, CoverageReport Coverage, long Events, double WallSeconds,
    double RunsPerSecond, double EventsPerSecond, IReadOnlyList<RepeatedWarning> Warnings);
