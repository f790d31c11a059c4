using System.Net;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Security;

/// <summary>Where peers take codes: seed nodes are dialed by TLS, peers by codes, whoever dials them.</summary>
[TestFixture]
internal sealed class CodesBesideTlsTests
{
    private const byte TlsHandshake = 0x16;

    private readonly KeyRing ring = new(SharedKey.Generate());
    private ClusterAuthority authority = null!;
    private NetworkSecurity security = null!;
    private RealContractNetwork network = null!;

    [SetUp]
    public async Task StartNodes()
    {
        authority = TestKeys.Authority();
        security = authority.For(SecurityMode.MutualTls, ring.First) with { PeerLinks = PeerLinkSecurity.Mac };
        network = await RealContractNetwork.StartAllAsync(
            3, RealContractNetwork.Options() with { Security = security }, seedNodes: 2);
    }

    [TearDown]
    public async Task StopNodes()
    {
        await network.DisposeAsync();
        security.Keys.Dispose();
        authority.Dispose();
    }

    private NodeAddress SeedNode => network.Addresses[0];

    private NodeAddress Peer => network.Addresses[2];

    [TestCase(0, 2)]
    [TestCase(2, 0)]
    [TestCase(0, 1)]
    public async Task Messages_arrive(int from, int to)
    {
        var (sender, receiver) = (network.Addresses[from], network.Addresses[to]);

        network.Do(sender, (in context) => context.Send(receiver, new Leave(1)));
        await network.UntilHeardAsync(receiver, sender, 1);
        network.Do(receiver, (in context) => context.Send(sender, new Leave(2)));
        await network.UntilHeardAsync(sender, receiver, 2);

        Assert.That(network.Network.Counters.Refused, Is.Empty);
    }

    /// <summary>One dials by TLS and the other by codes at the same moment: one connection stays.</summary>
    [TestCase(0, 2)]
    [TestCase(2, 0)]
    public async Task Dials_that_cross_end_in_one_link(int one, int other)
    {
        const int Rounds = 50;
        var (first, second) = (network.Addresses[one], network.Addresses[other]);

        for (var round = 1; round <= Rounds; round++)
        {
            var number = round;
            network.Do(first, (in context) => context.Send(second, new Leave(number)));
            network.Do(second, (in context) => context.Send(first, new Leave(number)));
            await network.UntilHeardAsync(second, first, number);
            await network.UntilHeardAsync(first, second, number);
            network.Do(second, (in context) => context.Close(first));
            await network.UntilAsync(() => network.At(first).LinksLost(second) == number, "the first hears the end");
        }

        var all = Enumerable.Range(1, Rounds);
        Assert.That(network.At(first).NumbersFrom(second), Is.EqualTo(all));
        Assert.That(network.At(second).NumbersFrom(first), Is.EqualTo(all));
        Assert.That(network.Network.Counters.Refused, Is.Empty);
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task Who_is_no_seed_node_is_dialed_by_codes(int dialer)
    {
        var other = FreeAddresses.Take(1)[0];

        Assert.That(await FirstByteAtAsync(other, network.Addresses[dialer]), Is.EqualTo((byte)'{'));
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task A_seed_node_is_dialed_by_Tls(int dialer)
    {
        await network.CrashAsync(SeedNode);

        Assert.That(await FirstByteAtAsync(SeedNode, network.Addresses[dialer]), Is.EqualTo(TlsHandshake));
    }

    [Test]
    public async Task A_seed_node_takes_no_hello_by_codes()
    {
        var self = FreeAddresses.Take(1)[0];
        using var keys = authority.Keys(self);
        using var stranger = new KeyedStranger(self, SeedNode, ring);

        stranger.Write(stranger.Seal(KeyedStranger.Hello(self, keys), RawClient.Leave(1)));

        Assert.That(stranger.ReadLine(), Does.Contain("TLS_EXPECTED"));
        await network.UntilAsync(() => network.Network.Counters.Refused.Count > 0, "it is counted");
        Assert.That(network.At(SeedNode).Messages, Is.Empty);
        Assert.That(
            network.Network.Counters.Refused, Is.EqualTo(new Dictionary<string, long> { ["TLS_EXPECTED"] = 1 }));
    }

    /// <summary>Whoever has the shared key and shows the seed node's certificate, which is no secret.</summary>
    [Test]
    public async Task Nobody_speaks_for_a_seed_node_by_codes()
    {
        var certificate = security.Keys.Of(SeedNode);
        using var liar = new KeyedStranger(FreeAddresses.Take(1)[0], Peer, ring);

        liar.Write(liar.Seal(KeyedStranger.Hello(SeedNode, certificate), RawClient.Leave(1)));

        Assert.That(liar.ReadLine(), Does.Contain("UNCONFIRMED_ADDRESS"));
        await network.UntilAsync(() => network.Network.Counters.Refused.Count > 0, "it is counted");
        Assert.That(network.At(Peer).Messages, Is.Empty);
        Assert.That(
            network.Network.Counters.Refused,
            Is.EqualTo(new Dictionary<string, long> { ["UNCONFIRMED_ADDRESS"] = 1 }));
    }

    /// <summary>What a node that dials there says first.</summary>
    private async Task<byte> FirstByteAtAsync(NodeAddress there, NodeAddress dialer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, there.Port);
        listener.Start();
        network.Do(dialer, (in context) => context.Send(there, new Leave(1)));
        using var dialed = await listener.AcceptSocketAsync().WaitAsync(Patience.Limit);
        var first = new byte[1];
        await dialed.ReceiveAsync(first).WaitAsync(Patience.Limit);
        return first[0];
    }
}
