using System.Net;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

[TestFixture]
internal sealed class RealNetworkTests
{
    [Test]
    public async Task A_port_in_use_is_named_and_nothing_stays_open()
    {
        await using var network = new RealContractNetwork(3);
        var taken = network.Addresses[2];
        using var other = new TcpListener(IPAddress.Loopback, taken.Port);
        other.Start();

        var error = await Assert.ThrowsAsync<PortInUseException>(network.Network.OpenAsync);

        Assert.That(error!.Address, Is.EqualTo(taken));
        Assert.That(error.Message, Does.Contain(taken.ToString()));
        foreach (var address in network.Addresses.Where(address => address != taken)) AssertFree(address);
    }

    [Test]
    public async Task After_a_stop_all_ports_are_free()
    {
        var network = await RealContractNetwork.StartAllAsync(3);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.Do(a, (in context) => context.Send(b, new Leave(1)));
        await network.UntilHeardAsync(b, a, 1);

        await network.Network.StopAsync();
        await network.Network.StopAsync();

        foreach (var address in network.Addresses) AssertFree(address);
    }

    [Test]
    public async Task A_dial_to_a_closed_port_is_told_as_a_link_that_ended()
    {
        await using var network = await RealContractNetwork.StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        await network.CrashAsync(b);

        network.Do(a, (in context) => context.Send(b, new Leave(1)));
        await network.UntilLinkLostAsync(a, b);

        Assert.That(network.Events.Single(entry => entry.Event.Kind == EventKind.ProcessCrashed).Node, Is.EqualTo(b));
    }

    [Test]
    public async Task A_connection_to_a_seed_node_closes_when_idle_and_nobody_is_told()
    {
        var limits = new TransportLimits
        {
            ExchangeIdle = TimeSpan.FromMilliseconds(30),
            SweepInterval = TimeSpan.FromMilliseconds(5),
        };
        await using var network = await RealContractNetwork.StartAllAsync(
            2, RealContractNetwork.Options(limits), seedNodes: 1);
        var (seedNode, peer) = (network.Addresses[0], network.Addresses[1]);
        network.At(seedNode).OnHeard = (in envelope, in context) => context.Send(envelope.From, envelope.Message);

        // Intervals around the idle time, so that messages race with closes.
        var random = new NodeRandom(7);
        for (var number = 0; number < 60; number++)
        {
            var told = number;
            network.Do(peer, (in context) => context.Send(seedNode, new Leave(told)));
            await Task.Delay(random.Next(3) == 0 ? 1 + random.Next(4) : 25 + random.Next(20));
        }

        await network.UntilHeardAsync(peer, seedNode, 59);

        Assert.That(network.At(seedNode).NumbersFrom(peer), Is.EqualTo(Enumerable.Range(0, 60)));
        Assert.That(network.At(peer).NumbersFrom(seedNode), Is.EqualTo(Enumerable.Range(0, 60)));
        Assert.That(network.At(peer).LinksLost(seedNode) + network.At(seedNode).LinksLost(peer), Is.Zero);
        Assert.That(network.Network.Counters.ConnectionsOpened, Is.GreaterThan(10), "both ends of several connections");
    }

    [Test]
    public async Task A_connection_between_peers_stays_open_when_idle()
    {
        var limits = new TransportLimits
        {
            ExchangeIdle = TimeSpan.FromMilliseconds(10),
            SweepInterval = TimeSpan.FromMilliseconds(5),
        };
        await using var network = await RealContractNetwork.StartAllAsync(2, RealContractNetwork.Options(limits));
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.Do(a, (in context) => context.Send(b, new Leave(1)));
        await network.UntilHeardAsync(b, a, 1);
        var begun = network.Network.Now;
        await network.UntilAsync(() => (network.Network.Now - begun).TotalMilliseconds > 60, "several idle times pass");

        network.Do(a, (in context) => context.Send(b, new Leave(2)));
        await network.UntilHeardAsync(b, a, 2);

        Assert.That(network.Network.Counters.ConnectionsOpened, Is.EqualTo(2), "one connection, both ends counted");
    }

