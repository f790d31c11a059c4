using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Workloads;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Workloads;

/// <summary>A delivery allocates nothing: neither its event, nor its place in the queue, nor at the peer.</summary>
[TestFixture]
internal sealed class FloodAllocationTests
{
    private const int Peers = 300;
    private const int Floods = 40;

    [Test]
    public void A_flood_through_a_network_that_is_warm_allocates_next_to_nothing()
    {
        var network = new QuietNetwork(
            Peers, QuietNetwork.Quiet with { MaxMessagesPerPeer = int.MaxValue }, randomSeed: 1);
        var simulation = network.Simulation;
        // Message Lists grow until they are full of texts, and the queue of distant timers has doubled by then.
        var floods = 0;
        while (floods < MessageList.TextLimit + Floods) Flood(network, floods++);
        var before = (simulation.Messages, Bytes: GC.GetAllocatedBytesForCurrentThread());

        for (var last = floods + Floods; floods < last; floods++) Flood(network, floods);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before.Bytes;
        var deliveries = simulation.Messages - before.Messages;
        Assert.That(deliveries, Is.EqualTo(Floods * network.DeliveriesOfFlood));
        // Each flood has a message with its texts, and what asks for it: that is made once, not for each delivery.
        Assert.That(allocated, Is.LessThan(2_000 * Floods));
        Assert.That((double)allocated / deliveries, Is.LessThan(1), "bytes a delivery");
    }

    private static void Flood(QuietNetwork network, int number)
    {
        network.Simulation.Inject(network.Plan[number % Peers], new ProtocolTimer(TimerKind.StartPublishing));
        network.Simulation.RunUntil(network.Simulation.Now + TimeSpan.FromSeconds(2));
    }
}
