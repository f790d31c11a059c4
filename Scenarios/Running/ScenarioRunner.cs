using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.JUnit;
using GossipSim.Scenarios.Pages;
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
        if (request.Page is { } wanted) PageServer.RequireFree(wanted);
        var meter = new PerformanceMeter();
        // The ports first: when one is taken there is no run, and no folder of one.
        if (scenario.Runtime == RuntimeKind.Tcp) TcpRun.RequireFreePorts(settings.Plan);
        var folder = CreateFolder(request.ResultsDirectory, startedAt, scenario);
        try
        {
            return await RunInAsync(folder, request, settings, meter, zero, terminal, cancel);
        }
        finally
        {
            // Another run may have been faster to take the ports after all.
            folder.DiscardUnlessBegun();
        }
    }

    private static async Task<ExitCode> RunInAsync(
        RunFolder folder, RunRequest request, ProtocolSettings settings, PerformanceMeter meter, DateTimeOffset zero,
        Terminal terminal, CancellationToken cancel)
    {
        var scenario = request.Scenario;
        await using var tcp = scenario.Runtime == RuntimeKind.Tcp
            ? new TcpRun(scenario, settings, folder["disks"]) : null;
        if (tcp is not null) await tcp.OpenAsync();

        var facts = FactsOfRun.Of(scenario, settings);
        await using var page = await RunPage.OpenAsync(request.Page, facts, terminal.MessagesOf(request.Json), cancel);
        using var recording = new RunRecording(
            facts, folder, OptionsOf(scenario, zero) with { Live = page?.Feed },
            RunProgress.Start(facts, terminal, request.Json, cancel));
        recording.WriteInputs(
            request.Loaded.SourceText, request.Loaded.EffectiveText, ShellWords.OfCheckout(request.Arguments));
        var invariants = settings.WatchIfWanted(facts, scenario);

        var observer = new RecordingObserver(recording);
        var latencies = scenario.Outputs.CompareWithSimulation ? new LinkLatencies() : null;
        var attempt = tcp is null
            ? await Task.Run(
                () => SimulateAndCheck(request, settings, observer, invariants, meter, cancel), CancellationToken.None)
            : await RunOnTcpAsync(tcp, scenario, folder, observer, invariants, latencies, meter, cancel);
        var performance = meter.Conclude(attempt.Events, scenario.Peers.Count);

        var simulated = await CompareAsync(scenario, settings, latencies, attempt, cancel);
        var ending = EndingOfRun.Of(scenario, attempt, invariants, performance,
            ShellWords.OfCheckout(Repeating(request))) with
        {
            IsStrict = request.Strict,
            SimulatedLatenciesMs = simulated?.LatenciesMs,
            SimulatedMediansMs = simulated is null ? null : PropagationMeasure.MediansMs(simulated.Messages),
        };
        var result = recording.Finish(ending);
        ClosingSummary.Print(result, terminal, request.Json);
        terminal.Note(folder.LatestProblem);
        if (scenario.Reproduces is { } target)
            terminal.MessagesOf(request.Json).WriteLine(Reproduction.InWords(target, result));
        TellDeterminism(result.Summary.Determinism, terminal.MessagesOf(request.Json));
        if (request.Json) JsonOption.WriteLine(terminal, result.Summary);
        if (request.JUnitFile is { } file) JUnitFile.Write(file, scenario.Name, JUnitOutcomes.Of(result));
        if (page is not null) await page.StayAsync();
        return (ExitCode)result.Summary.ExitCode;
    }

    /// <param name="ending">Of the folder's name.</param>
    internal static RunFolder CreateFolder(
        string resultsDirectory, DateTimeOffset startedAt, Scenario scenario, string ending = "")
    {
        try
        {
            return RunFolder.Create(resultsDirectory, startedAt, scenario.Name, scenario.RandomSeed, ending);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException(
                $"cannot write results to \"{resultsDirectory}\": {wrong.Message.TrimEnd('.')}"
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

    internal static RunAttempt Simulate(SimulatedRun run, PerformanceMeter meter)
    {
        var outcome = run.Run();
        meter.Sample();
        var fingerprint = run.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);
        return new RunAttempt(outcome, fingerprint, run.Events, run.Laggards, Sent: run.Traffic)
        {
            Warnings = run.Warnings,
        };
    }

    /// <summary>
    /// After a TCP run, the same scenario in the simulator, with the link latencies measured on TCP where they were the
    /// machine's own: how well does the model tell what the real network did?
    /// </summary>
    private static async Task<RunMeasurements?> CompareAsync(
        Scenario scenario, ProtocolSettings settings, LinkLatencies? latencies, RunAttempt attempt,
        CancellationToken cancel)
    {
        if (scenario.Runtime != RuntimeKind.Tcp || attempt.Outcome != RunOutcome.Completed) return null;
        var latency = scenario.Network.EmulateOnTcp ? NetworkModels.LatencyOf(scenario) : latencies?.ToModel();
        if (latencies is null || latency is null) return null;
        var observer = new MeasuringObserver(FactsOfRun.Of(scenario, settings));
        var run = new SimulatedRun(scenario, settings, observer, invariants: null, cancel, latency);
        var outcome = await Task.Run(run.Run, CancellationToken.None);
        if (outcome != RunOutcome.Completed) return null;
        return RunMeasurements.Of(observer.World, MeasurementOptions.Least);
    }

    internal static RecordingOptions OptionsOf(Scenario scenario, DateTimeOffset zero) => new()
    {
        EventLog = scenario.Outputs.EventLog != LogKind.None,
        TextLogs = scenario.Outputs.TextLogs != LogKind.None,
        Plots = scenario.Outputs.Plots,
        CompatLogs = scenario.Outputs.CompatLogs,
        WallBase = zero,
    };

    private static List<string> Repeating(RunRequest request)
    {
        List<string> arguments = [.. request.Arguments];
        if (!arguments.Contains("--random-seed"))
            arguments.AddRange(["--random-seed", request.Scenario.RandomSeed.ToString(CultureInfo.InvariantCulture)]);
        return arguments;
    }
}
