using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Security;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Security;

/// <summary>Whom a node lets in that speaks TLS only, and what it calls the others.</summary>
[TestFixture]
internal sealed class MutualTlsTests
{
    private ClusterAuthority authority = null!;
    private NetworkSecurity security = null!;
    private RealContractNetwork network = null!;
    private NodeAddress stranger;

    [SetUp]
    public async Task StartNode()
    {
        authority = TestKeys.Authority();
        security = authority.For(SecurityMode.MutualTls, SharedKey.Generate());
        stranger = FreeAddresses.Take(1)[0];
        network = await RealContractNetwork.StartAllAsync(
            1, RealContractNetwork.Options() with { Security = security });
    }

    [TearDown]
    public async Task StopNode()
    {
        await network.DisposeAsync();
        security.Keys.Dispose();
        authority.Dispose();
    }

    private NodeAddress Node => network.Addresses[0];

    [Test]
    public async Task Who_shows_the_certificate_of_his_address_is_heard()
    {
        using var keys = authority.Keys(stranger);
        using var member = new TlsStranger(Node);
        member.Shake(keys);

        member.Write(RawClient.Hello(stranger) + RawClient.Leave(1));

        Assert.That(member.ReadLine(), Does.Contain("HELLO").And.Not.Contain("nonce"));
        await network.UntilHeardAsync(Node, stranger, 1);
        Assert.That(network.Network.Counters.Refused, Is.Empty);
    }

    [TestCase("CERTIFICATE_EXPIRED", -3, -1)]
    [TestCase("CERTIFICATE_NOT_YET_VALID", 1, 3)]
    public async Task A_certificate_of_another_time_is_refused(string reason, int from, int until)
    {
        using var keys = authority.Keys(stranger, from, until);

        await ShownIsRefusedAsync(reason, keys);
    }

    [Test]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var other = TestKeys.Authority();
        using var keys = other.Keys(stranger);

