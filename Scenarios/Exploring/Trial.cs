using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Exploring;

/// <summary>
/// Simulates a scenario once for its verdict alone: no folder, no figures. What explores and what shrinks are made of
/// many of these; they may run side by side.
/// </summary>
/// <param name="settingsOf">What a scenario means to the protocol, and of which nodes its network is made.</param>
internal sealed class Trial(Func<Scenario, ProtocolSettings> settingsOf)
{
    /// <summary>Not all peers registered and linked in time: a promise that no invariant states.</summary>
    public const string Formation = "formation";

    /// <summary>A node threw an exception.</summary>
    public const string NoException = "noException";

    /// <summary>Which addresses the scenario's nodes have.</summary>
    public AddressPlan PlanOf(Scenario scenario) => settingsOf(scenario).Plan;

    /// <param name="coverage">Hears what the nodes report.</param>
    public TrialResult Run(Scenario scenario, StateCoverage? coverage, CancellationToken cancel)
    {
        var settings = settingsOf(scenario);
        var facts = FactsOfRun.Of(scenario, settings);
        var observer = new TrialObserver(facts, coverage);
        var invariants = settings.WatchOver(facts, scenario);
        var run = new SimulatedRun(scenario, settings, observer, invariants, cancel);
        var ended = RunToItsEnd(run);
        List<BrokenPromise> broken =
        [
            .. invariants.Outcomes().Where(row => row.Violated).Select(row => new BrokenPromise(
                row.Name, row.Detail ?? "", row.AtSeconds, row.Nodes, row.Event)),
        ];
        if (ended is not null) broken.Add(ended);
        return new TrialResult(run.Events, broken, observer.Strikes, cancel.IsCancellationRequested)
        {
            Warnings = run.Warnings,
        };
    }

    /// <summary>What ended the run before its time, if anything did but a broken invariant.</summary>
    private static BrokenPromise? RunToItsEnd(SimulatedRun run)
    {
        try
        {
            if (run.Run() != RunOutcome.NotFormed) return null;
            return new BrokenPromise(
                Formation, "not all peers registered and linked in time", null,
                [.. run.Laggards.Take(8).Select(node => node.ToString())]);
        }
        // A node that throws is a find like any other, and the runs beside it go on.
        catch (Exception thrown)
        {
            return new BrokenPromise(NoException, $"{thrown.GetType().Name}: {thrown.Message}", null, []);
        }
    }
}

/// <summary>What came of one simulated run.</summary>
/// <param name="Events">Inputs that nodes handled.</param>
/// <param name="Broken">In the order of the invariants; the first of each invariant is its first breach.</param>
/// <param name="Strikes">What the scenario's faults did, in order of time.</param>
/// <param name="WasCancelled">Whether it was stopped by the user: then it says nothing.</param>
internal sealed record TrialResult(
    long Events, IReadOnlyList<BrokenPromise> Broken, IReadOnlyList<Strike> Strikes, bool WasCancelled)
{
    /// <summary>What the scenario asked for and the run did not do.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];
}
