using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>What is known of a run when its network is gone, in the words of its results.</summary>
internal static class EndingOfRun
{
    private const string NotFormed = "could not vote yet, had not registered or had no link";

    /// <param name="repeatCommand">The command that repeats the run exactly.</param>
    public static RunEnding Of(
        Scenario scenario, RunAttempt attempt, InvariantWatch? invariants, PerformanceSummary performance,
        string repeatCommand) => new()
    {
        Fingerprint = attempt.Fingerprint,
        Determinism = attempt.Determinism,
        Traffic = attempt.Sent,
        Performance = performance,
        Transport = attempt.Traffic is { } traffic ? TransportSummary.Of(traffic) : null,
        InternalErrors = attempt.InternalErrors,
        Invariants = invariants?.Outcomes() ?? [],
        SampledInvariants = invariants?.Sampled ?? [],
        InvariantSamplePeers = invariants?.SampledPeers,
        Waived = invariants?.Waived() ?? new Dictionary<string, long>(),
        Expected = invariants?.Expected() ?? new Dictionary<string, long>(),
        Expectations = attempt.Outcome == RunOutcome.Completed ? scenario.Expectations : [],
        Cancelled = attempt.Outcome == RunOutcome.Cancelled,
        ExitCode = attempt.Outcome == RunOutcome.NotFormed ? (int)ExitCode.Environment : null,
        EndedEarly = EndedEarly(scenario, attempt),
        Warnings = attempt.Outcome == RunOutcome.Completed ? ScenarioWarnings.Added(attempt.Warnings, scenario) : [],
        RepeatCommand = repeatCommand,
    };

    private static string? EndedEarly(Scenario scenario, RunAttempt attempt) => attempt.Outcome switch
    {
        RunOutcome.Completed => null,
        RunOutcome.NotFormed => string.Create(CultureInfo.InvariantCulture,
            $"formation was not done within {scenario.Phases.FormationSeconds} s: {Naming(attempt.Laggards)} "
            + $"{(scenario.Protocol is null ? NotFormed : "had not started")}"),
        RunOutcome.Violated => "stopped at the first broken invariant (invariants.onViolation)",
        RunOutcome.Cancelled => "Stopped by the user; expectations of a part of a run were not judged.",
        _ => throw new InvalidOperationException($"unknown outcome {attempt.Outcome}"),
    };

    private static string Naming(IReadOnlyList<NodeAddress> nodes)
    {
        const int Named = 5;
        var names = string.Join(", ", nodes.Take(Named));
        return nodes.Count > Named ? $"{names} and {nodes.Count - Named} more" : names;
    }
}