        await ShownIsRefusedAsync("FOREIGN_AUTHORITY", keys);
    }

    [Test]
    public async Task A_certificate_of_another_cluster_is_refused()
    {
        using var other = new ClusterAuthority("others", authority.Certificate);
        using var keys = other.Keys(stranger);

        await ShownIsRefusedAsync("CERTIFICATE_OF_ANOTHER", keys);
    }

    [Test]
    public async Task Nobody_can_claim_an_address_that_his_certificate_does_not_name()
    {
        using var keys = authority.Keys(stranger);
        using var liar = new TlsStranger(Node);
        liar.Shake(keys);

        liar.Write(RawClient.Hello(FreeAddresses.Take(1)[0]) + RawClient.Leave(1));

        await RefusedAsync("CERTIFICATE_OF_ANOTHER", liar.ReadLine);
    }

    [Test]
    public async Task Who_shows_no_certificate_is_refused()
    {
        using var other = new TlsStranger(Node);
        other.Shake(shown: null);   // TLS 1.3: the client is done before the server knows who it is

        await RefusedAsync("HANDSHAKE_FAILED", () => null);
    }

    [Test]
    public async Task An_older_protocol_is_refused()
    {
        using var keys = authority.Keys(stranger);
        using var other = new TlsStranger(Node);

        Assert.That(() => other.Shake(keys, SslProtocols.Tls12), Throws.InstanceOf<Exception>());

        await RefusedAsync("HANDSHAKE_FAILED", () => null);
    }

    [Test]
    public async Task Plain_lines_are_refused()
    {
        using var other = new RawClient(Node);

        other.Write(RawClient.Hello(stranger) + RawClient.Leave(1));

        await RefusedAsync("TLS_EXPECTED", other.ReadLine);
    }

    [Test]
    public async Task A_record_that_was_changed_on_its_way_is_refused()
    {
        using var keys = authority.Keys(stranger);
        using var member = new TlsStranger(Node);
        member.Shake(keys);
        member.Write(RawClient.Hello(stranger) + RawClient.Leave(1));
        await network.UntilHeardAsync(Node, stranger, 1);

        // Application data of 64 bytes that nobody has encrypted.
        member.Wire.Write([23, 3, 3, 0, 64, .. new byte[64]]);

        await network.UntilAsync(() => network.Network.Counters.Refused.Count > 0, "it is counted");
        Assert.That(
            network.Network.Counters.Refused, Is.EqualTo(new Dictionary<string, long> { ["BAD_RECORD"] = 1 }));
    }

    [Test]
    public async Task A_handshake_that_is_held_open_ends_in_time()
    {
        var limits = new TransportLimits
        {
            HelloDeadline = TimeSpan.FromMilliseconds(100),
            SweepInterval = TimeSpan.FromMilliseconds(10),
        };
        await using var hasty = await RealContractNetwork.StartAllAsync(
            1, RealContractNetwork.Options(limits) with { Security = security });
        using var silent = new RawClient(hasty.Addresses[0]);
        using var half = new RawClient(hasty.Addresses[0]);

        half.Write([0x16, 3, 1, 2, 0, 1]);

        Assert.That(half.ReadToEnd() + silent.ReadToEnd(), Does.Not.Contain("HELLO\""));
        await hasty.UntilAsync(
            () => hasty.Network.Counters.Refused.GetValueOrDefault("HELLO_TIMEOUT") == 2, "both are counted");
    }

    [Test]
    public async Task Noise_instead_of_a_handshake_harms_nobody()
    {
        var noise = new Random(42);
        for (var round = 0; round < 50; round++)
        {
            using var other = new RawClient(Node);
            var bytes = new byte[noise.Next(1, 600)];
            noise.NextBytes(bytes);
            bytes[0] = 0x16;
            byte[] header = [0x16, 3, 1, (byte)(bytes.Length >> 8), (byte)bytes.Length];
            if (round % 2 == 0) bytes = [.. header, .. bytes];
            other.Write(bytes);
            other.Socket.Shutdown(SocketShutdown.Send);
            other.ReadToEnd();
        }

        await Who_shows_the_certificate_of_his_address_is_heardAfterNoise();
    }

    [TestCase(SecurityMode.MutualTls, SecurityMode.None)]
    [TestCase(SecurityMode.MutualTls, SecurityMode.SharedKey)]
    [TestCase(SecurityMode.SharedKey, SecurityMode.MutualTls)]
    [TestCase(SecurityMode.SharedKey, SecurityMode.None)]
    [TestCase(SecurityMode.None, SecurityMode.MutualTls)]
    public async Task Nodes_of_different_modes_hear_nothing_of_each_other(SecurityMode dialer, SecurityMode acceptor)
    {
        await using var one = await RealContractNetwork.StartAllAsync(
            1, RealContractNetwork.Options() with { Security = security with { Mode = dialer } });
        await using var other = await RealContractNetwork.StartAllAsync(
            1, RealContractNetwork.Options() with { Security = security with { Mode = acceptor } });
        var (from, to) = (one.Addresses[0], other.Addresses[0]);

        one.Do(from, (in context) => context.Send(to, new Leave(1)));

        await one.UntilLinkLostAsync(from, to);
        Assert.That(other.At(to).Messages, Is.Empty);
    }

    private async Task Who_shows_the_certificate_of_his_address_is_heardAfterNoise()
    {
        using var keys = authority.Keys(stranger);
        using var member = new TlsStranger(Node);
        member.Shake(keys);
        member.Write(RawClient.Hello(stranger) + RawClient.Leave(1));
        await network.UntilHeardAsync(Node, stranger, 1);
        Assert.That(
            network.Network.Counters.Refused.Keys, Is.SubsetOf(new[] { "HANDSHAKE_FAILED", "HELLO_TIMEOUT" }));
    }

    private async Task ShownIsRefusedAsync(string reason, NodeKeys shown)
    {
        using var other = new TlsStranger(Node);
        other.Shake(shown);
        await RefusedAsync(reason, other.ReadLine);
    }

    private async Task RefusedAsync(string reason, Func<string?> readLine)
    {
        var line = readLine();
        Assert.That(line, Is.Null.Or.Contains(reason));
        if (reason != "HANDSHAKE_FAILED") Assert.That(line, Is.Not.Null, "the other end is told why");
        await network.UntilAsync(() => network.Network.Counters.Refused.Count > 0, "it is counted");
        Assert.That(network.Network.Counters.Refused, Is.EqualTo(new Dictionary<string, long> { [reason] = 1 }));
        Assert.That(network.At(Node).Messages, Is.Empty);
    }
}
