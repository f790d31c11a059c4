using System.Text.RegularExpressions;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Shipped;

/// <summary>Each document's system on real sockets, faster than its documents' clock: SOURCES section 2.</summary>
[TestFixture]
internal sealed class DocumentsOnTcpTests
{
    private const string Time = @"output_\d{8}_\d{6}_";

    [TestCase("doc000", "inProcess", @"outputfile_seed_\d+\.txt", @"outputfile_peer_\d+\.txt")]
    [TestCase("doc001", "inProcess", null, null)]
    [TestCase("doc002", "inProcess", @"seed\.log", @"peer\.log")]
    [TestCase("doc003", "processPerNode", Time + @"SEED-\d+\.log", Time + @"PEER-\d+\.log")]
    [TestCase("doc004", "inProcess", @"SeedLog\.txt", @"PeerLog_\d+\.txt")]
    public void A_document_runs_on_TCP_with_its_log_names(string document, string hosting, string? seed, string? peer)
    {
        using var run = new WholeRun();
        var first = FreePorts.Take(8);

        var code = run.Main(ShippedRun.TextOf(document), [.. Arguments(first), "--set", $"peers.hosting={hosting}"]);

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        Assert.That(run.Json.GetProperty("runtime").GetString(), Is.EqualTo("tcp"));
        var names = Directory.GetFiles(run["logs"]).Select(path => Path.GetFileName(path)!).ToList();
        if (seed is null || peer is null)
        {
            Assert.That(names, Is.Empty, "S56: only outputfile.txt");
        }
        else
        {
            Assert.That(names, Has.Some.Match($"^{seed}$").And.Some.Match($"^{peer}$"));
            Assert.That(names, Has.All.Match($"^({seed}|{peer})$"));
        }

        var lines = File.ReadAllLines(run["outputfile.txt"]);
        if (document == "doc003") AssertGreps(lines, first);
        if (document == "doc004") AssertShortReports(lines);
        Assert.That(lines, Has.Some.Match($@"\[PEER:\d+\] INFO - Registering with {Asked(document)}/3 seeds"));
    }

    /// <summary>The golden test: 6000 and 7002 are the first seed node and the third peer.</summary>
    private static void AssertGreps(string[] lines, int first)
    {
        string[] patterns =
        [
            "CONSENSUS OUTCOME", "Gossip|gossip", $"{first + 3 + 2}", "(?i)dead|suspect|removal|CONFIRMED",
            "PROPOSAL|Vote|ACK|APPROVED|REJECTED", $@"\[SEED:{first}\]",
        ];
        foreach (var pattern in patterns)
        {
            var found = lines.Where(line => Regex.IsMatch(line, pattern)).ToList();
            Assert.That(found, Is.Not.Empty, pattern);
            Assert.That(found, Has.None.Contains("ping").IgnoreCase, pattern);
        }

        Assert.That(Array.FindIndex(lines, line => line.Contains("PROPOSAL", StringComparison.Ordinal)),
            Is.LessThan(Array.FindIndex(lines, line => line.Contains("OUTCOME", StringComparison.Ordinal))));
        foreach (var line in lines.Where(line => line.Contains("APPROVED", StringComparison.Ordinal)))
        {
            var votes = Regex.Match(line, @"votes=(\d+)/3, quorum=(\d+)");
            Assert.That(int.Parse(votes.Groups[1].Value), Is.GreaterThanOrEqualTo(int.Parse(votes.Groups[2].Value)));
        }

        var dead = $@"127\.0\.0\.1:{first + 3 + 4}";
        Assert.That(lines, Has.Some.Match($"DEAD NODE REPORT: Dead Node:{dead}:"));
        // In the order of the seed node that called the vote; processes write as they come.
        var approval = lines.First(line => Regex.IsMatch(line, $"APPROVED: Remove {dead}"));
        var coordinator = Regex.Match(approval, @"\[SEED:\d+\]");
        var told = lines.Where(line => line.Contains(coordinator.Value, StringComparison.Ordinal)).ToArray();
        string[] trace = [$"PROPOSAL: Remove peer {dead}", $"APPROVED: Remove {dead}", $"CONFIRMED REMOVAL: {dead}"];
        var places = trace.Select(words => Array.FindIndex(told, line => Regex.IsMatch(line, words))).ToList();
        Assert.That(places, Is.Ordered.And.All.GreaterThanOrEqualTo(0), "section 4.1: the dead trace and its order");
    }

    private static void AssertShortReports(string[] lines)
    {
        Assert.That(lines, Has.Some.Match(@"DEAD NODE REPORT: Dead Node:127\.0\.0\.1:\d+:127\.0\.0\.1$"), "S32");
        Assert.That(lines, Has.Some.Match(@"\[SEED:\d+\] WARNING - Dead node report ignored: "), "D2");
        Assert.That(lines, Has.None.Contains("CONFIRMED REMOVAL"));
    }

    private static int Asked(string document) => document == "doc003" ? 3 : 2;

    /// <summary>A tenth of a second where the documents take seconds.</summary>
    private static string[] Arguments(int first) =>
    [
        "run", "small.json", "--json", "--set", "timing=fast", "--set", $"seedNodes.basePort={first}",
        "--set", $"peers.basePort={first + 3}", "--set", "gossip.intervalMs=400",
        "--set", "liveness.pingIntervalMs=400", "--set", "liveness.pingTimeoutMs=300",
        "--set", "liveness.confirmation.timeoutMs=300", "--set", "faults[0].atSeconds=0.5",
        "--set", "phases.measureSeconds=5", "--set", "phases.drainSeconds=2",
    ];
}
