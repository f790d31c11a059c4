using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Exploring;

/// <summary>
/// <c>explore</c>: a scenario again and again in the simulator, each time with another random seed and random faults,
/// on all cores. Half of the runs change a fault plan that led to protocol states nobody had seen. What is found
/// depends on the scenario, the random seed and the number of runs, and not on the number of cores: runs go in
/// generations of a fixed size, and what they learned is merged in their order.
/// </summary>
internal sealed class Exploration(ExploreRequest request, Trial trial, TextWriter messages)
{
    /// <summary>Our choice: enough to keep many cores busy, and few enough to learn from early.</summary>
    internal const int GenerationSize = 64;

    /// <summary>Our choice: plans that are worth changing, the newest.</summary>
    private const int PlansKept = 512;

    private const ulong ParentStream = 0x6578706C6F726502UL;

    private readonly FindingCollection found = new();
    private readonly KnownStates known = new();
    private readonly List<FaultPlan> plans = [];
    private readonly ExploreProgress progress = new(request.Runs, messages);
    private readonly IdleSettings idle = new(request.Scenario);
    private long events;
    private int done;

    private sealed record Explored(FaultPlan Plan, Scenario Scenario, TrialResult Result, StateCoverage Coverage);

    public static Task<ExitCode> RunAsync(ExploreRequest request, Terminal terminal, CancellationToken cancel) =>
        RunAsync(
            request, new Trial(scenario => ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch)), terminal, cancel);

    /// <param name="trial">How runs are made: tests explore networks of other nodes.</param>
    internal static async Task<ExitCode> RunAsync(
        ExploreRequest request, Trial trial, Terminal terminal, CancellationToken cancel)
    {
        var messages = terminal.MessagesOf(request.Json);
        using var interruption = Interruption.Announce(messages, cancel);
        var exploration = new Exploration(request, trial, messages);
        var report = await Task.Run(() => exploration.Explore(cancel), CancellationToken.None);
        ExploreProgress.Conclude(report, messages);
        if (request.Json) JsonOption.WriteLine(terminal, report);
        if (cancel.IsCancellationRequested) return ExitCode.Cancelled;
        return report.RunsWithViolations > 0 ? ExitCode.Failed : ExitCode.Held;
    }

    internal ExploreReport Explore(CancellationToken cancel)
    {
        while (done < request.Runs && !cancel.IsCancellationRequested)
        {
            var generation = RunGeneration(Math.Min(GenerationSize, request.Runs - done), cancel);
            if (!Merge(generation)) break;
        }

        if (request.OutputDirectory is { } directory && found.Findings.Count > 0) Write(directory);
        return progress.Report(request.Scenario, found, known, plans.Count, events, done, idle.Warnings);
    }

    private void Write(string directory)
    {
        try
        {
            found.WriteTo(directory);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"cannot write findings to \"{directory}\": {wrong.Message}");
        }
    }

    /// <summary>The next runs side by side; those that were cancelled are null.</summary>
    private Explored?[] RunGeneration(int size, CancellationToken cancel)
    {
        var drawn = new FaultPlan[size];
        for (var run = 0; run < size; run++) drawn[run] = PlanOf(run);
        var explored = new Explored?[size];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, size, parallel, run => explored[run] = RunOnce(drawn[run], cancel));
        return explored;
    }

    private FaultPlan PlanOf(int run)
    {
        var randomSeed = request.Scenario.RandomSeed + done + run;
        if (request.Parents.Count > 0) return FaultPlan.Of(Draw, request.Parents, randomSeed);
        if (plans.Count == 0 || run % 2 == 0) return Draw(randomSeed);
        var parent = Mix64.Of((ulong)randomSeed, ParentStream) % (ulong)plans.Count;
        return plans[(int)parent].Child(randomSeed);
    }

    private FaultPlan Draw(long randomSeed)
    {
        var varied = request.Varies ? Variation.Draw(request.Scenario, randomSeed) : request.Scenario;
        return FaultPlan.Draw(varied, FaultBudget.For(varied, request.MostFaults, request.Words), randomSeed);
    }

    private Explored? RunOnce(FaultPlan plan, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested) return null;
        var scenario = plan.ToSimulate();
        var coverage = new StateCoverage(trial.PlanOf(scenario));
        var result = trial.Run(scenario, coverage, cancel);
        progress.NoteRun(result.Events, known.Count);
        return result.WasCancelled ? null : new Explored(plan, scenario, result, coverage);
    }

    /// <summary>Learns from the runs in their order; false when there is no going on.</summary>
    private bool Merge(IEnumerable<Explored?> generation)
    {
        foreach (var run in generation)
        {
            if (run is null) return false;
            done++;
            events += run.Result.Events;
            idle.Add(run.Result.Warnings);
            if (known.Add(run.Coverage) && run.Plan.CanBeParent)
            {
                plans.Add(run.Plan);
                if (plans.Count > PlansKept) plans.RemoveAt(0);
            }

            foreach (var finding in found.Add(run.Scenario, RepeatCommand(run.Plan), run.Result.Broken))
                progress.Tell(finding);
            if (request.StopAtFirst && found.Findings.Count > 0) return false;
        }

        return true;
    }

    /// <summary>One run as typed, without what concerns many.</summary>
    private string RepeatCommand(FaultPlan plan)
    {
        var arguments = new List<string>();
        for (var index = 0; index < request.Arguments.Count; index++)
        {
            if (request.Arguments[index] is "--runs" or "--random-seed" or "--parents" or "--output") index++;
            else if (request.Arguments[index] != "--stop-at-first") arguments.Add(request.Arguments[index]);
        }

        arguments.AddRange(["--runs", "1", "--random-seed", $"{plan.RandomSeed}"]);
        if (plan.ParentsInWords is { } parents) arguments.AddRange(["--parents", parents]);
        return ShellWords.OfCheckout(arguments);
    }
}
