using BenchmarkDotNet.Attributes;
using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Workloads;

namespace GossipSim.Benchmarks;

/// <summary>One message through the whole simulated network: queue, link, seam and peer.</summary>
public class SeamNetworkBenchmarks
{
    private const int Peers = 1000;
    private const int LinksPerNewcomer = 3;

    /// <summary>A clique of m + 1, and m for everybody else.</summary>
    private const int Links = 6 + (LinksPerNewcomer * (Peers - LinksPerNewcomer - 1));

    /// <summary>Of one flood: from each peer to all neighbors but the one it heard it from, and the origin to all.
    /// </summary>
    private const int Deliveries = (2 * Links) - Peers + 1;

    /// <summary>Of one round of everybody: a PING and a PONG each way on each link.</summary>
    private const int PingsAndPongs = 4 * Links;

    private readonly AddressPlan plan = new(
        new NodeAddress(0x7F000001, 6000), seedNodes: 0, new NodeAddress(0x0A000001, 7000), Peers);

    private SimulatedNetwork network = null!;
    private int floods;

    /// <summary>All Message Lists are full at the end, so that every flood measured is like the one before it.
    /// </summary>
    [GlobalSetup(Target = nameof(Flood))]
    public void Quiet()
    {
        Start(new PeerOptions
        {
            SeedNodes = [],
            RefreshInterval = PeerOptions.Never,
            RepairInterval = PeerOptions.Never,
            PingInterval = PeerOptions.Never,
            GossipInterval = TimeSpan.FromDays(3650),
            MaxMessagesPerPeer = int.MaxValue,
        });
        while (floods < MessageList.TextLimit) Flood();
    }

    [GlobalSetup(Target = nameof(Heartbeat))]
    public void Watching() => Start(new PeerOptions
    {
        SeedNodes = [],
        RefreshInterval = PeerOptions.Never,
        RepairInterval = PeerOptions.Never,
        PingBusyEvery = 1,
    });

    [Benchmark(OperationsPerInvoke = Deliveries)]
    public long Flood()
    {
        network.Inject(plan[floods++ % Peers], new ProtocolTimer(TimerKind.StartPublishing));
        network.RunUntil(network.Now + TimeSpan.FromSeconds(5));
        return network.Messages;
    }

    /// <summary>A second, in which everybody pings all neighbors; the timers are measured with the messages.</summary>
    [Benchmark(OperationsPerInvoke = PingsAndPongs)]
    public long Heartbeat()
    {
        network.RunUntil(network.Now + TimeSpan.FromSeconds(1));
        return network.Messages;
    }

    private void Start(PeerOptions options)
    {
        var overlay = GrownOverlay.Grow(plan, LinksPerNewcomer, randomSeed: 1);
        network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = plan,
                Factories = _ => start => new Peer(options, start, overlay),
                RandomSeed = 1,
                Latency = new UniformLatency(10, 100),
                Overlay = overlay,
            },
            new NoTrace());
        for (var peer = 0; peer < Peers; peer++) network.StartAt(Instant.Zero, plan[peer]);
        network.RunUntil(Instant.FromSeconds(1));
    }

    private sealed class NoTrace : ITrace
    {
        public bool Wants(EventKind kind) => false;

        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
        {
        }
    }
}
