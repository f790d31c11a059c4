using System.Net.Sockets;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

[TestFixture]
internal sealed class HostileInputTests
{
    private static readonly NodeAddress stranger = new RawListener().Address;

    [Test]
    public async Task Lines_are_read_whatever_pieces_they_come_in()
    {
        await using var network = await RealContractNetwork.StartAllAsync(1);
        var node = network.Addresses[0];
        using var client = new RawClient(node);
        var bytes = Encoding.UTF8.GetBytes(
            RawClient.Hello(stranger) + RawClient.Leave(1).Replace("\n", "\r\n", StringComparison.Ordinal)
            + RawClient.Leave(2) + RawClient.Leave(3));

        foreach (var one in bytes[..^30]) client.Write([one]);
        client.Write(bytes[^30..]);
        await network.UntilHeardAsync(node, stranger, 3);

        Assert.That(network.At(node).NumbersFrom(stranger), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(client.ReadLine(), Does.StartWith("""{"type":"HELLO","cluster":"tests","address":"127.0.0.1:"""));
    }

    [Test]
    public async Task The_other_end_that_goes_is_told_after_its_last_message()
    {
        await using var network = await RealContractNetwork.StartAllAsync(1);
        var node = network.Addresses[0];
        using (var client = new RawClient(node))
        {
            client.Write(RawClient.Hello(stranger) + RawClient.Leave(1) + """{"type":"LEA""");
            client.ReadLine();
        }

        await network.UntilLinkLostAsync(node, stranger);

        Assert.That(
            network.At(node).Log.Select(entry => entry.Kind), Is.EqualTo(new[] { "start", "message", "linkDown" }));
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        var hello = RawClient.Hello(stranger);
        yield return new TestCaseData("GET / HTTP/1.1\r\n\r\n", "INVALID_JSON");
        yield return new TestCaseData(RawClient.Leave(1), "HELLO_EXPECTED");
        yield return new TestCaseData(RawClient.Hello(stranger, cluster: "others"), "WRONG_CLUSTER");
        yield return new TestCaseData(RawClient.Hello(NodeAddress.Parse("10.0.0.1:9")), "WRONG_ADDRESS");
        yield return new TestCaseData(hello + hello, "SECOND_HELLO");
        yield return new TestCaseData(hello + """{"type":"NOPE"}""" + "\n", "UNKNOWN_TYPE");
        yield return new TestCaseData(hello + """{"type":"LEAVE","epoch":"x"}""" + "\n", "MALFORMED_FIELDS");
        yield return new TestCaseData(hello + """{"type":"LEAVE","epoch":1e99}""" + "\n", "NUMBER_OUT_OF_RANGE");
        yield return new TestCaseData(hello + "{\"a\":" + new string('[', 5000) + "\n", "TOO_DEEP");
        yield return new TestCaseData(hello + new string('x', 70_000), "LINE_TOO_LONG");
        yield return new TestCaseData(hello + new string(' ', 70_000) + "\n", "LINE_TOO_LONG");
    }

    [TestCaseSource(nameof(Refused))]
    public async Task Is_answered_with_its_reason_and_counted_and_the_node_lives_on(string text, string reason)
    {
        await using var network = await RealContractNetwork.StartAllAsync(2);
        var (node, other) = (network.Addresses[0], network.Addresses[1]);
        using var client = new RawClient(node);

        client.Write(text);
        var answer = client.ReadToEnd();
        network.Do(other, (in context) => context.Send(node, new Leave(1)));
        await network.UntilHeardAsync(node, other, 1);

        Assert.That(answer, Does.EndWith($$"""{"type":"ERROR","reason":"{{reason}}"}""" + "\n"));
        Assert.That(network.Network.Counters.Refused, Is.EqualTo(new Dictionary<string, long> { [reason] = 1 }));
        var refused = network.Events.Single(entry => entry.Event.Kind == EventKind.InputRefused);
        Assert.That((refused.Node, refused.Event.Detail), Is.EqualTo((node, (object)reason)));
    }

    [Test]
    public async Task Nobody_can_speak_for_a_node_itself()
    {
        await using var network = await RealContractNetwork.StartAllAsync(1);
        using var client = new RawClient(network.Addresses[0]);

        client.Write(RawClient.Hello(network.Addresses[0]));

        Assert.That(client.ReadToEnd(), Does.Contain("WRONG_ADDRESS"));
    }

    /// <summary>Whom a node dialed is the one who answers, and no other on the same machine.</summary>
    [Test]
    public async Task Nobody_can_answer_a_dial_for_another()
    {
        await using var network = await RealContractNetwork.StartAllAsync(1);
        using var other = new RawNode();
        network.Do(network.Addresses[0], (in context) => context.Send(other.Address, new Leave(1)));
        using var dial = await other.DialedAsync();

        dial.Write(RawClient.Hello(stranger));

        Assert.That(await dial.ReadLineAsync(), Does.Contain("WRONG_ADDRESS"));
    }

    [TestCase("", "HELLO_TIMEOUT")]
    [TestCase("{\"type\":", "HELLO_TIMEOUT")]
    [TestCase("HELLO and then {\"type\":", "LINE_TIMEOUT")]
    public async Task Half_open_connections_time_out(string text, string reason)
    {
        // Where the line is late, HELLO must not be, however long it takes to be read and confirmed.
        var isHelloLate = reason == "HELLO_TIMEOUT";
        var limits = new TransportLimits
        {
            HelloDeadline = isHelloLate ? TimeSpan.FromMilliseconds(60) : Patience.Limit,
            LineDeadline = isHelloLate ? Patience.Limit : TimeSpan.FromMilliseconds(70),
            SweepInterval = TimeSpan.FromMilliseconds(10),
        };
        await using var network = await RealContractNetwork.StartAllAsync(1, RealContractNetwork.Options(limits));
        using var client = new RawClient(network.Addresses[0]);

        client.Write(text.Replace("HELLO and then ", RawClient.Hello(stranger), StringComparison.Ordinal));

        Assert.That(client.ReadToEnd(), Does.EndWith($$"""{"type":"ERROR","reason":"{{reason}}"}""" + "\n"));
    }

    [Test]
    public async Task Connections_beyond_the_limit_are_reset_and_room_is_made_when_some_go()
    {
        var limits = new TransportLimits { PeerConnections = 3 };
        await using var network = await RealContractNetwork.StartAllAsync(1, RealContractNetwork.Options(limits));
        var node = network.Addresses[0];
        var held = Enumerable.Range(0, 3).Select(_ => new RawClient(node)).ToList();
        foreach (var client in held)
        {
            client.Write(RawClient.Hello(new RawListener().Address));
            Assert.That(client.ReadLine(), Does.Contain("HELLO"));
        }

        using (var fourth = new RawClient(node)) Assert.That(() => fourth.ReadToEnd(), Is.EqualTo("reset"));
        foreach (var client in held) client.Dispose();

        await network.UntilAsync(() => IsAnswered(node), "a newcomer is answered");
    }

    /// <summary>The node's limit and that of its process come to the same newcomers, while these are ending.</summary>
    [Test]
    public async Task Who_gives_way_is_counted_once_whichever_limit_is_reached()
    {
        const int Few = 4, Strangers = 200;
        var limits = new TransportLimits
        {
            PeerConnections = Few, Connections = Few, HelloDeadline = Patience.Limit,
        };
        await using var network = await RealContractNetwork.StartAllAsync(1, RealContractNetwork.Options(limits));

        var all = Enumerable.Range(0, Strangers).Select(_ => Knock(network.Addresses[0])).ToArray();
        int Gone() => all.Count(client => client is null || client.Socket.Poll(0, SelectMode.SelectRead));
        long Counted() => network.Network.Counters.Refused.GetValueOrDefault("TOO_MANY_CONNECTIONS");

        // The last of them may be on their way out while one looks: both figures are the same when they are.
        await network.UntilAsync(
            () => Gone() is var gone && gone >= Strangers - Few && Counted() == gone,
            "all but a few are let go, each counted once");
        foreach (var client in all) client?.Dispose();
    }

    /// <returns>Null for who is let go so soon that connecting itself is told of it.</returns>
    private static RawClient? Knock(NodeAddress node)
    {
        try
        {
            return new RawClient(node);
        }
        catch (SocketException gone) when (gone.SocketErrorCode == SocketError.ConnectionReset)
        {
            return null;
        }
    }

    [Test]
    public async Task Another_process_at_the_same_address_replaces_the_link()
    {
        await using var network = await RealContractNetwork.StartAllAsync(1);
        var node = network.Addresses[0];
        using var first = new RawClient(node);
        first.Write(RawClient.Hello(stranger, nodeId: 1) + RawClient.Leave(1));
        await network.UntilHeardAsync(node, stranger, 1);

        using var second = new RawClient(node);
        second.Write(RawClient.Hello(stranger, nodeId: 2) + RawClient.Leave(2));
        await network.UntilHeardAsync(node, stranger, 2);

        var log = network.At(node).Log.Skip(1).Select(entry => entry.Kind);
        Assert.That(log, Is.EqualTo(new[] { "message", "linkDown", "message" }));
    }

    [TestCase("")]
    [TestCase("HELLO")]
    public async Task Who_was_refused_and_goes_on_is_cut_soon(string first)
    {
        await using var network = await RealContractNetwork.StartAllAsync(1);
        using var client = new RawClient(network.Addresses[0]);
        client.Write(first == "HELLO" ? RawClient.Hello(stranger) : "");
        var junk = new byte[64 * 1024];
        Array.Fill(junk, (byte)'x');

        var written = 0L;
        Assert.That(
            () =>
            {
                for (; written < 256L << 20; written += junk.Length) client.Write(junk);
            },
            Throws.InstanceOf<IOException>());

        // What the kernels of both ends hold of a connection comes on top of what was read.
        await network.UntilAsync(() => network.Network.Counters.Refused.Count > 0, "it is counted");
        var refused = new Dictionary<string, long> { ["LINE_TOO_LONG"] = 1 };
        Assert.That(network.Network.Counters.Refused, Is.EqualTo(refused));
        Assert.That(written, Is.LessThan(32 << 20));
    }

    private static bool IsAnswered(NodeAddress node)
    {
        try
        {
            using var client = new RawClient(node);
            client.Write(RawClient.Hello(stranger));
            return client.ReadLine() is not null;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
