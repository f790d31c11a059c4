using BenchmarkDotNet.Attributes;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Workloads;

namespace GossipSim.Benchmarks;

/// <summary>One message through the whole simulated network: queue, link, seam and peer.</summary>
public class SeamNetworkBenchmarks
{
    private const int Peers = 1000;

    /// <summary>A clique of four, and three for everybody else.</summary>
    private const int Links = 6 + (3 * (Peers - 4));

    private const int Deliveries = (2 * Links) - Peers + 1;

    /// <summary>Of one round of everybody: a PING and a PONG each way on each link.</summary>
    private const int PingsAndPongs = 4 * Links;

    private QuietNetwork network = null!;
    private int floods;

    /// <summary>All Message Lists are full at the end, so that every flood measured is like the one before it.
    /// </summary>
    [GlobalSetup(Target = nameof(Flood))]
    public void Quiet()
    {
        Start(QuietNetwork.Quiet with { MaxMessagesPerPeer = int.MaxValue });
        while (floods < MessageList.TextLimit) Flood();
    }

    [GlobalSetup(Target = nameof(Heartbeat))]
    public void Watching() => Start(QuietNetwork.Watchful);

    [Benchmark(OperationsPerInvoke = Deliveries)]
    public long Flood()
    {
        network.Simulation.Inject(network.Plan[floods++ % Peers], new ProtocolTimer(TimerKind.StartPublishing));
        return Advance(TimeSpan.FromSeconds(5));
    }

    /// <summary>A second, in which everybody pings all neighbors; the timers are measured with the messages.</summary>
    [Benchmark(OperationsPerInvoke = PingsAndPongs)]
    public long Heartbeat() => Advance(TimeSpan.FromSeconds(1));

    private void Start(PeerOptions options)
    {
        network = new QuietNetwork(Peers, options, randomSeed: 1);
        if (network.Links != Links || network.DeliveriesOfFlood != Deliveries)
            throw new InvalidOperationException($"the overlay has {network.Links} links, not {Links}");
        Advance(TimeSpan.FromSeconds(1));
    }

    private long Advance(TimeSpan span)
    {
        network.Simulation.RunUntil(network.Simulation.Now + span);
        return network.Simulation.Messages;
    }
}
