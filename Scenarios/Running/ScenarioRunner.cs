using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Replaying;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary><c>run</c>: one scenario on the network that it names, its results in a folder, its verdict told.</summary>
internal static class ScenarioRunner
{
    public static async Task<ExitCode> RunAsync(RunRequest request, Terminal terminal, CancellationToken cancel)
    {
        var scenario = request.Scenario;
        var startedAt = DateTimeOffset.Now;
        var zero = scenario.Runtime == RuntimeKind.Sim ? RunLogs.SimulatedEpoch : startedAt;
        var settings = ProtocolSettings.Of(scenario, zero);
        if (request.CheckDeterminism && scenario.Runtime != RuntimeKind.Sim)
            throw new UsageException("--check-determinism: no two runs on TCP are alike; add --runtime sim");
        if (request.Threads > 1 && scenario.Runtime != RuntimeKind.Sim)
            throw new UsageException("--threads: it is for the simulator; on TCP every node runs by itself anyway");
        TcpLimits.Check(scenario, request.Strict, terminal.MessagesOf(request.Json));
        var meter = new PerformanceMeter();
        // The ports first: when one is taken there is no run, and no folder of one.
        if (scenario.Runtime == RuntimeKind.Tcp) TcpRun.RequireFreePorts(settings.Plan);
        var folder = CreateFolder(request, startedAt);
        await using var tcp = scenario.Runtime == RuntimeKind.Tcp
            ? new TcpRun(scenario, settings, folder["disks"]) : null;
        if (tcp is not null) await tcp.OpenAsync();

        var facts = FactsOfRun.Of(scenario, settings);
        using var recording = new RunRecording(
            facts, folder, OptionsOf(scenario, zero), RunProgress.Start(facts, request.Json));
        recording.WriteInputs(request.Loaded.SourceText, request.Loaded.EffectiveText, CommandOf(request.Arguments));
        var invariants = settings.WatchIfWanted(facts, scenario);

        var observer = new RecordingObserver(recording);
        var latencies = scenario.Outputs.CompareWithSimulation ? new LinkLatencies() : null;
        var attempt = tcp is null
            ? await Task.Run(
                () => SimulateAndCheck(request, settings, observer, invariants, meter, cancel), CancellationToken.None)
            : await RunOnTcpAsync(tcp, scenario, folder, observer, invariants, latencies, meter, cancel);
        var performance = meter.Conclude(attempt.Events, scenario.Peers.Count);

        var simulated = await CompareAsync(scenario, settings, latencies, attempt, cancel);
        var ending = EndingOf(request, attempt, invariants, performance) with
        {
            SimulatedLatenciesMs = simulated?.LatenciesMs,
            SimulatedMediansMs = simulated is null ? null : PropagationMeasure.MediansMs(simulated.Messages),
        };
        var result = recording.Finish(ending);
        ClosingSummary.Print(result, request.Json);
        if (scenario.Reproduces is { } target)
            terminal.MessagesOf(request.Json).WriteLine(Reproduction.InWords(target, result));
        TellDeterminism(result.Summary.Determinism, terminal.MessagesOf(request.Json));
        if (request.Json) JsonOption.WriteLine(terminal, result.Summary);
        return (ExitCode)result.Summary.ExitCode;
    }

    private static RunFolder CreateFolder(RunRequest request, DateTimeOffset startedAt)
    {
        try
        {
            return RunFolder.Create(
                request.ResultsDirectory, startedAt, request.Scenario.Name, request.Scenario.RandomSeed);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException(
                $"cannot write results to \"{request.ResultsDirectory}\": {wrong.Message.TrimEnd('.')}"
                + " (choose another --output)");
        }
    }

    /// <summary>With recordings of every process, and when they began, when the scenario asks for that.</summary>
    private static async Task<RunAttempt> RunOnTcpAsync(
        TcpRun tcp, Scenario scenario, RunFolder folder, RecordingObserver observer, InvariantWatch? invariants,
        LinkLatencies? latencies, PerformanceMeter meter, CancellationToken cancel)
    {
        var recordInto = scenario.Outputs.RecordInputs ? folder[RecordingIndex.Folder] : null;
        var attempt = await tcp.RunAsync(observer, invariants, latencies, meter, cancel, recordInto);
        if (recordInto is null) return attempt;
        var world = observer.World;
        new RecordingIndex(folder.StartedAt, world.HasStarted ? world.ScenarioStart.Microseconds : null)
            .Write(recordInto);
        return attempt;
    }

