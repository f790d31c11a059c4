using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>A run and its judgement.</summary>
internal sealed record RunResult
{
    public required RunFacts Facts { get; init; }

    public required Summary Summary { get; init; }

    public required RunMeasurements Measurements { get; init; }

    public required RunEnding Ending { get; init; }

    public required IReadOnlyList<ExpectationOutcome> Expectations { get; init; }

    /// <summary>How far the simulated latencies are from the measured ones; null without both.</summary>
    public SampleDistance? ToSimulation { get; init; }

    public IEnumerable<InvariantOutcome> Violations => Ending.Invariants.Where(i => i.Violated);

    public bool AllHeld => Summary.ExitCode == 0;

    /// <param name="directory">The folder of the run; empty when it leaves none.</param>
    public static RunResult Conclude(RunMeasurements measurements, RunEnding ending, string directory = "")
    {
        var distance = Distance(measurements.LatenciesMs, ending.SimulatedLatenciesMs);
        var draft = Draft(measurements, ending, directory) with
        {
            ToSimulation = ComparisonWithSimulation.Of(
                distance, PropagationMeasure.MediansMs(measurements.Messages), ending.SimulatedMediansMs ?? []),
            Overhead = OverheadMeasure.Of(ending.Traffic, measurements),
        };
        var expectations = ExpectationJudge.Judge(draft, ending.Expectations);
        var failed = expectations.Where(e => !e.Met).ToList();
        IReadOnlyList<RunWarning> warnings = ending.Cancelled || ending.EndedEarly is not null ? [] :
        [
            .. ending.Warnings, .. ResultWarnings.Of(draft, measurements, ending.Expectations, expectations),
        ];
        var broken = draft.Invariants.Violated.Count > 0 || failed.Count > 0
            || draft.Determinism is { Equal: false } || (ending.IsStrict && warnings.Count > 0);
        var summary = draft with
        {
            ExitCode = ExitCodeOf(ending, broken),
            Expectations = new ExpectationSummary
            {
                Met = expectations.Count - failed.Count,
                Failed = [.. failed.Select(e => $"{e.Text} (it is {e.Actual})")],
            },
            Warnings = warnings,
        };
        return new RunResult
        {
            Facts = measurements.Record.Facts, Summary = summary, Measurements = measurements, Ending = ending,
            Expectations = expectations, ToSimulation = distance,
        };
    }

    /// <summary>After an internal error nothing that a run shows is proved, so no other code goes before 5.</summary>
    private static int ExitCodeOf(RunEnding ending, bool broken)
    {
        if (ending.Transport is { InternalErrors: > 0 }) return 5;
        return ending.ExitCode ?? (ending.Cancelled ? 130 : broken ? 1 : 0);
    }

    private static Summary Draft(RunMeasurements measurements, RunEnding ending, string directory)
    {
        var facts = measurements.Record.Facts;
        return new Summary
        {
            Scenario = facts.Scenario, Runtime = facts.RuntimeName,
            LatencySource = facts.LatencySource, RandomSeed = facts.RandomSeed,
            Fingerprint = ending.Fingerprint, Determinism = ending.Determinism,
            ExitCode = ending.ExitCode ?? 0, SeedNodes = facts.SeedNodes.Count,
            Peers = measurements.Peers, Overlay = measurements.Overlay, Gossip = measurements.Gossip,
            Propagation = measurements.Propagation,
            Detection = measurements.Detection, Membership = measurements.Membership,
            Refusals = measurements.Record.Refusals.Summarize(), Transport = ending.Transport,
            PowerLaw = measurements.PowerLawInWords(),
            Metrics = measurements.Record.Metrics?.Summarize() ?? [],
            Invariants = new InvariantSummary
            {
                Checked = ending.Invariants.Where(i => i.Judged).Select(i => i.Name).Distinct().Count(),
                Violated = [.. ending.Invariants.Where(i => i.Violated).Select(i => i.Name).Distinct()],
                Waived = ending.Waived,
                Expected = ending.Expected,
                Sampled = ending.SampledInvariants,
                SampledPeers = ending.InvariantSamplePeers,
            },
            Expectations = new ExpectationSummary { Met = 0, Failed = [] },
            Logs = ending.Logs, Performance = ending.Performance, Directory = directory,
        };
    }

    private static SampleDistance? Distance(double[] measured, IReadOnlyList<double>? simulated) =>
        measured.Length == 0 || simulated is not { Count: > 0 }
            ? null
            : SampleDistance.Between(measured, simulated as double[] ?? [.. simulated]);
}
