using System.Net.Sockets;
using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Stages;
using GossipSim.Tests.RealNet;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Stages;

/// <summary>What the suite says comes to be said, whatever nodes do with connections in the meantime.</summary>
[TestFixture]
internal sealed class HandMadePeerTests
{
    private static readonly JsonObject leave = new() { ["type"] = "LEAVE", ["epoch"] = 1 };

    /// <summary>A node ends one of two connections that both ends dialed at the same time.</summary>
    [Test]
    public async Task What_is_said_on_a_connection_that_the_node_ends_at_once_is_said_on_the_next()
    {
        using var node = new RawNode();
        await using var peer = PeerBeside(node.Address);

        var said = peer.SendAsync(node.Address, leave, Patience.Limit);
        (await node.DialedAsync()).Dispose();
        using var second = await node.DialedAsync();
        second.SayHello();
        await Patience.UntilEndedAsync(said, "it is said");

        Assert.That(await second.ReadLineAsync(), Is.EqualTo(leave.ToJsonString()));
    }

    [Test]
    public async Task Who_is_not_there_is_told_when_the_time_is_over()
    {
        var nobody = FreeAddresses.Take(1)[0];
        await using var peer = PeerBeside(nobody);
        var limit = TimeSpan.FromMilliseconds(100);

        var said = peer.SendAsync(nobody, leave, limit);
        await Patience.UntilEndedAsync(Task.WhenAny(said), "it is given up");

        Assert.That(said.Exception?.InnerException, Is.InstanceOf<SocketException>());
        Assert.That(await peer.AskAsync(nobody, leave, _ => true, limit), Is.Null);
    }

    private static HandMadePeer PeerBeside(NodeAddress node)
    {
        var peer = new HandMadePeer(FreeAddresses.Take(1)[0], nodeId: 2, "tests", [node]);
        peer.Listen();
        return peer;
    }
}