    [Test]
    public async Task A_slow_reader_costs_the_sender_gossip_and_at_last_the_link_but_no_control_message()
    {
        var limits = new TransportLimits
        {
            OutboxMessages = 50,
            MailboxMessages = 10,
            FullOutboxDeadline = TimeSpan.FromMilliseconds(200),
            SweepInterval = TimeSpan.FromMilliseconds(10),
        };
        await using var network = await RealContractNetwork.StartAllAsync(2, RealContractNetwork.Options(limits));
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.Do(a, (in context) => context.Send(b, new Leave(1)));
        await network.UntilHeardAsync(b, a, 1);
        network.Network.Pause(b);
        var gossip = new Gossip("id", a, 1, 1, new string('x', 30_000));

        await network.UntilAsync(
            () =>
            {
                network.Do(a, (in context) => context.Send(b, gossip));
                return network.At(a).LinksLost(b) > 0;
            },
            "the link is broken by all that is sent on it");

        network.Network.Resume(b);
        await network.UntilLinkLostAsync(b, a);

        Assert.That(network.Network.Counters.MessagesDropped, Is.Positive);
        Assert.That(
            network.Events.Where(entry => entry.Event.Kind == EventKind.OutboxDropped).Sum(entry => entry.Event.Number),
            Is.EqualTo(network.Network.Counters.MessagesDropped));
        Assert.That(network.Events.Select(entry => entry.Event.Kind),
            Does.Contain(EventKind.ProcessPaused).And.Contain(EventKind.ProcessResumed));
    }


    [TestCase(true)]
    [TestCase(false)]
    public async Task A_restarted_node_finds_its_disk_as_the_fault_left_it(bool onDisk)
    {
        var directory = Directory.CreateTempSubdirectory("gossipsim-disk-").FullName;
        var options = RealContractNetwork.Options() with { DiskDirectory = onDisk ? directory : null };
        await using (var network = await RealContractNetwork.StartAllAsync(2, options, seedNodes: 1))
        {
            var (seedNode, peer) = (network.Addresses[0], network.Addresses[1]);
            network.Do(seedNode, (in context) =>
            {
                context.Persist(new StoreRecord(5));
                context.Send(peer, new Leave(1));
            });
            await network.UntilHeardAsync(peer, seedNode, 1);

            foreach (var disk in new[] { DiskAtRestart.Kept, DiskAtRestart.Torn, DiskAtRestart.Empty })
            {
                await network.CrashAsync(seedNode);
                await network.Network.RestartAsync(seedNode, disk);
                var expected = disk == DiskAtRestart.Empty ? [] : new[] { new StoreRecord(5) };
                Assert.That(network.At(seedNode).Start.Disk, Is.EqualTo(expected), disk.ToString());
            }
        }

        Directory.Delete(directory, recursive: true);
    }

    [Test]
    public async Task A_process_that_is_paused_before_its_first_input_can_be_killed()
    {
        await using var network = new RealContractNetwork(1);
        var node = network.Addresses[0];
        await network.Network.OpenAsync();
        for (var round = 0; round < 200; round++)
        {
            var starting = network.StartAsync(node);
            network.Network.Pause(node);
            var crashing = network.CrashAsync(node);
            network.Network.Pause(node);
            await Patience.UntilEndedAsync(Task.WhenAll(starting, crashing), $"start and crash number {round}");
        }
    }

    [Test]
    public void Descriptors_needed_follow_the_formula()
    {
        var need = DescriptorNeed.Of(peers: 200, linksPerPeer: 3, seedNodes: 3);

        Assert.That(need.Needed, Is.EqualTo((200 * 7) + (3 * 129) + 200));
        Assert.That(need.Limit, Is.Positive);
        Assert.That(DescriptorNeed.Of(int.MaxValue, 100, 3).IsMet, Is.EqualTo(need.Limit == long.MaxValue));
    }

    private static void AssertFree(NodeAddress address)
    {
        var listener = new TcpListener(IPAddress.Loopback, address.Port);
        Assert.That(listener.Start, Throws.Nothing, $"{address} is free");
        listener.Stop();
    }
}
