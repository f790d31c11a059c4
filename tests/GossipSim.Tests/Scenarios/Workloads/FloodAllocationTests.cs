using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Workloads;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Workloads;

/// <summary>A delivery allocates nothing: neither its event, nor its place in the queue, nor at the peer.</summary>
[TestFixture]
internal sealed class FloodAllocationTests
{
    private const int Peers = 300;
    private const int Links = 6 + (3 * (Peers - 4));
    private const int Floods = 40;

    private readonly AddressPlan plan = new(Cast.SeedNode(0), 0, Cast.Peer(0), Peers);

    [Test]
    public void A_flood_through_a_network_that_is_warm_allocates_next_to_nothing()
    {
        var network = Start();
        // Message Lists grow until they are full of texts, and the queue of distant timers has doubled by then.
        var floods = 0;
        while (floods < MessageList.TextLimit + Floods) Flood(network, floods++);
        var before = (network.Messages, Bytes: GC.GetAllocatedBytesForCurrentThread());

        for (var last = floods + Floods; floods < last; floods++) Flood(network, floods);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before.Bytes;
        var deliveries = network.Messages - before.Messages;
        Assert.That(deliveries, Is.EqualTo((long)Floods * ((2 * Links) - Peers + 1)));
        // Each flood has a message with its texts, and what asks for it: that is made once, not for each delivery.
        Assert.That(allocated, Is.LessThan(2_000 * Floods));
        Assert.That((double)allocated / deliveries, Is.LessThan(1), "bytes a delivery");
    }

    private void Flood(SimulatedNetwork network, int number)
    {
        network.Inject(plan[number % Peers], new ProtocolTimer(TimerKind.StartPublishing));
        network.RunUntil(network.Now + TimeSpan.FromSeconds(2));
    }

    private SimulatedNetwork Start()
    {
        var overlay = GrownOverlay.Grow(plan, m: 3, randomSeed: 1);
        var options = new PeerOptions
        {
            SeedNodes = [],
            RefreshInterval = PeerOptions.Never,
            RepairInterval = PeerOptions.Never,
            PingInterval = PeerOptions.Never,
            GossipInterval = TimeSpan.FromDays(365),
            MaxMessagesPerPeer = int.MaxValue,
        };
        var network = new SimulatedNetwork(
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
        return network;
    }

    private sealed class NoTrace : ITrace
    {
        public bool Wants(EventKind kind) => false;

        public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
        {
        }
    }
}
