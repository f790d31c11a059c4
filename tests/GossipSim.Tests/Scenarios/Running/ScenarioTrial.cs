using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Invariants;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>One simulated run of a scenario with everything that its nodes and its world reported.</summary>
internal sealed class ScenarioTrial : IRunObserver
{
    private readonly MeasuringObserver measuring;
    private readonly List<Reported> events = [];

    private ScenarioTrial(Scenario scenario, ProtocolSettings settings, bool isWatched, int threads)
    {
        var facts = FactsOfRun.Of(scenario, settings);
        Plan = settings.Plan;
        measuring = new MeasuringObserver(facts);
        Watch = isWatched ? settings.WatchOver(facts, scenario) : null;
        Run = new SimulatedRun(scenario, settings, this, Watch, CancellationToken.None, threads: threads);
        Outcome = Run.Run();
    }

    /// <summary>An event with its scenario time; before scenario time 0 it is negative.</summary>
    public readonly record struct Reported(NodeAddress Node, Instant Now, ProtocolEvent Event)
    {
        public EventKind Kind => Event.Kind;
    }

    /// <summary>The last hop of a message to a peer, and how long it has been under way since its origin.</summary>
    public readonly record struct Crossing(NodeAddress From, NodeAddress To, long Hops, double Seconds);

    public AddressPlan Plan { get; }

    public InvariantWatch? Watch { get; }

    public SimulatedRun Run { get; }

    public RunOutcome Outcome { get; }

    public RunRecord World => measuring.World;

    public TrafficCounting Traffic => TrafficCounting.Full;

    public IEnumerable<string> Violations =>
        Watch!.Outcomes().Where(row => row.Violated).Select(row => $"{row.Name}: {row.Detail}");

    public static ScenarioTrial Of(string scenario, bool isWatched, params string[] settings) =>
        OnThreads(1, scenario, isWatched, settings);

    public static ScenarioTrial Of(string scenario, params string[] settings) =>
        Of(scenario, isWatched: true, settings);

    public static ScenarioTrial OnThreads(int threads, string scenario, bool isWatched, params string[] settings)
    {
        using var folder = new ScenarioFolder();
        var loaded = folder.Load(scenario, settings);
        return new ScenarioTrial(loaded, ProtocolSettings.Of(loaded, RunLogs.SimulatedEpoch), isWatched, threads);
    }

    public IReadOnlyList<Reported> Events => events;

    public IReadOnlyList<Reported> All(EventKind kind) => [.. events.Where(reported => reported.Kind == kind)];

    /// <summary>Events of a kind in scenario time, the earlier ones excluded.</summary>
    public IReadOnlyList<Reported> Since(double seconds, EventKind kind) =>
        [.. All(kind).Where(reported => SecondsOf(reported) >= seconds)];

    /// <summary>When a fault struck whom, in scenario seconds.</summary>
    public IReadOnlyList<(double At, FaultStrike Strike)> Strikes(string faultId) =>
        Moments(EventKind.FaultStruck, faultId);

    /// <summary>When it was over.</summary>
    public IReadOnlyList<(double At, FaultStrike Strike)> Endings(string faultId) =>
        Moments(EventKind.FaultEnded, faultId);

    /// <summary>First receipts by flooding of what was published in a span of time.</summary>
    public IReadOnlyList<Crossing> Crossings(double from, double to)
    {
        var published = All(EventKind.GossipPublished).ToDictionary(e => ((Gossip)e.Event.Detail!).Key, e => e.Now);
        return
        [
            .. All(EventKind.GossipDelivered)
                .Where(e => !((Gossip)e.Event.Detail!).Recovered)
                .Select(e => (Receipt: e, Published: published[((Gossip)e.Event.Detail!).Key]))
                .Where(each => World.SecondsAt(each.Published) is var at && at >= from && at < to)
                .Select(each => new Crossing(
                    each.Receipt.Event.About, each.Receipt.Node, each.Receipt.Event.Number,
                    (each.Receipt.Now - each.Published).TotalSeconds)),
        ];
    }

    public double SecondsOf(Reported reported) => World.SecondsAt(reported.Now);

    public NodeAddress Peer(int place) => Plan[Plan.SeedNodes + place];

    public RunMeasurements Measure() => RunMeasurements.Of(World, MeasurementOptions.Least);

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        // What comes after the end, while the run waits for quiet, is no part of the scenario.
        if (!World.HasEnded) events.Add(new Reported(node, now, protocolEvent));
        measuring.Report(node, now, protocolEvent);
    }

    public void MarkScenarioStart(Instant now) => measuring.MarkScenarioStart(now);

    public void MarkEnd(Instant now) => measuring.MarkEnd(now);

    private List<(double At, FaultStrike Strike)> Moments(EventKind kind, string faultId) =>
    [
        .. All(kind).Select(e => (At: SecondsOf(e), Strike: (FaultStrike)e.Event.Detail!))
            .Where(moment => moment.Strike.FaultId == faultId),
    ];
}
