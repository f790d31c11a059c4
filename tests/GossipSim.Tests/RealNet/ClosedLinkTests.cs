using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>What becomes of the last messages of a link that its node closed, and of the next link's.</summary>
[TestFixture]
internal sealed class ClosedLinkTests
{
    [Test]
    public async Task What_a_closed_link_could_not_send_does_not_come_after_what_is_sent_on_the_next()
    {
        await using var network = await RealContractNetwork.StartAllAsync(1);
        using var other = new RawNode();
        var node = network.Addresses[0];
        network.Do(node, (in context) =>
        {
            context.Send(other.Address, new Leave(1));
            context.Close(other.Address);
            context.Send(other.Address, new Leave(2));
        });
        using var unanswered = await other.DialedAsync();

        // The node hears of a dial by the other, and of the end of its own, before it hears that the other's ended.
        network.Network.Pause(node);
        await network.UntilAsync(
            () => network.Events.Any(entry => entry.Event.Kind == EventKind.ProcessPaused), "it stands still");
        using var rival = new RawClient(node);
        rival.Write(RawClient.Hello(other.Address));
        await network.UntilAsync(() => network.Network.Counters.ConnectionsOpened == 1, "it was vouched for");
        await unanswered.EndAsync();
        rival.Socket.Shutdown(SocketShutdown.Send);
        Assert.That(rival.ReadToEnd(), Is.Empty);
        network.Network.Resume(node);

        // What is dialed because of that comes before what is dialed after it.
        using var next = await other.DialedAsync();
        next.SayHello();
        var heard = new List<string> { (await next.ReadLineAsync())! };
        network.Do(node, (in context) =>
        {
            context.Close(other.Address);
            context.Send(other.Address, new Leave(3));
        });
        while (!heard[^1].Contains(":3", StringComparison.Ordinal))
        {
            using var later = await other.DialedAsync();
            later.SayHello();
            heard.Add((await later.ReadLineAsync())!);
        }

        Assert.That(heard.Select(line => line.Split(':')[^1].TrimEnd('}')), Is.EqualTo(new[] { "2", "3" }));
    }

    [Test]
    public async Task What_was_sent_before_a_close_leaves_though_the_other_end_finds_the_exchange_idle()
    {
        const int Bulk = 700;   // times 30 kB: more than the kernel takes from one end and keeps for the other
        var limits = new TransportLimits
        {
            OutboxMessages = 2 * Bulk, OutboxBytes = int.MaxValue, ClosingDeadline = Patience.Limit,
        };
        await using var network = await RealContractNetwork.StartAllAsync(2, RealContractNetwork.Options(limits));
        using var other = new RawNode();
        var (node, witness) = (network.Addresses[0], network.Addresses[1]);
        network.Do(node, (in context) => context.Send(other.Address, new Leave(1)));
        using var link = await other.DialedAsync();
        link.SayHello();
        Assert.That(await link.ReadLineAsync(), Does.Contain("LEAVE"));
        var gossip = new Gossip("id", node, 1, 1, new string('x', 30_000));
        network.Do(node, (in context) =>
        {
            for (var number = 0; number < Bulk; number++) context.Send(other.Address, gossip);
            context.Close(other.Address);
            context.Send(witness, new Leave(1));
        });
        await network.UntilHeardAsync(witness, node, 1);

        var before = network.Network.Counters.FramesReceived;
        link.Write("""{"type":"ERROR","reason":"IDLE"}""" + "\n");
        await network.UntilAsync(() => network.Network.Counters.FramesReceived > before, "it is read");
        var heard = 0;
        while (await link.ReadLineAsync() is not null) heard++;

        Assert.That(heard, Is.EqualTo(Bulk));
    }
}
