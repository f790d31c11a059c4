using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Replaying;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// Runs a scenario on the virtual network: formation, the scenario's timeline, and then, unmeasured, until all is
/// quiet.
/// </summary>
internal sealed class SimulatedRun
{
    /// <summary>Our choice: simulated time after the end in which the network must become quiet.</summary>
    private static readonly TimeSpan SettlingLimit = TimeSpan.FromSeconds(600);

    private static readonly TimeSpan MemoryInterval = TimeSpan.FromSeconds(10);

    private readonly Scenario scenario;
    private readonly IRunObserver observer;
    private readonly InvariantWatch? invariants;
    private readonly CancellationToken cancel;
    private readonly ISimulationWatch? watch;
    private readonly SimulatedNetwork network;
    private readonly RunningSimulation running;
    private readonly ProtocolSettings settings;
    private readonly AddressPlan plan;
    private readonly Formation formation;
    private IReadOnlyList<KindTraffic> sentAtStart = [];
    private Timeline? timeline;

    public SimulatedRun(
        Scenario scenario, ProtocolSettings settings, IRunObserver observer, InvariantWatch? invariants,
        CancellationToken cancel, LatencyModel? latency = null, ISimulationWatch? watch = null, int threads = 1)
    {
        this.scenario = scenario;
        this.observer = observer;
        this.invariants = invariants;
        this.cancel = cancel;
        this.watch = watch;
        this.settings = settings;
        plan = settings.Plan;
        formation = new Formation(settings);
        network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = plan,
                Factories = FactoryOf,
                RandomSeed = (ulong)scenario.RandomSeed,
                Latency = latency ?? NetworkModels.LatencyOf(scenario),
                LossProbability = scenario.Network.LossProbability,
                BytesPerSecond = scenario.Network.BandwidthBytesPerSecond ?? 0,
                SizeOf = new WireSizes().Of,
                RequireFits = WireLength.RequireLine,
                CountsTraffic = observer.Traffic != TrafficCounting.None,
                WeighOneIn = WeighOneIn,
                Threads = threads,
            },
            new Ear(this));
        running = new RunningSimulation(network);
    }

    public ulong Fingerprint { get; private set; }

    /// <summary>In scenario time: where the fingerprint is taken once more, on the way.</summary>
    public TimeSpan? MarkAt { get; init; }

    /// <summary>
    /// Of all that nodes handled and decided before <see cref="MarkAt"/>, by their rolling hashes; null when the run
    /// did not come there.
    /// </summary>
    public ulong? FingerprintAtMark { get; private set; }

    /// <summary>Inputs that nodes handled until the end of the measured run.</summary>
    public long Events { get; private set; }

    /// <summary>What nodes sent until the end of the measured run; null when nobody asked.</summary>
    public RunTraffic? Traffic { get; private set; }

    /// <summary>What the scenario asked for and the run did not do; empty for a run that did not come to its end.
    /// </summary>
    public IReadOnlyList<RunWarning> Warnings { get; private set; } = [];

    /// <summary>Which nodes kept formation from finishing.</summary>
    public IReadOnlyList<NodeAddress> Laggards { get; private set; } = [];

    public RunOutcome Run()
    {
        var outcome = Form() ?? RunScenario();
        observer.MarkEnd(network.Now);
        (Fingerprint, Events) = (network.Fingerprint, network.Events);
        if (observer.Traffic != TrafficCounting.None)
            Traffic = new RunTraffic(sentAtStart, SentByKind.Of(network.Sent), WeighOneIn);
        if (outcome == RunOutcome.Completed) Warnings = timeline!.Warnings(observer.World);
        if (outcome == RunOutcome.Completed) invariants?.JudgeEnd(network.Now);
        if (outcome == RunOutcome.Completed && invariants is { AwaitsQuiet: true }) Settle();
        return outcome;
    }

    private int WeighOneIn => SentByKind.WeighOneIn(observer.Traffic, plan.Count);

    /// <summary>Seed nodes first; peers one after another once they can register. Null when all went well.</summary>
    private RunOutcome? Form()
    {
        var limit = Instant.FromSeconds(scenario.Phases.FormationSeconds);
        for (var index = 0; index < plan.SeedNodes; index++) network.Start(plan[index]);
        if (!formation.CanRegister) network.RunUntil(limit, () => formation.CanRegister || ShallStop());
        var begin = network.Now;
        for (var peer = 0; peer < settings.InitialPeers; peer++)
        {
            var address = plan[plan.SeedNodes + peer];
            var at = begin + TimeSpan.FromMilliseconds(peer * scenario.Peers.JoinIntervalMs);
            running.StartAt(at, address);
        }

        var isFormed = !network.RunUntil(limit, () => formation.IsDone(observer.World) || ShallStop());
        if (StopReason() is { } stopped) return stopped;
        if (isFormed || formation.IsDone(observer.World)) return null;
        Laggards = formation.Laggards(observer.World);
        return RunOutcome.NotFormed;
    }

    private RunOutcome RunScenario()
    {
        var start = network.Now;
        observer.MarkScenarioStart(start);
        invariants?.MarkScenarioStart(start);
        sentAtStart = SentByKind.Of(network.Sent);
        timeline = new Timeline(scenario, settings, observer.World, running, new Ear(this));
        timeline.Begin();
        MeasureMemory();
        RunOn(start + TimeSpan.FromSeconds(scenario.Phases.TotalSeconds));
        return StopReason() ?? RunOutcome.Completed;
    }

    /// <summary>Measures between inputs and not by an event of its own: watching a run must not change it.</summary>
    private void RunOn(Instant end)
    {
        while (network.Now < end && StopReason() is null)
        {
            var next = network.Now + MemoryInterval < end ? network.Now + MemoryInterval : end;
            TakeMark(next);
            network.RunUntil(next, ShallStop);
            MeasureMemory();
        }
    }

    /// <summary>What happens to the world at a moment comes before what nodes do then, and belongs behind it.</summary>
    private void TakeMark(Instant next)
    {
        if (MarkAt is not { } at || FingerprintAtMark is not null) return;
        var mark = observer.World.ScenarioStart + (at - TimeSpan.FromMicroseconds(1));
        if (mark <= next && network.RunUntil(mark, ShallStop)) FingerprintAtMark = network.Fingerprint;
    }

    /// <summary>Simulated time costs little: the promises that hold "when quiet" are judged in every run.</summary>
    private void Settle()
    {
        // The last messages need their time too. What is published from here on is no part of the run.
        var aged = invariants!.MessagesAgedAt;
        RunOn(aged > timeline!.LastMoment ? aged : timeline.LastMoment);
        invariants.JudgePending(network.Now);
        // Whatever still goes on has no end in the scenario: there is no quiet to wait for.
        if (invariants.HasOngoingFault) return;
        var limit = network.Now + SettlingLimit;
        while (!invariants.IsSettled && network.Now < limit && StopReason() is null)
        {
            network.RunUntil(network.Now + TimeSpan.FromSeconds(1), ShallStop);
            invariants.JudgePending(network.Now);
        }

        if (!invariants.IsSettled && StopReason() is null) invariants.NoteNeverQuiet(network.Now, SettlingLimit);
    }

    private void MeasureMemory()
    {
        if (invariants is null) return;
        for (var index = 0; index < plan.Count; index++)
            invariants.MeasureMemory(plan[index], plan.IsSeedNode(index), network.TableEntriesAt(index), network.Now);
    }

    private bool ShallStop()
    {
        watch?.Reached(network.Now);
        observer.Reached(network.Now, network.Events);
        return StopReason() is not null;
    }

    /// <summary>What is watched is what a TCP run records: unsigned as it leaves, and checked as it comes.</summary>
    private NodeFactory FactoryOf(int index)
    {
        var factory = settings.FactoryOf(index);
        if (watch is not null) factory = Watched(factory, watch);
        return settings.SimulatedSigning is { } signing ? SignedNode.Wrap(factory, signing) : factory;
    }

    private static NodeFactory Watched(NodeFactory factory, ISimulationWatch watch) =>
        start => new WatchedNode(factory(start), watch);

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
        /// <summary>The timeline is made later.</summary>
        public bool Wants(EventKind kind) =>
            run.observer.Wants(kind) || run.formation.Wants(kind) || run.invariants?.Wants(kind) == true
            || Timeline.Wants(kind, run.scenario);

        public void Report(NodeAddress node, Instant now, in ProtocolEvent e)
        {
            run.observer.Report(node, now, e);
            run.invariants?.Report(node, now, e);
            run.formation.Observe(node, e);
            run.timeline?.Observe(node, now, e.Kind);
        }
    }
}