    private static RunAttempt SimulateAndCheck(
        RunRequest request, ProtocolSettings settings, RecordingObserver observer, InvariantWatch? invariants,
        PerformanceMeter meter, CancellationToken cancel)
    {
        var scenario = request.Scenario;
        SimulatedRun Create(ISimulationWatch? watch) =>
            new(scenario, settings, observer, invariants, cancel, watch: watch, threads: request.Threads);
        if (!request.CheckDeterminism) return Simulate(Create(watch: null), meter);
        using var check = new DeterminismCheck(scenario, settings, cancel, request.Threads);
        RunAttempt? attempt = null;
        var determinism = check.Run(() =>
        {
            attempt = Simulate(Create(check.Watch), meter);
            return attempt.Fingerprint;
        });
        return attempt! with { Determinism = determinism };
    }

    private static void TellDeterminism(DeterminismSummary? determinism, TextWriter messages)
    {
        if (determinism is null) return;
        messages.WriteLine(determinism.First is not { } first
            ? $"Deterministic: two simulations in lockstep are equal, fingerprint {determinism.Fingerprint}"
            : string.Create(CultureInfo.InvariantCulture,
                $"Not deterministic: {first.Node} differs first, input {first.InputNumber} at {first.AtSeconds} s\n"
                + $"  one run:   {first.One}\n  other run: {first.Other}"));
    }

    private static RunAttempt Simulate(SimulatedRun run, PerformanceMeter meter)
    {
        var outcome = run.Run();
        meter.Sample();
        var fingerprint = run.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);
        return new RunAttempt(outcome, fingerprint, run.Events, run.Laggards, Traffic: run.Traffic);
    }

    /// <summary>
    /// After a TCP run, the same scenario in the simulator with the link latencies measured on TCP: how well does the
    /// model tell what the real network did?
    /// </summary>
    private static async Task<RunMeasurements?> CompareAsync(
        Scenario scenario, ProtocolSettings settings, LinkLatencies? latencies, RunAttempt attempt,
        CancellationToken cancel)
    {
        if (scenario.Runtime != RuntimeKind.Tcp || attempt.Outcome != RunOutcome.Completed) return null;
        if (latencies?.ToModel() is not { } latency) return null;
        var observer = new MeasuringObserver(FactsOfRun.Of(scenario, settings));
        var run = new SimulatedRun(scenario, settings, observer, invariants: null, cancel, latency);
        var outcome = await Task.Run(run.Run, CancellationToken.None);
        if (outcome != RunOutcome.Completed) return null;
        return RunMeasurements.Of(observer.World, new MeasurementOptions { FitPowerLaw = false });
    }

    private static RecordingOptions OptionsOf(Scenario scenario, DateTimeOffset zero) => new()
    {
        EventLog = scenario.Outputs.EventLog != EventLogKind.None,
        Plots = scenario.Outputs.Plots,
        CompatLogs = scenario.Outputs.CompatLogs,
        WallBase = zero,
    };

    private static RunEnding EndingOf(
        RunRequest request, RunAttempt attempt, InvariantWatch? invariants, PerformanceSummary performance) => new()
    {
        Fingerprint = attempt.Fingerprint,
        Determinism = attempt.Determinism,
        Traffic = attempt.Traffic,
        Performance = performance,
        Invariants = invariants?.Outcomes() ?? [],
        SampledInvariants = invariants?.Sampled ?? [],
        InvariantSamplePeers = invariants?.SampledPeers,
        Waived = invariants?.Waived() ?? new Dictionary<string, long>(),
        Expected = invariants?.Expected() ?? new Dictionary<string, long>(),
        Expectations = attempt.Outcome == RunOutcome.Completed ? request.Scenario.Expectations : [],
        Cancelled = attempt.Outcome == RunOutcome.Cancelled,
        ExitCode = attempt.Outcome == RunOutcome.NotFormed ? (int)ExitCode.Environment : null,
        EndedEarly = EndedEarly(request.Scenario, attempt),
        RepeatCommand = CommandOf(Repeating(request)),
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

    private const string NotFormed = "could not vote yet, had not registered or had no link";

    private static string Naming(IReadOnlyList<NodeAddress> nodes)
    {
        const int Named = 5;
        var names = string.Join(", ", nodes.Take(Named));
        return nodes.Count > Named ? $"{names} and {nodes.Count - Named} more" : names;
    }

    private static List<string> Repeating(RunRequest request)
    {
        List<string> arguments = [.. request.Arguments];
        if (!arguments.Contains("--random-seed"))
            arguments.AddRange(["--random-seed", request.Scenario.RandomSeed.ToString(CultureInfo.InvariantCulture)]);
        return arguments;
    }

    /// <summary>A command that anybody can run at the root of a checkout.</summary>
    internal static string CommandOf(IEnumerable<string> arguments) =>
        $"dotnet run --project Scenarios -- {string.Join(' ', arguments.Select(Quoted))}";

    /// <summary>What no shell reads as anything but itself stays bare.</summary>
    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,@%+".Contains(c))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
