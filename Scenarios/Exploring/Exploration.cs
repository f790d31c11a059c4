using System.Diagnostics;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Exploring;

/// <summary>
/// <c>explore</c>: a scenario again and again in the simulator, each time with another random seed and random faults,
/// on all cores. The cheapest reviewer of a protocol: what it finds, one command repeats.
/// </summary>
internal sealed class Exploration(ExploreRequest request, TextWriter messages)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly List<Finding> findings = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan toldAt;
    private long events;
    private int done;

    /// <summary>A broken promise, and the command that breaks it again.</summary>
    public sealed record Finding(
        long RandomSeed, string Invariant, string Detail, double? AtSeconds, IReadOnlyList<string> Nodes,
        string Repeat);

    /// <summary>What <c>--json</c> prints.</summary>
    public sealed record Outcome(
        string Scenario, long FirstRandomSeed, int Runs, int RunsWithViolations, IReadOnlyList<Finding> Violations,
        long Events, double WallSeconds);

    public static async Task<ExitCode> RunAsync(ExploreRequest request, Terminal terminal, CancellationToken cancel)
    {
        var messages = terminal.MessagesOf(request.Json);
        var exploration = new Exploration(request, messages);
        var outcome = await Task.Run(() => exploration.Explore(cancel), CancellationToken.None);
        Tell(outcome, messages);
        if (request.Json) JsonOption.WriteLine(terminal, outcome);
        if (cancel.IsCancellationRequested) return ExitCode.Cancelled;
        return outcome.RunsWithViolations > 0 ? ExitCode.Failed : ExitCode.Held;
    }

    private Outcome Explore(CancellationToken cancel)
    {
        var first = request.Scenario.RandomSeed;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, request.Runs, parallel, (run, loop) =>
        {
            if (cancel.IsCancellationRequested) loop.Stop();
            else Note(RunOnce(first + run, cancel));
        });
        List<Finding> ordered = [.. findings.OrderBy(finding => finding.RandomSeed)];
        return new Outcome(
            request.Scenario.Name, first, done, ordered.Select(finding => finding.RandomSeed).Distinct().Count(),
            ordered, events, Math.Round(watch.Elapsed.TotalSeconds, 3));
    }

    private (long Events, List<Finding> Found) RunOnce(long randomSeed, CancellationToken cancel)
    {
        var scenario = request.Scenario with { RandomSeed = randomSeed, Runtime = RuntimeKind.Sim };
        scenario = scenario with { Faults = RandomFaults.Of(scenario) };
        var settings = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch);
        var facts = FactsOfRun.Of(scenario, settings);
        var invariants = settings.WatchOver(facts, scenario);
        var run = new SimulatedRun(scenario, settings, new MeasuringObserver(facts), invariants, cancel);
        var repeat = RepeatCommand(randomSeed);
        var broken = RunToItsEnd(run, randomSeed, repeat);
        List<Finding> found = [.. invariants.Outcomes().Where(row => row.Violated).Select(row => new Finding(
            randomSeed, row.Name, row.Detail ?? "", row.AtSeconds, row.Nodes, repeat))];
        if (broken is not null) found.Add(broken);
        return (run.Events, found);
    }

    /// <summary>What ended the run before its time, if anything did but a broken invariant.</summary>
    private static Finding? RunToItsEnd(SimulatedRun run, long randomSeed, string repeat)
    {
        try
        {
            if (run.Run() != RunOutcome.NotFormed) return null;
            return new Finding(
                randomSeed, "formation", "not all peers registered and linked in time", null,
                [.. run.Laggards.Take(8).Select(node => node.ToString())], repeat);
        }
        // A node that throws is a find like any other, and the runs beside it go on.
        catch (Exception thrown)
        {
            return new Finding(
                randomSeed, "noException", $"{thrown.GetType().Name}: {thrown.Message}", null, [], repeat);
        }
    }

    private string RepeatCommand(long randomSeed)
    {
        var arguments = new List<string>();
        for (var index = 0; index < request.Arguments.Count; index++)
        {
            if (request.Arguments[index] is "--runs" or "--random-seed") index++;
            else arguments.Add(request.Arguments[index]);
        }

        return ScenarioRunner.CommandOf([.. arguments, "--runs", "1", "--random-seed", $"{randomSeed}"]);
    }

    private void Note((long Events, List<Finding> Found) run)
    {
        lock (gate)
        {
            done++;
            events += run.Events;
            findings.AddRange(run.Found);
            foreach (var finding in run.Found) messages.WriteLine(InWords(finding));
            if (watch.Elapsed - toldAt < ProgressInterval) return;
            toldAt = watch.Elapsed;
            messages.WriteLine(
                $"{done} of {request.Runs} runs, {done / watch.Elapsed.TotalSeconds:F1} a second, "
                + $"{findings.Count} violations");
        }
    }

    private static string InWords(Finding finding) =>
        $"{finding.Invariant} broken{(finding.AtSeconds is { } at ? $" at {at:F3} s" : "")}: {finding.Detail}\n"
        + $"  {finding.Repeat}";

    private static void Tell(Outcome outcome, TextWriter messages) => messages.WriteLine(
        $"{outcome.Runs} runs of {outcome.Scenario} with random seeds from {outcome.FirstRandomSeed}: "
        + $"{outcome.RunsWithViolations} with violations, {outcome.Events:N0} events, {outcome.WallSeconds:F1} s");
}
