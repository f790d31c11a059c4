using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Nodes;
using GossipSim.Tests.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Running;
using GossipSim.RealNet.Stores;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Nodes;

/// <summary><c>seed</c> and <c>peer</c> as they are typed: SOURCES S43, S44 and S48, and mistakes.</summary>
[TestFixture]
internal sealed partial class NodeCommandTests
{
    private readonly ProgramRun program = new();
    private NodeRequest? request;

    [SetUp]
    public void TakeRequests()
    {
        program.Node = (asked, _, _) =>
        {
            request = asked;
            return Task.FromResult(ExitCode.Held);
        };
        program.Folder.Write("config.txt", "127.0.0.1:6000\n127.0.0.1:6001\n127.0.0.2:6001\n");
        program.Folder.Write("config.csv", "127.0.0.1,5001\n");
        program.Folder.Write("twice.txt", "localhost:6000\n127.0.0.1:6001\n127.0.0.1:6000\n");
    }

    [TearDown]
    public void RemoveFolder() => program.Dispose();

    [TestCase("seed config.csv 5001", "127.0.0.1:5001", TestName = "document 000's seed")]
    [TestCase("peer config.csv 6001", "127.0.0.1:6001", TestName = "document 000's peer")]
    [TestCase("peer config.csv 6001 127.0.0.1", "127.0.0.1:6001", TestName = "document 000's peer with an address")]
    [TestCase("peer 7000", "127.0.0.1:7000", TestName = "the answer to document 001's prompt")]
    [TestCase("seed 127.0.0.1:6000", "127.0.0.1:6000", TestName = "document 002's seed")]
    [TestCase("peer 127.0.0.1:7003", "127.0.0.1:7003", TestName = "document 002's peer")]
    [TestCase(
        "seed --host 127.0.0.1 --port 6000 --config config.txt", "127.0.0.1:6000", TestName = "document 003's seed")]
    [TestCase("peer --host localhost --port 7000 --config config.txt", "127.0.0.1:7000", TestName = "a DNS name")]
    [TestCase("peer 0.0.0.0:7000 --advertise 127.0.0.5", "127.0.0.5:7000", TestName = "advertised")]
    [TestCase("peer 7000 --host 0.0.0.0 --advertise localhost:8000", "127.0.0.1:8000", TestName = "advertised port")]
    public async Task Every_documents_arguments_lead_to_the_node(string typed, string address)
    {
        Assert.That(program.Main(typed.Split(' ')), Is.EqualTo(ExitCode.Held), program.Error);

        var (arguments, file) = new MissingArguments(request!.Role, request.Directory, null, TextWriter.Null)
            .Complete(request.Arguments);
        var names = new SeedNodeNames(file, new NameLookUp());
        await names.FindAsync(quorum: 1, _ => true, TextWriter.Null, CancellationToken.None);
        var place = NodePlace.Of(request.Role, arguments, file, names.Addresses);
        Assert.That(place.Address.ToString(), Is.EqualTo(address));
    }

    [TestCase("seed 6001", "127.0.0.1:6001 and 127.0.0.2:6001 are both of this machine")]
    [TestCase("seed 6009", "127.0.0.1:6009 is none of the seed nodes of config.txt: 127.0.0.1:6000")]
    [TestCase("peer 127.0.0.1:6000", "127.0.0.1:6000 is a seed node of config.txt")]
    [TestCase("peer", "peer: which port?")]
    [TestCase("peer 0.0.0.0:7000", "--host 0.0.0.0 is no address that others can dial")]
    [TestCase("peer 0.0.0.0:7000 --advertise 127.0.0.5", "0.0.0.0 can be reached from other machines")]
    [TestCase("peer 7000 --security sharedKey", "a node by itself needs the keys of its cluster")]
    [TestCase("peer 7000 --security tls", "security.mode: found \"tls\"")]
    [TestCase("peer 7000 --keys absent", "authority.crt does not exist")]
    [TestCase("peer no-such-host.invalid:7000", "no IPv4 address is known for the host \"no-such-host.invalid\"")]
    [TestCase("peer absent.txt 7000", "no file \"absent.txt\"")]
    [TestCase("peer [::1]:7000", "address: found \"[::1]:7000\": IPv6 is not supported")]
    [TestCase("peer 7000 --host ::1", "--host: found \"::1\": IPv6 is not supported")]
    [TestCase("seed twice.txt 6000", "twice.txt:1 (localhost:6000) and twice.txt:3 (127.0.0.1:6000) name the same")]
    [TestCase("peer 7000 7001", "found two ports, 7000 and 7001")]
    [TestCase("peer config.txt config.csv 7000", "found two configuration files, config.txt and config.csv")]
    [TestCase("peer 70000", "port: found the port \"70000\", allowed are 1 to 65535")]
    [TestCase("peer --port x", "--port: found the port \"x\"")]
    [TestCase("peer 7000 --set peers.cuont=3", "unknown key")]
    [TestCase(
        "peer 127.0.0.9:7000 --set overlay.rule=ring",
        "127.0.0.9:7000 has no place in the overlay \"ring\": its 20 peers are those from 127.0.0.1:7000 on")]
    public void A_mistake_is_one_line_and_exit_code_2(string typed, string words)
    {
        program.Node = (asked, terminal, cancel) => StandAloneNode.RunAsync(
            asked, terminal, null, new NameLookUp(), cancel);

        Assert.That(program.Main(typed.Split(' ')), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error.Trim(), Does.Contain(words).And.Not.Contain("\n"));
    }

