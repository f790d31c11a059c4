using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Whole runs on real sockets: 50 peers with a crash, a port in use, and Ctrl-C in the middle.</summary>
[TestFixture]
internal sealed partial class TcpProgramTests
{
    /// <summary>Document 003, section "Grep": what its readers look for in outputfile.txt.</summary>
    private static readonly string[] Greps =
    [
        "CONSENSUS OUTCOME", "Gossip|gossip", "PORT", "(?i)dead|suspect|removal|CONFIRMED",
        "PROPOSAL|Vote|ACK|APPROVED|REJECTED", @"\[SEED:FIRST\]",
    ];

    [Test]
    public async Task Fifty_peers_outlive_a_crash_and_the_log_says_what_the_documents_grep_for()
    {
        const int Peers = 50;
        var first = FreePorts.Take(3 + Peers);
        using var run = new WholeRun();

        var code = run.Main(
            OnTcp(SmallScenarios.With(
                """{ "id": "kill-hub", "type": "crash", "atSeconds": 2, "target": { "pick": "highestDegree" } }""",
                measureSeconds: 12, Peers)),
            [.. At(first), "--json", "--set", "outputs.compareWithSimulation=true"]);

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        var summary = run.Json;
        Assert.That(summary.GetProperty("fingerprint").GetString(), Is.Null);
        Assert.That(summary.GetProperty("peers").GetProperty("registered").GetInt32(), Is.EqualTo(Peers));
        Assert.That(summary.GetProperty("gossip").GetProperty("coverageOfLivePeersMin").GetDouble(), Is.EqualTo(1));
        var detection = summary.GetProperty("detection");
        Assert.That(detection.GetProperty("crashes").GetInt32(), Is.EqualTo(1));
        Assert.That(detection.GetProperty("removed").GetInt32(), Is.EqualTo(1));
        Assert.That(detection.GetProperty("falseRemovals").GetInt32(), Is.Zero);
        Assert.That(summary.GetProperty("membership").GetProperty("seedsAgree").GetBoolean(), Is.True);
        Assert.That(summary.GetProperty("membership").GetProperty("changesWithoutQuorum").GetInt32(), Is.Zero);
        Assert.That(summary.GetProperty("invariants").GetProperty("violated").GetArrayLength(), Is.Zero);
        var transport = summary.GetProperty("transport");
        Assert.That(transport.GetProperty("framesReceived").GetInt64(), Is.GreaterThan(1000));
        Assert.That(transport.GetProperty("throttled").GetInt64(), Is.Zero, "no honest node is too fast");
        Assert.That(transport.GetProperty("refused").EnumerateObject().Select(reason => reason.Name),
            Is.SubsetOf(new[] { "UNCONFIRMED_ADDRESS" }), "of the one that was killed, at most");
        AssertLog(File.ReadAllLines(run["outputfile.txt"]), first);
        await FreePorts.UntilFreeAsync(first, 3 + Peers);
    }

    /// <summary>
    /// However fast they are to come: else they would only wait for each other until their timeouts. The way to the
    /// seed nodes is long here, so that no machine is fast enough to let them in as they come.
    /// </summary>
    [Test]
    public void Of_peers_that_all_come_at_once_some_wait_until_others_are_in()
    {
        const int Peers = 80;
        using var trial = TcpTrial.Of("", seconds: 1, Peers, settings:
        [
            "peers.joinIntervalMs=0", "network.emulateOnTcp=true",
            """network.latency={ "distribution": "uniform", "fromMs": 40, "toMs": 60 }""",
        ]);

        var joining = 0;
        var most = 0;
        foreach (var e in trial.Events.Where(e => e.Node >= trial.Peer(0)))
        {
            if (e.Event.Kind == EventKind.ProcessStarted) most = Math.Max(most, ++joining);
            if (e.Event.Kind == EventKind.Joined) joining--;
        }

        Assert.That(trial.Code, Is.EqualTo(ExitCode.Held), trial.Words);
        Assert.That(most, Is.InRange(2, 64));
        Assert.That(joining, Is.Zero, "all came in");
    }

    [Test]
    public async Task A_port_in_use_is_exit_code_4_with_its_number_and_nothing_left_behind()
    {
        var first = FreePorts.Take(11);
        using var run = new WholeRun();
        ExitCode code;
        using (var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            other.Bind(new IPEndPoint(IPAddress.Loopback, first + 7));
            other.Listen();

            code = run.Main(OnTcp(SmallScenarios.With("", peers: 8)), At(first));
        }

        Assert.That(code, Is.EqualTo(ExitCode.Environment));
        Assert.That(run.Error.Trim(), Does.Contain($"port {first + 7} ").And.Not.Contain("\n"));
        Assert.That(Directory.Exists(run.Results), Is.False);
        await FreePorts.UntilFreeAsync(first, 11);
    }

