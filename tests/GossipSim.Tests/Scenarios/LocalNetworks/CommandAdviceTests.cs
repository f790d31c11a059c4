using System.Net;
using System.Net.Sockets;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Nodes;
using GossipSim.Tests.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.LocalNetworks;

/// <summary>What a network advises is typed here as it stands, and does what it promises.</summary>
[TestFixture]
internal sealed class CommandAdviceTests
{
    private readonly ProgramRun program = new();
    private LocalNetworkRequest network = null!;
    private NodeRequest? node;

    [SetUp]
    public void TakeRequests()
    {
        program.LocalNetwork = (request, _, _) =>
        {
            network = request;
            return Task.FromResult(ExitCode.Held);
        };
        program.Node = (request, _, _) =>
        {
            node = request;
            return Task.FromResult(ExitCode.Held);
        };
    }

    [TearDown]
    public void RemoveFolder() => program.Dispose();

    [Test]
    public void A_peer_joins_with_the_settings_of_the_network_and_a_port_that_is_free()
    {
        var first = FreePorts.Take(4);
        Type("up", "3", "1", "--config", "seed list.txt", "--seed-port", $"{first}", "--peer-port", $"{first + 3}",
            "--set", "gossip.intervalMs=150", "--set", "gossip.payloadBytes=7");
        SeedListWriter.Write(network.ConfigToWrite!, network.SeedNodes, file => file);

        var advice = new CommandAdvice(network).Joining().Single();

        Assert.That(advice, Does.StartWith("gossipsim peer --config 'seed list.txt' --port "));
        TypeAdvice(advice);
        Assert.That(node!.Arguments.Port, Is.GreaterThan(network.LastPeerPort));
        Assert.That(node.Scenario.Gossip.IntervalMs, Is.EqualTo(150));
        Assert.That(node.Scenario.Gossip.PayloadBytes, Is.EqualTo(7));
        var file = NetworkFileReader.Read(program.Folder.Current + "/seed list.txt", "list");
        Assert.That(file.SeedNodes.Select(seed => (int)seed.Port), Is.EqualTo(Enumerable.Range(first, 3)));
    }

    [Test]
    public void Where_nodes_have_keys_the_peer_gets_its_own_first()
    {
        var first = FreePorts.Take(5);
        Type("keys", "create", "my keys", "--nodes", $"127.0.0.1:{first}-{first + 4}");
        Type("manage", "--seed-port", $"{first}", "--peer-port", $"{first + 3}", "--keys", "my keys");

        var advice = new CommandAdvice(network).Joining();

        Assert.That(advice, Has.Count.EqualTo(2));
        foreach (var command in advice) TypeAdvice(command);
        var keys = Directory.GetFiles(Path.Combine(program.Folder.Current, "my keys", "nodes"));
        Assert.That(keys, Has.Some.EndsWith($"127.0.0.1_{node!.Arguments.Port}.key"));
        Assert.That(node.Scenario.Security.Keys, Is.EqualTo(network.Scenario.Security.Keys));
    }

    [Test]
    public void Keys_that_end_with_the_network_are_no_way_to_join()
    {
        Type("manage", "--security", "sharedKey");

        Assert.That(new CommandAdvice(network).Joining(), Is.Empty);
    }

    [TestCase("manage --set gossip.intervalMs=150")]
    [TestCase("up 2 4 --set gossip.intervalMs=150")]
    public void Somebodys_file_is_not_replaced_and_what_to_type_instead_runs(string typed)
    {
        program.Folder.Write("config.txt", "127.0.0.1:6100\n127.0.0.1:6101\n");
        Type(typed.Split(' '));

        var wrong = Assert.Throws<UsageException>(() => SeedListWriter.Write(
            network.ConfigToWrite!, network.SeedNodes, new CommandAdvice(network).InsteadOfReplacing))!;
        TypeAdvice(wrong.Message[wrong.Message.IndexOf("gossipsim ", StringComparison.Ordinal)..]);

        Assert.That(network.Scenario.Gossip.IntervalMs, Is.EqualTo(150));
        Assert.That(network.SeedList, Is.EqualTo(network.IsManaged ? "config.txt" : "config-2.txt"));
        Assert.That(network.SeedNodes, Has.Length.EqualTo(2));
    }

    [Test]
    public void Another_port_is_named_when_one_is_taken()
    {
        var first = FreePorts.Take(4);
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, first + 3));
        other.Listen();
        Type("up", "3", "1", "--seed-port", $"{first}", "--peer-port", $"{first + 3}");

        var taken = Assert.Throws<EnvironmentException>(() => LocalNetwork.RequireFreePorts(network))!;

        var option = taken.Message[taken.Message.IndexOf("--peer-port", StringComparison.Ordinal)..];
        Type(["up", "3", "1", "--seed-port", $"{first}", .. option.Split(' ')]);
        Assert.That(() => LocalNetwork.RequireFreePorts(network), Throws.Nothing);
    }

    private void TypeAdvice(string command)
    {
        // What a shell makes of it: quotes hold words together.
        string[] words = [.. command.Split('\'').SelectMany(
            (part, place) => place % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.That(words[0], Is.EqualTo("gossipsim"));
        Type(words[1..]);
    }

    private void Type(params string[] words) =>
        Assert.That(program.Main(words), Is.EqualTo(ExitCode.Held), program.Error);
}
