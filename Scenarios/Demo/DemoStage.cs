using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Replaying;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;
using GossipSim.Scenarios.Workloads;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// The simulated network behind a demo: the program's own seed nodes and peers on the virtual clock. Runs one act after
/// another and keeps what happened in each, input by input.
/// </summary>
internal sealed class DemoStage : ISimulationWatch
{
    private readonly SimulatedNetwork network;
    private readonly InOrderOfTime ordered;
    private readonly ProtocolSettings settings;
    private List<DemoMoment> moments = [];

    public DemoStage(DemoChoice choice, ScenarioLibrary library)
    {
        var scenario = DemoScenario.Of(choice, library);
        var all = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch);
        settings = all with { Peer = all.Peer with { TellsMisses = true } };
        ordered = new InOrderOfTime(this);
        network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = settings.Plan,
                Factories = index => Watched(settings.FactoryOf(index)),
                RandomSeed = (ulong)scenario.RandomSeed,
                Latency = NetworkModels.LatencyOf(scenario),
            },
            // All that is told here comes from the watch.
            new NoTrace());
        Names = new DemoNames(settings.Plan);
    }

    public DemoNames Names { get; }

    public SeedNodeOptions SeedNode => settings.SeedNode;

    public PeerOptions Peer => settings.Peer;

    public Instant Now => network.Now;

    public ulong Fingerprint => network.Fingerprint;

    /// <summary>What follows from all that happened so far.</summary>
    public DemoWorld World { get; } = new();

    public void Start(NodeAddress node) => network.Start(node);

    public void StartAt(Instant time, NodeAddress node) => network.StartAt(time, node);

    public void Publish(NodeAddress peer) => network.Inject(peer, new ProtocolTimer(TimerKind.StartPublishing));

    public void Pause(NodeAddress node) => network.Pause(node);

    public void Resume(NodeAddress node) => network.Resume(node);

    public void Crash(NodeAddress node) => network.Crash(node, faultId: "demo");

    /// <summary>Lets time go on.</summary>
    public void Run(TimeSpan span) => network.RunUntil(Now + span, Reach);

    /// <summary>Lets time go on until something is so.</summary>
    /// <exception cref="InvalidOperationException">It was not so in time.</exception>
    public void RunUntil(Func<DemoWorld, bool> isSo, TimeSpan limit, string what)
    {
        bool IsReached() => !Reach() && isSo(World);
        if (network.RunUntil(Now + limit, IsReached) && !IsReached())
            throw new InvalidOperationException($"{what}: not within {limit.TotalSeconds} simulated seconds");
    }

    /// <summary>What happened since the last call, in order of time.</summary>
    public IReadOnlyList<DemoMoment> TakeMoments()
    {
        ordered.Flush();
        var taken = moments;
        moments = [];
        return taken;
    }

    public void Handled(NodeAddress node, in Input input, IReadOnlyList<Output> outputs)
    {
        var moment = new DemoMoment(node, input, outputs);
        World.Note(moment);
        moments.Add(moment);
    }

    public void Reached(Instant now)
    {
    }

    private bool Reach()
    {
        ordered.Reached(network.Now);
        return false;
    }

    private NodeFactory Watched(NodeFactory factory) => start => new WatchedNode(factory(start), ordered);
}
