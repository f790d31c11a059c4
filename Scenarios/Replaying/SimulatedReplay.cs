using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Replaying;

/// <summary>A simulated run again, from its scenario alone: its fingerprint says whether it is the same run.</summary>
internal sealed class SimulatedReplay(ReplayRequest request, TextWriter messages)
{
    /// <param name="prompts">Where Enter is pressed between steps; null when nobody does.</param>
    public ReplayOutcome Run(Terminal terminal, TextReader? prompts, CancellationToken cancel)
    {
        var scenario = request.Scenario;
        var settings = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch);
        var facts = FactsOfRun.Of(scenario, settings);
        // A broken invariant may stop a run, and then it has to stop its replay at the same input.
        var invariants = settings.WatchIfWanted(facts, scenario);
        using var view = new ReplayView(facts, request, messages, prompts, cancel);
        var isWatched = request.Step || request.UntilSeconds is not null;
        var watch = isWatched ? new InOrderOfTime(view) : null;
        var run = new SimulatedRun(scenario, settings, view, invariants, view.Stop, watch: watch);
        var (outcome, broken) = RunToItsEnd(run, invariants);
        watch?.Flush();
        view.Conclude();
        cancel.ThrowIfCancellationRequested();
        if (request.UntilSeconds is not null && !request.Step)
            NetworkStateTable.Print(view, request, terminal, messages);

        var draft = new ReplayOutcome(
            scenario.Name, facts.RuntimeName, Equal: null, Inputs: run.Events,
            Violated: broken);
        return outcome == RunOutcome.Cancelled
            ? draft
            : draft with { Replayed = run.Fingerprint.ToString("x16", CultureInfo.InvariantCulture) };
    }

    /// <summary>In the words of explore and shrink, for which a node that throws breaks a promise too.</summary>
    private (RunOutcome Outcome, IReadOnlyList<string> Broken) RunToItsEnd(
        SimulatedRun run, InvariantWatch? invariants)
    {
        List<string> broken = [];
        var outcome = RunOutcome.Completed;
        try
        {
            outcome = run.Run();
            if (outcome == RunOutcome.NotFormed) broken.Add(Trial.Formation);
        }
        catch (Exception thrown)
        {
            messages.WriteLine($"{thrown.GetType().Name}: {thrown.Message}");
            broken.Add(Trial.NoException);
        }

        broken.AddRange(invariants?.Outcomes().Where(row => row.Violated).Select(row => row.Name).Distinct() ?? []);
        return (outcome, broken);
    }
}