    /// <summary>Where it is taken after the look at all of them: here by a node of the run itself.</summary>
    [Test]
    public void A_port_that_is_taken_at_the_last_moment_leaves_the_latest_run_what_it_was()
    {
        var first = FreePorts.Take(11);
        using var run = new WholeRun();
        Assert.That(run.Main(SmallScenarios.With("", peers: 8), "small.json"), Is.EqualTo(ExitCode.Held), run.Error);
        var before = Directory.GetFileSystemEntries(run.Results);

        var code = run.Main(
            OnTcp(SmallScenarios.With("", peers: 8)), [.. At(first), "--dashboard", "--dashboard-port", $"{first}"]);

        Assert.That(code, Is.EqualTo(ExitCode.Environment), run.Error);
        Assert.That(run.Error, Does.Contain($"port {first} "));
        Assert.That(Directory.GetFileSystemEntries(run.Results), Is.EquivalentTo(before));
        Assert.That(File.Exists(Path.Combine(run.Results, "latest", "summary.json")), Is.True);
    }

    [Test]
    public async Task A_cancelled_run_is_exit_code_130_with_results_and_without_anything_left_running()
    {
        var first = FreePorts.Take(11);
        using var run = new WholeRun();

        var running = run.MainAsync(OnTcp(SmallScenarios.With("", peers: 8)), [.. At(first), "--json"]);
        await run.UntilLoggedAsync("Gossip received");
        run.Cancel();
        var code = await running;

        Assert.That(code, Is.EqualTo(ExitCode.Cancelled), run.Error);
        Assert.That(run.Summary.GetProperty("exitCode").GetInt32(), Is.EqualTo(130));
        Assert.That(run.Summary.GetProperty("peers").GetProperty("live").GetInt32(), Is.EqualTo(8));
        Assert.That(File.Exists(run["report.html"]), Is.True);
        await FreePorts.UntilFreeAsync(first, 11);
    }

    [Test]
    public void What_sockets_cannot_do_is_told_or_with_strict_refused()
    {
        const string Mess = """{ "id": "mess", "type": "reorder", "atSeconds": 3, "probability": 0.1 }""";
        using var run = new WholeRun();

        var code = run.Main(
            OnTcp(SmallScenarios.With(Mess, peers: 8)),
            [.. At(FreePorts.Take(11)), "--strict"]);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("mess (reorder)"));
        Assert.That(Directory.Exists(run.Results), Is.False);
    }

    private static string OnTcp(string scenario) => scenario.Replace("\"sim\"", "\"tcp\"", StringComparison.Ordinal);

    private static string[] At(int firstPort) =>
        ["small.json", "--set", $"seedNodes.basePort={firstPort}", "--set", $"peers.basePort={firstPort + 3}"];

    private static void AssertLog(string[] lines, int firstPort)
    {
        foreach (var grep in Greps)
        {
            var pattern = grep.Replace("PORT", $"{firstPort + 5}", StringComparison.Ordinal)
                .Replace("FIRST", $"{firstPort}", StringComparison.Ordinal);
            Assert.That(lines.Any(line => Regex.IsMatch(line, pattern)), Is.True, pattern);
        }

        Assert.That(lines.Where(line => line.Contains("ping", StringComparison.OrdinalIgnoreCase)), Is.Empty);
        AssertOutcomes(lines);
    }

    /// <summary>
    /// Fifty registrations and a removal have an outcome. Where votes come only after their round, it is a rejection;
    /// they count all the same, and the peer that asks again is told that it is listed.
    /// </summary>
    private static void AssertOutcomes(string[] lines)
    {
        var proposed = new HashSet<string>();
        var decided = new HashSet<string>();
        foreach (var line in lines)
        {
            if (Proposal().Match(line) is { Success: true } proposal) proposed.Add(Subject(proposal));
            if (Outcome().Match(line) is not { Success: true } outcome) continue;
            decided.Add(Subject(outcome));
            Assert.That(proposed, Does.Contain(Subject(outcome)), line);
            var (votes, quorum) = (int.Parse(outcome.Groups["votes"].Value), int.Parse(outcome.Groups["quorum"].Value));
            Assert.That(votes >= quorum, Is.EqualTo(outcome.Groups["outcome"].Value == "APPROVED"), line);
        }

        Assert.That(decided.Count(subject => subject.StartsWith("Peer", StringComparison.Ordinal)), Is.EqualTo(50));
        Assert.That(decided.Count(subject => subject.StartsWith("Remove", StringComparison.Ordinal)), Is.Positive);
        Assert.That(lines.Any(line => line.Contains("APPROVED: Peer", StringComparison.Ordinal)), Is.True);
        Assert.That(lines.Any(line => line.Contains("CONFIRMED REMOVAL", StringComparison.Ordinal)), Is.True);
    }

    /// <summary>What is voted on, in the words of outcomes.</summary>
    private static string Subject(Match match)
    {
        var what = match.Groups["what"].Value;
        return $"{(what == "Register" ? "Peer" : what)} {match.Groups["who"].Value}";
    }

    [GeneratedRegex(@"PROPOSAL: (?<what>Register|Remove) peer (?<who>[\d.:]+)")]
    private static partial Regex Proposal();

    [GeneratedRegex(
        @"OUTCOME — (?<outcome>\w+): (?<what>Peer|Remove) (?<who>[\d.:]+).*"
        + @"votes=(?<votes>\d+)/\d+, quorum=(?<quorum>\d+)")]
    private static partial Regex Outcome();
}
