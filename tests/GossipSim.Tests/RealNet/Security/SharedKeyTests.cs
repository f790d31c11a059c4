using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Security;

/// <summary>What a node with a shared key takes for the truth, and what it calls everything else.</summary>
[TestFixture]
internal sealed class SharedKeyTests
{
    private ClusterAuthority authority = null!;
    private KeyRing ring = null!;
    private RealContractNetwork network = null!;
    private NodeAddress stranger;
    private NodeKeys keys = null!;

    [SetUp]
    public async Task StartNode()
    {
        var shared = SharedKey.Generate();
        (authority, ring) = (TestKeys.Authority(), new KeyRing(shared));
        stranger = FreeAddresses.Take(1)[0];
        keys = authority.Keys(stranger);
        var node = FreeAddresses.Take(1);
        network = new RealContractNetwork(node, RealContractNetwork.Options() with
        {
            Security = authority.For(SecurityMode.SharedKey, shared),
        });
        await network.Network.OpenAsync();
        await network.StartAsync(Node);
    }

    [TearDown]
    public async Task StopNode()
    {
        await network.DisposeAsync();
        authority.Dispose();
        keys.Dispose();
    }

    private NodeAddress Node => network.Addresses[0];

    [Test]
    public async Task Sealed_lines_are_heard_in_their_order()
    {
        using var member = new KeyedStranger(stranger, Node, ring);

        Assert.That(member.Greet(keys), Does.Contain("\"type\":\"HELLO\"").And.Contains("\"certificate\":"));
        member.Write(Leave(member, 1), Leave(member, 2), Leave(member, 3));

        await network.UntilHeardAsync(Node, stranger, 3);
        Assert.That(network.At(Node).NumbersFrom(stranger), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(network.Network.Counters.Refused, Is.Empty);
    }

    [Test]
    public Task A_line_that_was_changed_on_its_way_is_refused() => RefusedAsync("BAD_MAC", member =>
    {
        var line = Leave(member, 7);
        line[Encoding.UTF8.GetString(line).LastIndexOf('7')] = (byte)'8';
        return [line];
    });

    /// <summary>What is read of a HELLO before its certificate was judged must not fail.</summary>
    [TestCase("certificate\":\"\\ud800")]
    [TestCase("certificate\":\"\\udc00\\ud800")]
    [TestCase("\\ud800\":\"")]
    public void A_hello_with_half_a_character_is_refused(string field)
    {
        using var member = new KeyedStranger(stranger, Node, ring);

        var hello = RawClient.Hello(stranger).Replace("}\n", $",\"{field}\"}}\n", StringComparison.Ordinal);
        member.Write(member.Seal(hello));

        Assert.That(member.ReadAnyLine(), Does.Contain("MALFORMED_FIELDS"));
        Assert.That(network.Network.Counters.InternalErrors, Is.Zero);
    }

    [Test]
    public Task A_line_that_comes_twice_is_refused() => RefusedAsync("REPLAYED_FRAME", member =>
    {
        var line = Leave(member, 1);
        return [line, line];
    }, heard: 1);

    [Test]
    public Task A_hello_that_comes_twice_is_refused() => RefusedAsync(
        "REPLAYED_FRAME", _ => [hello!]);

    [Test]
    public Task Lines_that_overtook_are_refused() => RefusedAsync("FRAME_OUT_OF_ORDER", member =>
    {
        var (first, second) = (Leave(member, 1), Leave(member, 2));
        return [second, first];
    });

    [Test]
    public Task A_line_that_is_missing_is_noticed() => RefusedAsync("FRAME_OUT_OF_ORDER", member =>
    {
        Leave(member, 1);
        return [Leave(member, 2)];
    });

    [Test]
    public Task A_line_of_the_node_itself_is_refused() => RefusedAsync(
        "REFLECTED_FRAME", member => [member.LastFrame]);

    [Test]
    public Task A_line_without_a_code_is_refused() => RefusedAsync(
        "MAC_EXPECTED", _ => [Encoding.UTF8.GetBytes(RawClient.Leave(1))]);

    [TestCase("two lines change places", 1, 0, 2)]
    [TestCase("one is missing", 0, 2)]
    [TestCase("one comes twice", 0, 0, 2)]
    public Task Nothing_of_a_frame_is_heard_when_one_of_its_lines_was_meddled_with(string how, params int[] lines) =>
        RefusedAsync("BAD_MAC", member =>
        {
            string[] all = [RawClient.Leave(1), RawClient.Leave(2), RawClient.Leave(3)];
            var header = Encoding.UTF8.GetString(member.Seal(all)).Split('\n')[0];
            var (bytes, changed) = (string.Concat(all).Length, string.Concat(lines.Select(line => all[line])));
            header = header.Replace($":{bytes}}}", $":{changed.Length}}}", StringComparison.Ordinal);
            return [Encoding.UTF8.GetBytes($"{header}\n{changed}")];
        });

    [Test]
    public Task A_frame_that_announces_more_than_a_line_may_have_is_refused_at_once() =>
        RefusedAsync("LINE_TOO_LONG", member =>
        {
            var frame = Encoding.UTF8.GetString(member.Seal(RawClient.Leave(1)));
            var length = RawClient.Leave(1).Length;
            return [Encoding.UTF8.GetBytes(frame.Replace($":{length}}}", ":65536}", StringComparison.Ordinal))];
        });

    [Test]
    public async Task A_frame_is_heard_in_whatever_pieces_it_comes_and_not_when_its_end_never_comes()
    {
        using (var member = new KeyedStranger(stranger, Node, ring))
        {
            member.Greet(keys);
            foreach (var piece in member.Seal(RawClient.Leave(1), RawClient.Leave(2))) member.Write([[piece]]);
            await network.UntilHeardAsync(Node, stranger, 2);
            member.Write(member.Seal(RawClient.Leave(3), RawClient.Leave(4))[..^1]);
            member.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            await network.UntilLinkLostAsync(Node, stranger);
        }

        Assert.That(network.At(Node).NumbersFrom(stranger), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task A_line_of_another_connection_is_refused()
    {
        using var first = new KeyedStranger(stranger, Node, ring);
        first.Greet(keys);
        var recorded = Leave(first, 1);
        first.Write(recorded);
        await network.UntilHeardAsync(Node, stranger, 1);
        first.Dispose();
        await network.UntilLinkLostAsync(Node, stranger);

        await RefusedAsync("BAD_MAC", _ => [recorded], heard: 1);
    }

    [Test]
    public async Task A_recorded_hello_does_not_make_a_link()
    {
        using (var first = new KeyedStranger(stranger, Node, ring))
        {
            hello = first.Seal(KeyedStranger.Hello(stranger, keys));
            first.Write(hello);
            Assert.That(first.ReadLine(), Does.Contain("HELLO"));
        }

        // Nobody listens there any more who could vouch for it.
        using var replayer = new RawClient(Node);
        replayer.Write(hello);

        Assert.That(replayer.ReadToEnd(), Does.Contain("UNCONFIRMED_ADDRESS"));
    }

    [Test]
    public async Task Another_cluster_with_the_same_key_is_refused()
    {
        using var other = new KeyedStranger(stranger, Node, ring, cluster: "others");

        other.Write(other.Seal(KeyedStranger.Hello(stranger, keys)));

        await RefusedAsync("BAD_MAC", other);
    }

    [Test]
    public async Task A_key_that_is_not_in_the_ring_is_refused_by_its_name()
    {
        using var other = new KeyedStranger(stranger, Node, new KeyRing(SharedKey.Generate()));

        other.Write(other.Seal(KeyedStranger.Hello(stranger, keys)));

        await RefusedAsync("UNKNOWN_KEY", other);
    }

    [TestCase("MAC_EXPECTED", false)]
    [TestCase("TLS_UNEXPECTED", true)]
    public async Task Who_has_no_key_is_refused(string reason, bool speaksTls)
    {
        using var other = new KeyedStranger(stranger, Node, ring);

        other.Write(speaksTls ? [[0x16, 3, 1, 0, 200]] : [Encoding.UTF8.GetBytes(RawClient.Hello(stranger))]);

        await RefusedAsync(reason, other);
    }

    [TestCase("CERTIFICATE_EXPIRED", -3, -1)]
    [TestCase("CERTIFICATE_NOT_YET_VALID", 1, 3)]
    public async Task A_certificate_of_another_time_is_refused(string reason, int from, int until)
    {
        using var late = authority.Keys(stranger, from, until);

        await HelloRefusedAsync(reason, late);
    }

    [Test]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var other = TestKeys.Authority();
        using var foreign = other.Keys(stranger);

        await HelloRefusedAsync("FOREIGN_AUTHORITY", foreign);
    }

    [Test]
    public async Task A_certificate_of_another_address_is_refused()
    {
        using var others = authority.Keys(FreeAddresses.Take(1)[0]);

        await HelloRefusedAsync("CERTIFICATE_OF_ANOTHER", others);
    }

    [Test]
    public Task A_hello_without_a_certificate_is_refused() => HelloRefusedAsync("CERTIFICATE_EXPECTED", null);

    private byte[]? hello;

    private static byte[] Leave(KeyedStranger member, int number) => member.Seal(RawClient.Leave(number));

    private async Task HelloRefusedAsync(string reason, NodeKeys? shown)
    {
        using var other = new KeyedStranger(stranger, Node, ring);
        other.Write(other.Seal(KeyedStranger.Hello(stranger, shown)));
        Assert.That(other.ReadLine(), Does.Contain($"\"reason\":\"{reason}\""));
        await RefusedAsync(reason, other);
    }

    /// <summary>After a good HELLO something is said that is refused.</summary>
    private async Task RefusedAsync(string reason, Func<KeyedStranger, byte[][]> lines, int heard = 0)
    {
        using var member = new KeyedStranger(stranger, Node, ring);
        hello = member.Seal(KeyedStranger.Hello(stranger, keys));
        member.Write(hello);
        Assert.That(member.ReadLine(), Does.Contain("HELLO"));
        member.Write(lines(member));
        Assert.That(member.ReadLine(), Does.Contain($"\"reason\":\"{reason}\""));
        await RefusedAsync(reason, member);
        Assert.That(network.At(Node).Messages.Count(), Is.EqualTo(heard));
    }

    private async Task RefusedAsync(string reason, KeyedStranger other)
    {
        while (other.ReadAnyLine() is { } line) Assert.That(line, Does.Contain(reason));
        await network.UntilAsync(() => network.Network.Counters.Refused.Count > 0, "it is counted");
        Assert.That(network.Network.Counters.Refused, Is.EqualTo(new Dictionary<string, long> { [reason] = 1 }));
    }
}
