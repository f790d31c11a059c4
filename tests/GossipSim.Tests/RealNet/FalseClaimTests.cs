using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>Somebody dials and says that he is somebody else.</summary>
[TestFixture]
internal sealed class FalseClaimTests
{
    private const string Unconfirmed = """{"type":"ERROR","reason":"UNCONFIRMED_ADDRESS"}""" + "\n";

    [TestCase(false)]
    [TestCase(true)]
    public async Task Nobody_can_speak_for_a_live_node_or_push_its_link_aside(bool isLinked)
    {
        await using var network = await RealContractNetwork.StartAllAsync(2, seedNodes: 2);
        var (node, genuine) = (network.Addresses[0], network.Addresses[1]);
        if (isLinked)
        {
            network.Do(genuine, (in context) => context.Send(node, new Leave(1)));
            await network.UntilHeardAsync(node, genuine, 1);
        }

        foreach (var nodeId in new[] { 1UL, network.Network.NodeIdAt(genuine)!.Value.Value })
        {
            using var liar = new RawClient(node);
            liar.Write(RawClient.Hello(genuine, nodeId: nodeId) + RawClient.Leave(666));
            Assert.That(liar.ReadToEnd(), Is.EqualTo(Unconfirmed));
        }

        network.Do(genuine, (in context) => context.Send(node, new Leave(2)));
        await network.UntilHeardAsync(node, genuine, 2);
        Assert.That(network.At(node).NumbersFrom(genuine), Is.EqualTo(isLinked ? new[] { 1, 2 } : [2]));
        Assert.That(network.At(node).LinksLost(genuine) + network.At(genuine).LinksLost(node), Is.Zero);
        var refused = new Dictionary<string, long> { ["UNCONFIRMED_ADDRESS"] = 2 };
        Assert.That(network.Network.Counters.Refused, Is.EqualTo(refused));
        Assert.That(network.Events.Count(entry => entry.Event.Kind == EventKind.InputRefused), Is.EqualTo(2));
    }

    [TestCase(Vouching.No)]
    [TestCase(null)]
    public async Task A_claim_that_nobody_vouches_for_is_refused(Vouching? vouching)
    {
        await using var network = await RealContractNetwork.StartAllAsync(1);
        var node = network.Addresses[0];
        var claimed = vouching is { } answer ? new RawListener(answer).Address : FreeAddresses.Take(1)[0];
        using var liar = new RawClient(node);

        liar.Write(RawClient.Hello(claimed) + RawClient.Leave(1));

        Assert.That(liar.ReadToEnd(), Is.EqualTo(Unconfirmed));
        Assert.That(network.At(node).Messages, Is.Empty);
    }

    [Test]
    public async Task Silence_where_a_claim_points_to_costs_nobody_else_anything()
    {
        // As long as the liar is not let go, whoever comes must be answered beside it.
        var limits = new TransportLimits { HelloDeadline = Patience.Limit };
        await using var network = await RealContractNetwork.StartAllAsync(1, RealContractNetwork.Options(limits));
        var node = network.Addresses[0];
        var silent = new RawListener(Vouching.Silent);
        using var liar = new RawClient(node);
        liar.Write(RawClient.Hello(silent.Address));
        await network.UntilAsync(() => silent.Questions == 1, "the address is asked");

        using var honest = new RawClient(node);
        honest.Write(RawClient.Hello(new RawListener().Address));

        Assert.That(honest.ReadLine(), Does.Contain("HELLO"));
        Assert.That(liar.Socket.Poll(0, SelectMode.SelectRead), Is.False, "the liar was neither answered nor let go");
    }

    [Test]
    public async Task Silence_where_a_claim_points_to_ends_the_claim_in_time()
    {
        var limits = new TransportLimits
        {
            HelloDeadline = TimeSpan.FromMilliseconds(100),
            SweepInterval = TimeSpan.FromMilliseconds(10),
        };
        await using var network = await RealContractNetwork.StartAllAsync(1, RealContractNetwork.Options(limits));
        using var liar = new RawClient(network.Addresses[0]);

        liar.Write(RawClient.Hello(new RawListener(Vouching.Silent).Address));

        Assert.That(liar.ReadToEnd(), Does.Contain("HELLO_TIMEOUT"));
    }

    [Test]
    public async Task Who_dials_in_between_gets_nothing_of_what_is_sent_to_a_dead_node()
    {
        await using var network = await RealContractNetwork.StartAllAsync(2, seedNodes: 1);
        var (seedNode, victim) = (network.Addresses[0], network.Addresses[1]);
        await network.CrashAsync(victim);
        var liars = Enumerable.Range(0, 20).Select(_ => new RawClient(seedNode)).ToList();
        foreach (var liar in liars) liar.Write(RawClient.Hello(victim) + RawClient.Leave(1));

        // As a seed node probes: whatever link there is ends, and the next message dials anew.
        network.Do(seedNode, (in context) =>
        {
            context.Close(victim);
            context.Send(victim, new Ping(Digest: null));
        });

        await network.UntilLinkLostAsync(seedNode, victim);
        foreach (var liar in liars) Assert.That(liar.ReadToEnd(), Is.EqualTo(Unconfirmed));
        Assert.That(network.At(seedNode).Messages, Is.Empty);
        foreach (var liar in liars) liar.Dispose();
    }

    [Test]
    public async Task A_node_vouches_for_the_connections_that_it_dialed_and_for_no_others()
    {
        await using var network = await RealContractNetwork.StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.Do(a, (in context) => context.Send(b, new Leave(1)));
        await network.UntilHeardAsync(b, a, 1);

        for (var port = 1; port < 1000; port += 99)
        {
            using var asker = new RawClient(a);
            asker.Write($$"""{"type":"CHALLENGE","asker":"{{b}}","port":{{port}}}""" + "\n");
            Assert.That(asker.ReadToEnd(), Is.EqualTo("""{"type":"CONFIRMATION","dialed":false}""" + "\n"));
        }

        Assert.That(network.Network.Counters.Refused, Is.Empty);
    }

    [TestCase(20, 1000)]
    [TestCase(1000, 20)]
    public async Task A_flood_of_strangers_leaves_links_alone_and_newcomers_find_room(int ofOneNode, int ofAll)
    {
        var limits = new TransportLimits { PeerConnections = ofOneNode, Connections = ofAll };
        await using var network = await RealContractNetwork.StartAllAsync(3, RealContractNetwork.Options(limits));
        var (node, member, newcomer) = (network.Addresses[0], network.Addresses[1], network.Addresses[2]);
        network.Do(member, (in context) => context.Send(node, new Leave(1)));
        await network.UntilHeardAsync(node, member, 1);

        var flood = Enumerable.Range(0, 200).Select(_ => new RawClient(node)).ToList();
        network.Do(newcomer, (in context) => context.Send(node, new Leave(2)));
        await network.UntilHeardAsync(node, newcomer, 2);
        network.Do(member, (in context) => context.Send(node, new Leave(3)));
        await network.UntilHeardAsync(node, member, 3);

        Assert.That(network.At(node).Log.Select(entry => entry.Kind), Has.None.EqualTo("linkDown"));
        await network.UntilAsync(
            () => network.Network.Counters.Refused.GetValueOrDefault("TOO_MANY_CONNECTIONS") >= 180,
            "strangers gave way");
        foreach (var client in flood) client.Dispose();
    }
}
