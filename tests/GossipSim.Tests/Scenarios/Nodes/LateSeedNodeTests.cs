using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Nodes;
using GossipSim.Tests.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Nodes;

/// <summary>Stand-alone nodes that start before all names of their seed list have addresses.</summary>
[TestFixture]
internal sealed class LateSeedNodeTests
{
    private const string LateName = "late.test";

    private readonly ProgramRun program = new();
    private readonly FakeNames names = new();
    private readonly Dictionary<string, CancellationTokenSource> stops = [];
    private readonly Dictionary<string, Task<ExitCode>> nodes = [];

    [TearDown]
    public async Task EndNodes()
    {
        foreach (var stop in stops.Values) await stop.CancelAsync();
        await Task.WhenAll(nodes.Values);
        foreach (var stop in stops.Values) stop.Dispose();
        program.Dispose();
    }

    [Test]
    public async Task A_seed_node_and_a_peer_find_the_third_seed_node_once_its_name_has_an_address()
    {
        var first = FreePorts.Take(5);
        var (one, other, late) = (first, first + 1, first + 2);
        program.Folder.Write("config.txt", $"127.0.0.1:{one}\n127.0.0.1:{other}\n{LateName}:{late}\n");
        var everything = new FakeNames();
        everything.Learn(LateName, "127.0.0.1");
        Start("one", HostedRole.SeedNode, one, names);
        Start("other", HostedRole.SeedNode, other, names);
        Start("peer", HostedRole.Peer, first + 3, names);
        // All go on with two seed nodes; new ones without a disk learn from both others before they vote.
        await UntilLoggedAsync("peer", "reason=LEARNING");

        Start("late", HostedRole.SeedNode, late, everything);
        names.Learn(LateName, "127.0.0.1");
        await Patience.UntilAsync(
            () => program.Error.Split('\n').Count(line => line.Contains("now", StringComparison.Ordinal)) == 3,
            "all three nodes have the address", () => program.Error);
        await UntilLoggedAsync("peer", "REGISTER_ACK received");
        await StopAsync("other");

        // Without the late seed node there is no quorum any more.
        Start("newcomer", HostedRole.Peer, first + 4, names);
        await UntilLoggedAsync("newcomer", "REGISTER_ACK received");
        await UntilLoggedAsync("late", $"Voting YES: Register peer 127.0.0.1:{first + 4}");
    }

    [Test]
    public void Without_a_quorum_of_addresses_the_node_ends_with_exit_code_4_and_the_names()
    {
        var port = FreePorts.Take(1);
        program.Folder.Write("config.txt", $"127.0.0.1:{port}\nfirst.test:6001\nsecond.test:6002\n");
        program.Node = (asked, terminal, cancel) =>
            StandAloneNode.RunAsync(asked, terminal, null, names.LookUp, cancel);

        var code = program.Main("seed", $"{port}");

        Assert.That(code, Is.EqualTo(ExitCode.Environment), program.Error);
        Assert.That(program.Error, Does.Contain("first.test:6001 (config.txt:2), second.test:6002 (config.txt:3)"));
    }

    [Test]
    public void A_seed_node_whose_own_name_has_no_address_ends_with_exit_code_4()
    {
        var port = FreePorts.Take(3);
        program.Folder.Write("config.txt", $"127.0.0.1:{port}\n127.0.0.1:{port + 1}\nown.test:{port + 2}\n");
        program.Node = (asked, terminal, cancel) =>
            StandAloneNode.RunAsync(asked, terminal, null, names.LookUp, cancel);

        var code = program.Main("seed", $"{port + 2}");

        Assert.That(code, Is.EqualTo(ExitCode.Environment), program.Error);
        Assert.That(program.Error, Does.Contain($"no IPv4 address is known for own.test:{port + 2} (config.txt:3)"));
    }

    private void Start(string name, HostedRole role, int port, FakeNames known)
    {
        var (stop, lookUp) = (stops[name] = new CancellationTokenSource(), known.LookUp);
        program.Node = (asked, terminal, _) => StandAloneNode.RunAsync(asked, terminal, null, lookUp, stop.Token);
        // The handlers are taken when the program starts, on this thread.
        nodes[name] = program.Start(role == HostedRole.Peer ? "peer" : "seed", $"127.0.0.1:{port}", "--output", name);
    }

    private Task<ExitCode> StopAsync(string name)
    {
        stops[name].Cancel();
        return nodes[name];
    }

    private Task UntilLoggedAsync(string name, string words) => Patience.UntilAsync(
        () => LogOf(name).Contains(words, StringComparison.Ordinal), $"'{words}' logged by {name}",
        () => $"{program.Error}\n{LogOf(name)}");

    private string LogOf(string name)
    {
        var path = Path.Combine(program.Folder.Current, name, "outputfile.txt");
        if (!File.Exists(path)) return "";
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
