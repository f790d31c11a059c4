using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Scenarios.Workloads;

/// <summary>
/// Simulated peers that stand in an overlay grown with m = 3, on links of 10 to 100 ms, where nothing happens but what
/// somebody makes happen. The peers are the same class, behind the same seam, as in every scenario; nobody is told of
/// anything.
/// </summary>
internal sealed class QuietNetwork
{
    private const int LinksPerNewcomer = 3;

    /// <param name="options">How the peers behave, from <see cref="Quiet"/> on.</param>
    public QuietNetwork(int peers, PeerOptions options, ulong randomSeed, int threads = 1)
    {
        Plan = new AddressPlan(
            new NodeAddress(0x7F000001, 6000), seedNodes: 0, new NodeAddress(0x0A000001, 7000), peers);
        var overlay = GrownOverlay.Grow(Plan, LinksPerNewcomer, randomSeed);
        for (var peer = 0; peer < peers; peer++) Links += overlay.Degree(peer);
        Links /= 2;
        Simulation = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = Plan,
                Factories = _ => start => new Peer(options, start, overlay),
                RandomSeed = randomSeed,
                Latency = new UniformLatency(10, 100),
                Overlay = overlay,
                Threads = threads,
            },
            new NoTrace());
        for (var peer = 0; peer < peers; peer++) Simulation.StartAt(Instant.Zero, Plan[peer]);
        Simulation.RunUntil(Instant.Zero);
    }

    /// <summary>They neither ping nor refresh nor repair, and publish once each time they are told to.</summary>
    public static PeerOptions Quiet => new()
    {
        SeedNodes = [],
        RefreshInterval = PeerOptions.Never,
        RepairInterval = PeerOptions.Never,
        PingInterval = PeerOptions.Never,
        GossipInterval = TimeSpan.FromDays(30),
    };

    /// <summary>They ping every neighbor every second, and are otherwise quiet.</summary>
    public static PeerOptions Watchful => Quiet with { PingInterval = TimeSpan.FromSeconds(1), PingBusyEvery = 1 };

    public AddressPlan Plan { get; }

    /// <summary>Between two peers each.</summary>
    public long Links { get; }

    public SimulatedNetwork Simulation { get; }

    /// <summary>
    /// Deliveries of one flood: each peer passes it on to all neighbors but the one it came from, and the origin to
    /// all.
    /// </summary>
    public long DeliveriesOfFlood => (2 * Links) - Plan.Peers + 1;
}