    [TestCase("seed --ip 127.0.0.1 --port 6000", "seed: unknown option --ip; did you mean \"--host\"?")]
    [TestCase("seed 6000 --verbose", "seed: unknown option --verbose (")]
    [TestCase("peer -p 7000", "peer: unknown option -p; did you mean \"--port\"?")]
    [TestCase("peer --prot 7000", "peer: unknown option --prot; did you mean \"--port\"?")]
    [TestCase("peer --address=127.0.0.1 7000", "peer: unknown option --address; did you mean \"--host\"?")]
    [TestCase("peer config.csv 6001 127.0.0.1 --verbose", "peer: unknown option --verbose (")]
    public void An_unknown_option_is_no_host(string typed, string words)
    {
        Assert.That(program.Main(typed.Split(' ')), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error.Trim(), Does.StartWith($"gossipsim {words}").And.Not.Contain("\n"));
        Assert.That(request, Is.Null);
    }

    [Test]
    public async Task No_message_is_received_before_it_was_generated()
    {
        var first = FreePorts.Take(4);
        program.Folder.Write("config.txt", $"127.0.0.1:{first}\n");
        using var stop = new CancellationTokenSource();
        program.Node = (asked, terminal, _) => StandAloneNode.RunAsync(
            asked, terminal, null, new NameLookUp(), stop.Token);
        var nodes = Enumerable.Range(first, 4).Select(port => ProgramRun.OnOwnThreadAsync(() => program.Main(
            port == first ? "seed" : "peer", $"{port}", "--output", $"{port}", "--set", "gossip.intervalMs=100")))
            .ToList();
        var latencies = new List<double>();

        await Patience.UntilAsync(
            () => (latencies = LatenciesOf(first + 1, first + 2, first + 3)).Count >= 30, "30 receipts",
            () => program.Error);

        await stop.CancelAsync();
        await Task.WhenAll(nodes);
        Assert.That(latencies, Has.All.GreaterThanOrEqualTo(0));
    }

    private List<double> LatenciesOf(params int[] peers) =>
    [
        .. peers.SelectMany(port => Received().Matches(LogIn($"{port}")))
            .Select(receipt => Number(receipt.Groups[2]) - Number(receipt.Groups[1])),
    ];

