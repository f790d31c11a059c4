using System.Globalization;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Replaying;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// A simulated run again with its faults changed from a moment on. First the run itself is run again: that proves that
/// this program still makes it, and tells its fingerprint at that moment. Then the fork, into a folder of its own.
/// </summary>
internal sealed class ForkRun(string folder, StoredEvents log, ScenarioLibrary library)
{
    private const string ScenarioFile = "scenario.effective.json";

    /// <summary>Why a run cannot be forked; null when it can.</summary>
    public static string? Reason(string folder, StoredEvents log)
    {
        if (log.Facts.Runtime == RuntimeKind.Tcp)
            return "a run on TCP happens once: nobody can bring real sockets back to a moment";
        if (!File.Exists(Path.Combine(folder, ScenarioFile))) return $"the folder has no {ScenarioFile}";
        try
        {
            var origin = RunOrigin.Read(folder);
            if (origin.ExitCode == (int)ExitCode.Cancelled) return "the run was stopped by its user";
            return origin.Fingerprint is null ? "the run has no fingerprint to be compared with" : null;
        }
        catch (UsageException incomplete)
        {
            return incomplete.Message;
        }
    }

    /// <param name="progress">Told from 0 to 1.</param>
    /// <exception cref="UsageException">The run cannot be forked, or not like this.</exception>
    public ForkOutcome Run(ForkRequest request, Action<double> progress, CancellationToken cancel)
    {
        if (Reason(folder, log) is { } reason) throw new UsageException(reason);
        var file = Path.Combine(folder, ScenarioFile);
        var forked = new ForkScenario(log, library).Of(file, request);
        var original = new ScenarioLoader(library).Load(file, []).Scenario;

        var prefix = RunOriginalAgain(original, request.At, progress, cancel);
        return RunFork(forked, request, prefix, progress, cancel);
    }

    private string RunOriginalAgain(Scenario scenario, TimeSpan at, Action<double> progress, CancellationToken cancel)
    {
        var settings = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch);
        var facts = FactsOfRun.Of(scenario, settings);
        var observer = new ForkedRunObserver(new MeasuringObserver(facts), WayOf(scenario, progress, from: 0));
        var run = new SimulatedRun(scenario, settings, observer, settings.WatchIfWanted(facts, scenario), cancel)
        {
            MarkAt = at,
        };
        run.Run();
        cancel.ThrowIfCancellationRequested();
        var origin = RunOrigin.Read(folder);
        if (Hex(run.Fingerprint) != origin.Fingerprint)
        {
            throw new UsageException(
                $"this program no longer makes that run: its fingerprint was {origin.Fingerprint} and is "
                + $"{Hex(run.Fingerprint)} now. {origin.OtherProgram()}".TrimEnd());
        }

        return run.FingerprintAtMark is { } mark
            ? Hex(mark)
            : throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"the run ended before {at.TotalSeconds} s"));
    }

    private ForkOutcome RunFork(
        LoadedScenario forked, ForkRequest request, string prefix, Action<double> progress, CancellationToken cancel)
    {
        var scenario = forked.Scenario;
        var settings = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch);
        var facts = FactsOfRun.Of(scenario, settings);
        var results = ScenarioRunner.CreateFolder(
            Path.GetDirectoryName(folder)!, DateTimeOffset.Now, scenario, ending: "_fork");
        var meter = new PerformanceMeter();
        using var recording = new RunRecording(
            facts, results, ScenarioRunner.OptionsOf(scenario, RunLogs.SimulatedEpoch), new SilentProgress());
        var command = ShellWords.OfCheckout(["run", Path.Combine(results.FullPath, "scenario.json")]);
        recording.WriteInputs(forked.SourceText, forked.EffectiveText, command);
        var invariants = settings.WatchIfWanted(facts, scenario);
        var observer = new ForkedRunObserver(new RecordingObserver(recording), WayOf(scenario, progress, from: 0.5));
        var run = new SimulatedRun(scenario, settings, observer, invariants, cancel) { MarkAt = request.At };
        var attempt = ScenarioRunner.Simulate(run, meter);
        var performance = meter.Conclude(attempt.Events, scenario.Peers.Count);
        recording.Finish(EndingOfRun.Of(scenario, attempt, invariants, performance, command));

        var outcome = new ForkOutcome(
            Path.GetFileName(folder), Path.GetFileName(results.FullPath), request.At.TotalSeconds,
            [.. request.Edits.Select(InWords)], prefix, Hex(run.FingerprintAtMark ?? 0),
            ForkOutcome.Compare(SummaryIn(folder), SummaryIn(results.FullPath)));
        File.WriteAllText(results[ForkOutcome.FileName], outcome.ToJson() + "\n");
        cancel.ThrowIfCancellationRequested();
        return outcome;
    }

    private string InWords(ForkEdit edit)
    {
        var node = edit.Node ?? "everybody";
        var lasts = edit.DurationSeconds is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $" for {seconds} s") : "";
        return edit.Deed switch
        {
            ForkDeed.Spare => $"{log.StrikeOf(log[log.PlaceOfSeq(edit.Seq!.Value)]).FaultId} spares {node}",
            ForkDeed.Crash => $"{node} crashes{lasts}",
            ForkDeed.Pause => $"{node} stands still{lasts}",
            _ => $"{node} is cut off from everybody{lasts}",
        };
    }

    /// <summary>The two runs are one half of the way each; formation counts nothing.</summary>
    private Action<Instant> WayOf(Scenario scenario, Action<double> progress, double from)
    {
        var begin = log.ScenarioStart;
        var length = scenario.Phases.TotalSeconds * 1e6;
        return now => progress(from + (0.5 * Math.Clamp((now.Microseconds - begin) / length, 0, 1)));
    }

    private static JsonElement SummaryIn(string folder)
    {
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "summary.json")));
        return summary.RootElement.Clone();
    }

    private static string Hex(ulong fingerprint) => fingerprint.ToString("x16", CultureInfo.InvariantCulture);
}
