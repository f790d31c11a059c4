using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>Runs a scenario on the virtual network: formation, the scenario's timeline, and then, unmeasured, until all is quiet.</summary>
internal sealed class SimulatedRun
{
    /// <summary>Our choice: simulated time after the end in which the network must become quiet.</summary>
    private static readonly TimeSpan SettlingLimit = TimeSpan.FromSeconds(600);

    private static readonly TimeSpan MemoryInterval = TimeSpan.FromSeconds(10);

    private readonly Scenario scenario;
    private readonly IRunObserver observer;
    private readonly InvariantWatch? invariants;
    private readonly CancellationToken cancel;
    private readonly SimulatedNetwork network;
    private readonly AddressPlan plan;
    private int learned;
    private bool mayBeFormed;

    public SimulatedRun(
        Scenario scenario, ProtocolSettings settings, IRunObserver observer, InvariantWatch? invariants,
        CancellationToken cancel, LatencyModel? latency = null)
    {
        this.scenario = scenario;
        this.observer = observer;
        this.invariants = invariants;
        this.cancel = cancel;
        plan = settings.Plan;
        network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = plan,
                Factories = settings.FactoryOf,
                RandomSeed = (ulong)scenario.RandomSeed,
                Latency = latency ?? ProtocolSettings.LatencyOf(scenario.Network.Latency),
                LossProbability = scenario.Network.LossProbability,
            },
            new Ear(this));
    }

    public ulong Fingerprint { get; private set; }

    public long Events => network.Events;

    /// <summary>Which peers kept formation from finishing.</summary>
    public IReadOnlyList<NodeAddress> Laggards { get; private set; } = [];

    public RunOutcome Run()
    {
        var outcome = Form() ?? RunScenario();
        observer.MarkEnd(network.Now);
        Fingerprint = network.Fingerprint;
        if (outcome == RunOutcome.Completed && invariants is not null) outcome = Settle();
        return outcome;
    }

    /// <summary>Seed nodes first; peers one after another once they can register. Null when all went well.</summary>
    private RunOutcome? Form()
    {
        var limit = Instant.FromSeconds(scenario.Phases.FormationSeconds);
        for (var index = 0; index < plan.SeedNodes; index++) network.Start(plan[index]);
        if (plan.SeedNodes > 1) network.RunUntil(limit, () => learned == plan.SeedNodes || ShallStop());
        var begin = network.Now;
        for (var peer = 0; peer < plan.Peers; peer++)
        {
            var address = plan[plan.SeedNodes + peer];
            network.At(begin + TimeSpan.FromMilliseconds(peer * scenario.Peers.JoinIntervalMs), () => network.Start(address));
        }

        var isFormed = !network.RunUntil(limit, () => IsFormed() || ShallStop());
        if (StopReason() is { } stopped) return stopped;
        if (isFormed || IsFormed()) return null;
        Laggards = observer.World.Laggards();
        return RunOutcome.NotFormed;
    }

    private bool IsFormed()
    {
        if (!mayBeFormed) return false;
        mayBeFormed = false;
        return observer.World.JoinedPeers == plan.Peers && (plan.Peers == 1 || observer.World.Laggards().Count == 0);
    }

    private RunOutcome RunScenario()
    {
        var start = network.Now;
        observer.MarkScenarioStart(start);
        invariants?.MarkScenarioStart(start);
        var running = new RunningSimulation(network);
        foreach (var moment in new Timeline(scenario, plan, observer.World).Moments)
            network.At(start + moment.After, () => moment.Act(running));
        MeasureMemory();
        network.RunUntil(start + TimeSpan.FromSeconds(scenario.Phases.TotalSeconds), ShallStop);
        return StopReason() ?? RunOutcome.Completed;
    }

    /// <summary>Simulated time costs little: the promises that hold "when quiet" are judged in every run.</summary>
    private RunOutcome Settle()
    {
        var limit = network.Now + SettlingLimit;
        if (invariants!.HasOngoingFault) return RunOutcome.Completed;
        while (!invariants.WasQuiet && network.Now < limit && StopReason() is null)
        {
            network.RunUntil(network.Now + TimeSpan.FromSeconds(1), ShallStop);
            invariants.JudgeQuiet(network.Now);
        }

        if (!invariants.WasQuiet && StopReason() is null) invariants.NoteNeverQuiet(network.Now, SettlingLimit);
        return StopReason() ?? RunOutcome.Completed;
    }

    private void MeasureMemory()
    {
        if (invariants is null) return;
        for (var index = 0; index < plan.Count; index++)
            invariants.MeasureMemory(plan[index], plan.IsSeedNode(index), network.TableEntriesAt(index), network.Now);
        network.At(network.Now + MemoryInterval, MeasureMemory);
    }

    private bool ShallStop() => StopReason() is not null;

    private RunOutcome? StopReason()
    {
        if (cancel.IsCancellationRequested) return RunOutcome.Cancelled;
        return invariants is { IsViolated: true } && scenario.Invariants.OnViolation == ViolationReaction.Stop
            ? RunOutcome.Violated
            : null;
    }

    /// <summary>Hears everything: for the observer, for the invariants, and to know when formation is done.</summary>
    private sealed class Ear(SimulatedRun run) : ITrace
    {
        public void Report(NodeAddress node, Instant now, in ProtocolEvent e)
        {
            run.observer.Report(node, now, e);
            run.invariants?.Report(node, now, e);
            if (e.Kind == EventKind.LearningFinished) run.learned++;
            if (e.Kind is EventKind.Joined or EventKind.NeighborAdded) run.mayBeFormed = true;
        }
    }
}
