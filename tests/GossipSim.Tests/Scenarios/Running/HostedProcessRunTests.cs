using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>
/// Whole runs whose nodes are processes of their own: the same scenario, the same promises and results. A dozen
/// processes that start need the processors, so other tests wait.
/// </summary>
[TestFixture]
[NonParallelizable]
[Platform("Linux, MacOsX")]
internal sealed class HostedProcessRunTests
{
    [Test]
    public async Task A_run_with_a_kill_a_pause_and_a_torn_disk_is_measured_and_judged_like_any_other()
    {
        const int Peers = 8;
        const string Faults =
            """
            { "id": "kill", "type": "crash", "atSeconds": 1, "target": { "index": [2] } },
            { "id": "still", "type": "pause", "atSeconds": 2, "durationSeconds": 1, "target": { "index": [4] } },
            { "id": "seed", "type": "crash", "atSeconds": 3, "target": { "role": "seed", "index": [1] } },
            { "id": "back", "type": "restart", "disk": "torn", "atSeconds": 4, "target": { "fault": "seed" } },
            { "id": "again", "type": "restart", "atSeconds": 12, "target": { "fault": "kill" } }
            """;
        var first = FreePorts.Take(3 + Peers);
        using var run = new WholeRun();

        var code = run.Main(
            SmallScenarios.With(Faults, measureSeconds: 16, Peers),
            [.. TcpTrial.At(first), .. TcpTrial.Setting("peers.hosting=processPerNode")]);

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        var summary = run.Json;
        Assert.That(summary.GetProperty("peers").GetProperty("live").GetInt32(), Is.EqualTo(Peers));
        Assert.That(summary.GetProperty("gossip").GetProperty("coverageOfLivePeersMin").GetDouble(), Is.EqualTo(1));
        var detection = summary.GetProperty("detection");
        Assert.That(detection.GetProperty("removed").GetInt32(), Is.EqualTo(1));
        Assert.That(detection.GetProperty("falseRemovals").GetInt32(), Is.Zero);
        Assert.That(summary.GetProperty("membership").GetProperty("seedsAgree").GetBoolean(), Is.True);
        Assert.That(summary.GetProperty("performance").GetProperty("events").GetInt64(), Is.GreaterThan(100));
        var kinds = summary.GetProperty("overhead").GetProperty("kinds").EnumerateArray().ToDictionary(
            kind => kind.GetProperty("kind").GetString()!, kind => kind.GetProperty("messages").GetInt64());
        Assert.That(kinds["REGISTER"], Is.AtLeast(Peers));
        Assert.That(kinds["PING"], Is.GreaterThan(kinds["REGISTER"]));
        // Each runs the runtime, which alone takes more than this.
        Assert.That(
            summary.GetProperty("performance").GetProperty("rssPerPeerBytes").GetDouble(), Is.GreaterThan(20_000_000));
        Assert.That(Directory.Exists(run["disks"]), Is.False);
        Assert.That(run.Text("outputfile.txt"), Does.Contain("Process paused").And.Contain("CONFIRMED REMOVAL"));
        await FreePorts.UntilFreeAsync(first, 3 + Peers);
    }

    [Test]
    public void A_partition_holds_between_processes_too() =>
        TcpPartitions.AssertOneSideIsRemovedAndComesBack("peers.hosting=processPerNode");

    [Test]
    public void Bad_links_slow_nodes_and_wrong_clocks_are_the_same_between_processes() =>
        TcpWeather.AssertMessagesTakeWhatTheModelAndTheFaultsSay("peers.hosting=processPerNode");

    [TestCase("\"outputs\": { \"recordInputs\": true }", "outputs.recordInputs: found true")]
    [TestCase("\"protocol\": { \"name\": \"pushPullAverage\" }", "peers.hosting: found processPerNode")]
    public void What_processes_of_their_own_cannot_do_is_refused_by_name(string key, string words)
    {
        using var run = new WholeRun();

        var code = run.Main(
            $$"""{ "runtime": "tcp", "peers": { "count": 3, "hosting": "processPerNode" }, {{key}} }""", "small.json");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain(words));
    }

    [Test]
    public void A_port_in_use_ends_it_before_anything_is_left_behind()
    {
        var first = FreePorts.Take(11);
        using var run = new WholeRun();
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, first + 4);
        other.Start();

        var code = run.Main(
            SmallScenarios.With("", peers: 8),
            [.. TcpTrial.At(first), .. TcpTrial.Setting("peers.hosting=processPerNode")]);

        Assert.That(code, Is.EqualTo(ExitCode.Environment), run.Error);
        Assert.That(run.Error, Does.Contain($"port {first + 4} on 127.0.0.1 is in use"));
        Assert.That(Directory.Exists(run.Results), Is.False);
    }
}
