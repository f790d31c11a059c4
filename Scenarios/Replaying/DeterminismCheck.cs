using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Replaying;

/// <summary>
/// <c>--check-determinism</c>: beside a run the same runs a second time, on another thread. Each is the other's noise:
/// they share the processors, the heap and every static field, so whatever depends on those shows. They simulate with
/// different numbers of threads, so what depends on that shows too.
/// </summary>
internal sealed class DeterminismCheck : IDisposable
{
    private readonly Scenario scenario;
    private readonly ProtocolSettings settings;
    private readonly Lockstep lockstep;
    private readonly CancellationTokenSource stop;
    private readonly int twinThreads;

    /// <param name="threads">How many threads simulate the run that is checked.</param>
    public DeterminismCheck(
        Scenario scenario, ProtocolSettings settings, CancellationToken cancel, int threads = 1)
    {
        twinThreads = threads == 1 ? 2 : 1;
        this.scenario = scenario;
        this.settings = settings;
        lockstep = new Lockstep(settings.Plan, cancel);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    }

    /// <summary>For the run that is checked.</summary>
    public ISimulationWatch Watch => lockstep.One;

    /// <summary>Runs both; done when both are.</summary>
    /// <param name="run">Runs the one that is checked, and tells its fingerprint.</param>
    public DeterminismSummary? Run(Func<string?> run)
    {
        var twin = Task.Factory.StartNew(
            RunTwin, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        string? fingerprint;
        try
        {
            fingerprint = run();
        }
        finally
        {
            lockstep.End();
        }

        var other = twin.GetAwaiter().GetResult();
        if (stop.IsCancellationRequested) return null;
        return new DeterminismSummary(
            lockstep.First is null && fingerprint == other, other, lockstep.First ?? OfNetwork(fingerprint, other));
    }

    public void Dispose()
    {
        stop.Dispose();
        lockstep.Dispose();
    }

    private string RunTwin()
    {
        var facts = FactsOfRun.Of(scenario, settings);
        var invariants = settings.WatchIfWanted(facts, scenario);
        var run = new SimulatedRun(
            scenario, settings, new MeasuringObserver(facts), invariants, stop.Token, watch: lockstep.Other,
            threads: twinThreads);
        try
        {
            run.Run();
            return run.Fingerprint.ToString("x16", CultureInfo.InvariantCulture);
        }
        finally
        {
            lockstep.End();
        }
    }

    /// <summary>What no node could see: an order inside the network itself.</summary>
    private static FirstDifference? OfNetwork(string? one, string other) => one == other
        ? null
        : new FirstDifference(
            NodeAddress.None.ToString(), AtSeconds: null, InputNumber: null,
            $"fingerprint {one}, though all inputs of all nodes are equal", $"fingerprint {other}");
}
