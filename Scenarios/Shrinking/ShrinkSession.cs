using System.Diagnostics;
using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Shrinking;

/// <summary><c>shrink</c>: finds what a scenario breaks, makes it smaller, and writes the result as a file.</summary>
internal sealed class ShrinkSession(ShrinkRequest request, Trial trial, TextWriter messages)
{
    /// <summary>Our choice: what does not fail with its own random seed gets so many other chances.</summary>
    private const int OtherRandomSeeds = 16;

    private readonly Stopwatch watch = Stopwatch.StartNew();

    public static Task<ExitCode> RunAsync(ShrinkRequest request, Terminal terminal, CancellationToken cancel) =>
        RunAsync(
            request, new Trial(scenario => ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch)), terminal, cancel);

    /// <param name="trial">How runs are made: tests shrink networks of other nodes.</param>
    internal static async Task<ExitCode> RunAsync(
        ShrinkRequest request, Trial trial, Terminal terminal, CancellationToken cancel)
    {
        var messages = terminal.MessagesOf(request.Json);
        using var interruption = Interruption.Announce(messages, cancel);
        var session = new ShrinkSession(request, trial, messages);
        var report = await Task.Run(() => session.Shrink(cancel), CancellationToken.None);
        if (report is null && !cancel.IsCancellationRequested) return ExitCode.Inconclusive;
        if (report is not null)
        {
            messages.WriteLine(report.InWords());
            if (request.Json) JsonOption.WriteLine(terminal, report);
        }

        return cancel.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Held;
    }

    /// <summary>Null, with a word about it, when there is nothing to shrink.</summary>
    internal ShrinkReport? Shrink(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(request.Budget);
        var (broken, invariant, tried) = FindBreach(limit.Token);
        if (broken is null || invariant is null)
        {
            messages.WriteLine(
                $"nothing to shrink: {request.Invariant ?? "every invariant"} held in "
                + $"{Numbers.Plural(tried, "run")} of {request.Scenario.Name} "
                + "(another --random-seed, or explore, may find a breach)");
            return null;
        }

        Tell($"{invariant} is broken", broken);
        var search = new Search(trial, invariant, limit.Token);
        var shrinker = new Shrinker(trial, search, Tell, limit.Token);
        var smallest = shrinker.Shrink(broken);
        var written = Write(smallest, invariant, cancel);
        return new ShrinkReport(
            request.Scenario.Name, invariant, ScenarioSize.Of(request.Scenario), ScenarioSize.Of(written),
            written.RandomSeed, tried + search.Runs, Math.Round(watch.Elapsed.TotalSeconds, 3), shrinker.IsComplete,
            request.OutputFile, ShellWords.OfCheckout(["run", request.OutputFile]));
    }

    private void RequireKnown(string? asked)
    {
        var own = request.Scenario.Protocol?.Chosen?.CreateInvariants().Select(each => each.Name) ?? [];
        string[] names = [.. InvariantSettings.Names, .. own, Trial.Formation, Trial.NoException];
        if (asked is null || names.Contains(asked)) return;
        throw new UsageException(
            $"--invariant: found \"{asked}\", allowed is one of {string.Join(", ", names)}"
            + Suggestion.DidYouMean(asked, names));
    }

    /// <summary>A run that breaks the invariant asked for, or else the first breach of all.</summary>
    private (Scenario? Broken, string? Invariant, int Tried) FindBreach(CancellationToken stop)
    {
        var asked = request.Invariant ?? request.Scenario.Reproduces?.Invariant;
        RequireKnown(asked);
        var tried = 0;
        for (var other = 0; other <= OtherRandomSeeds && !stop.IsCancellationRequested; other++)
        {
            var scenario = request.Scenario with { Runtime = RuntimeKind.Sim };
            if (other > 0) scenario = scenario with { RandomSeed = other };
            tried++;
            if (asked is not null)
            {
                if (new Search(trial, asked, stop).Reproduces(scenario, stop)) return (scenario, asked, tried);
                continue;
            }

            var first = trial.Run(scenario, coverage: null, stop).Broken
                .MinBy(promise => promise.AtSeconds ?? double.MaxValue);
            if (first is not null) return (scenario, first.Invariant, tried);
        }

        return (null, asked, tried);
    }

    /// <summary>The file, which breaks the invariant when it is run as it is.</summary>
    private Scenario Write(Scenario smallest, string invariant, CancellationToken cancel)
    {
        var scenario = Reproduction.Of(smallest, smallest.Name, invariant) with
        {
            Invariants = request.Scenario.Invariants with { OnViolation = ViolationReaction.Stop },
        };
        // Another promise may break earlier: then the run must go on beyond that.
        var isFirst = trial.Run(scenario, coverage: null, cancel).Broken.Any(promise => promise.Invariant == invariant);
        if (!isFirst)
            scenario = scenario with
            {
                Invariants = scenario.Invariants with { OnViolation = ViolationReaction.Continue },
            };
        try
        {
            File.WriteAllText(request.OutputFile, ScenarioJson.Write(scenario));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException(
                $"cannot write \"{request.OutputFile}\": {wrong.Message.TrimEnd('.')}"
                + " (choose another --output)");
        }

        return scenario;
    }

    private void Tell(string what, Scenario scenario) => messages.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{watch.Elapsed.TotalSeconds:F1} s: {what}: {ScenarioSize.Of(scenario)}"));
}