    private static double Number(Group text) => double.Parse(text.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"msg=([\d.]+):\S+ time=([\d.]+)\]")]
    private static partial Regex Received();

    [TestCase("--advertise")]
    [TestCase("--host")]
    public void A_host_of_nothing_is_a_mistake(string option)
    {
        program.Node = (asked, terminal, cancel) => StandAloneNode.RunAsync(
            asked, terminal, null, new NameLookUp(), cancel);

        Assert.That(program.Main("peer", "7000", option, ""), Is.EqualTo(ExitCode.BadInput));
        Assert.That(program.Error.Trim(), Is.EqualTo(
            $"{option}: found nothing, allowed is the name of a host or an IPv4 address"));
    }

    [Test]
    public void What_is_missing_is_asked_for_until_it_makes_sense()
    {
        var questions = new StringWriter();
        var missing = new MissingArguments(
            HostedRole.Peer, program.Folder.Shipped, new StringReader("absent.txt\n../current/config.csv\nx\n7000\n"),
            questions);

        var (arguments, file) = missing.Complete(new NodeArguments());

        Assert.That(arguments.Port, Is.EqualTo(7000));
        Assert.That(file.SeedNodes.Single().ToString(), Is.EqualTo("127.0.0.1:5001"));
        Assert.That(questions.ToString(), Does.Contain("Port: ").And.Contain("no file \"absent.txt\""));
    }

    [Test]
    public void F8_a_port_in_use_is_exit_code_4_with_its_number_and_harms_nobody()
    {
        var port = FreePorts.Take(1);
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, port));
        other.Listen();
        program.Node = (asked, terminal, cancel) => StandAloneNode.RunAsync(
            asked, terminal, null, new NameLookUp(), cancel);

        var code = program.Main("peer", "config.txt", $"{port}");

        Assert.That(code, Is.EqualTo(ExitCode.Environment));
        Assert.That(program.Error.Trim(), Does.Contain($"port {port} on 127.0.0.1 is in use").And.Not.Contain("\n"));
        Assert.That(other.Poll(0, SelectMode.SelectError), Is.False);
    }

    [TestCase("x\n\n", "line 1: damaged record (its checksum is wrong)")]
    [TestCase(null, "is in use by another process")]
    public void A_disk_that_cannot_be_used_is_exit_code_4_and_no_fault_of_the_program(string? content, string why)
    {
        var port = FreePorts.Take(1);
        var file = Path.Combine(program.Folder.Current, "kept", $"127.0.0.1_{port}.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        program.Folder.Write("config.txt", $"127.0.0.1:{port}\n");
        if (content is not null) File.WriteAllText(file, content);
        using var store = new FileStore(file, new DiskOwner("any", Cast.Peer(0)));
        if (content is null) store.Open();
        program.Node = (asked, terminal, cancel) => StandAloneNode.RunAsync(
            asked, terminal, null, new NameLookUp(), cancel);

        var code = program.Main("seed", "--disk", "kept", $"{port}");

        Assert.That(code, Is.EqualTo(ExitCode.Environment));
        Assert.That(program.Error, Does.Contain($"{port}.jsonl\"").And.Contain(why).And.Not.Contain("   at "));
    }

    [Test]
    public async Task A_peer_that_is_stopped_says_good_bye_and_exits_with_130()
    {
        var first = FreePorts.Take(3);
        program.Folder.Write("config.txt", $"127.0.0.1:{first}\n");
        using var stopSeed = new CancellationTokenSource();
        using var stopPeer = new CancellationTokenSource();
        program.Node = (asked, terminal, _) => StandAloneNode.RunAsync(
            asked, terminal, null, new NameLookUp(),
            asked.Role == HostedRole.Peer ? stopPeer.Token : stopSeed.Token);
        var seed = ProgramRun.OnOwnThreadAsync(() => program.Main("seed", $"{first}"));
        var peer = ProgramRun.OnOwnThreadAsync(() => program.Main("peer", $"{first + 1}"));
        await UntilLoggedAsync("Joined the overlay");

        await stopPeer.CancelAsync();

        Assert.That(await peer, Is.EqualTo(ExitCode.Cancelled), program.Error);
        await UntilLoggedAsync($"CONFIRMED REMOVAL: 127.0.0.1:{first + 1}");
        await stopSeed.CancelAsync();
        Assert.That(await seed, Is.EqualTo(ExitCode.Cancelled), program.Error);
        Assert.That(Log(), Does.Contain("Left the network").And.Not.Contain("DEAD NODE REPORT"));
        Assert.That(
            File.Exists(Path.Combine(program.Folder.Current, "disk", $"127.0.0.1_{first}.jsonl")), Is.True);
    }

    private Task UntilLoggedAsync(string words) => Patience.UntilAsync(
        () => Log().Contains(words, StringComparison.Ordinal), $"'{words}' logged", Log);

    private string Log() => LogIn("");

    private string LogIn(string folder)
    {
        var path = Path.Combine(program.Folder.Current, folder, "outputfile.txt");
        if (!File.Exists(path)) return "";
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
