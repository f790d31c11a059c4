using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Protocols;

/// <summary>Whole runs of protocols that users wrote, on both networks.</summary>
[TestFixture]
internal sealed class OwnProtocolRunTests
{
    [Test]
    public void Averages_meet_in_the_simulator_and_a_crash_takes_one_node_away()
    {
        using var run = new WholeRun();

        var code = run.Main(OwnScenarios.Average(), "run", "small.json", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        var summary = run.Json;
        Assert.That(summary.GetProperty("seedNodes").GetInt32(), Is.Zero);
        Assert.That(summary.GetProperty("peers").GetProperty("live").GetInt32(), Is.EqualTo(11));
        Assert.That(summary.GetProperty("invariants").GetProperty("checked").GetInt32(), Is.EqualTo(2));
        var average = summary.GetProperty("metrics").GetProperty("average");
        Assert.That(average.GetProperty("last").GetDouble(), Is.EqualTo(5.5).Within(0.5));
        Assert.That(average.GetProperty("min").GetDouble(), Is.GreaterThanOrEqualTo(0));
        Assert.That(average.GetProperty("max").GetDouble(), Is.LessThanOrEqualTo(11));
        var variance = summary.GetProperty("metrics").GetProperty("variance").GetProperty("last").GetDouble();
        Assert.That(variance, Is.EqualTo(143 / 12.0).Within(3), "(n^2 - 1) / 12 of the indexes 0 to 11");
    }

    [Test]
    public void Without_a_fault_the_average_is_exact()
    {
        using var run = new WholeRun();

        run.Main(OwnScenarios.Average(faults: "", spread: 1e-4), "run", "small.json", "--json");

        var average = run.Json.GetProperty("metrics").GetProperty("average");
        Assert.That(average.GetProperty("last").GetDouble(), Is.EqualTo(5.5).Within(1e-4));
        Assert.That(run.Json.GetProperty("exitCode").GetInt32(), Is.Zero);
    }

    [Test]
    public void Averages_meet_although_all_cycles_begin_at_the_same_moment()
    {
        const string Standstill =
            """
            { "type": "pause", "atSeconds": 0.2, "durationSeconds": 1, "target": { "pick": "random", "fraction": 1 } }
            """;
        using var run = new WholeRun();

        var code = run.Main(
            OwnScenarios.Average(Standstill), "run", "small.json", "--json", "--set", "phases.measureSeconds=15",
            "--set", """network.latency={"distribution":"constant","valueMs":20}""");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error + run.Output);
    }

    [Test]
    public void Metrics_are_in_a_table_and_a_plot_and_the_report()
    {
        using var run = new WholeRun();

        run.Main(OwnScenarios.Average(), "run", "small.json");

        var rows = File.ReadAllLines(run["metrics.csv"]).Select(line => line.Split(',')).ToList();
        Assert.That(rows[0], Is.EqualTo("metric,seconds,nodes,mean,min,max,standardDeviation".Split(',')));
        var averages = rows.Where(row => row[0] == "average").ToList();
        Assert.That(averages.Select(row => row[1][..1]), Is.EqualTo(new[] { "0", "1", "2", "3", "4", "5", "6" }));
        Assert.That(averages.Select(row => row[2]), Is.EqualTo(new[] { "12", "12", "12", "11", "11", "11", "11" }));
        Assert.That(run.Text("plots/average.svg"), Does.Contain("estimated average").And.Contain(">crash<"));
        Assert.That(run.Text("report.html"), Does.Contain("pushPullAverage").And.Contain("id=\"variance\""));
        string[] empty = ["messages.csv", "propagation.csv", "detection.csv"];
        Assert.That(run.Text("report.html"), Does.Contain("overhead.csv"));
        foreach (var table in empty) Assert.That(run.Text("report.html"), Does.Not.Contain(table), "only a heading");
        Assert.That(File.Exists(run["plots/propagation-latency.svg"]), Is.False);
    }

    [Test]
    public void The_same_scenario_gives_the_same_fingerprint_and_another_random_seed_another()
    {
        string Fingerprint(string randomSeed)
        {
            using var run = new WholeRun();
            run.Main(OwnScenarios.Average(), "run", "small.json", "--json", "--random-seed", randomSeed);
            return run.Json.GetProperty("fingerprint").GetString()!;
        }

        var (first, again, other) = (Fingerprint("7"), Fingerprint("7"), Fingerprint("8"));
        Assert.That(first, Is.EqualTo(again).And.Not.EqualTo(other));
    }

    /// <summary>
    /// Some ten cycles are enough. There is time for two hundred, so that on a machine with other work, where an
    /// exchange takes as long as many cycles, there are still more than enough.
    /// </summary>
    [Test]
    public void Averages_meet_on_tcp_too()
    {
        const int Nodes = 8;
        var first = FreePorts.Take(Nodes);
        using var run = new WholeRun();

        var code = run.Main(
            OwnScenarios.Average(nodes: Nodes), "run", "small.json", "--json", "--runtime", "tcp",
            "--set", $"peers.basePort={first}", "--set", "phases.measureSeconds=20");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        var summary = run.Json;
        Assert.That(summary.GetProperty("fingerprint").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(summary.GetProperty("peers").GetProperty("live").GetInt32(), Is.EqualTo(Nodes - 1));
        Assert.That(
            summary.GetProperty("metrics").GetProperty("average").GetProperty("last").GetDouble(),
            Is.InRange(0, Nodes - 1));
    }

    [TestCase("sim")]
    [TestCase("tcp")]
    public void A_planted_mistake_breaks_the_protocols_own_invariant(string runtime)
    {
        var first = FreePorts.Take(12);
        using var run = new WholeRun();

        var code = run.Main(
            OwnScenarios.OfTests("carelessAverage"), "run", "small.json", "--json", "--runtime", runtime,
            "--set", $"peers.basePort={first}");

        Assert.That(code, Is.EqualTo(ExitCode.Failed), run.Error);
        var violated = run.Json.GetProperty("invariants").GetProperty("violated");
        Assert.That(violated.EnumerateArray().Select(name => name.GetString()), Is.EqualTo(new[] { "massConserved" }));
        Assert.That(run.Text("report.html"), Does.Contain("of nothing").And.Contain("dotnet run"));
    }

    [TestCase("nowhere", null, "")]
    [TestCase("creation", "handlersNeverThrow", "InvalidOperationException in OnStart")]
    [TestCase("timer", "handlersNeverThrow", "InvalidOperationException in OnTimer of Own (PlantedProtocols.cs:")]
    [TestCase("metric", "handlersNeverThrow", "ratio must be a finite number")]
    [TestCase("invariant", "unsteady", "the invariant itself threw InvalidOperationException: planted")]
    [TestCase("end", "unsteady", "12 nodes came to the end")]
    public void What_stumbles_is_named(string where, string? invariant, string words)
    {
        using var run = new WholeRun();

        var code = run.Main(
            OwnScenarios.OfTests("stumbling", $$"""{ "where": "{{where}}" }"""), "run", "small.json", "--json");

        Assert.That(code, Is.EqualTo(invariant is null ? ExitCode.Held : ExitCode.Failed), run.Error);
        var violated = run.Json.GetProperty("invariants").GetProperty("violated");
        Assert.That(
            violated.EnumerateArray().Select(name => name.GetString()),
            invariant is null ? Is.Empty : Is.EqualTo(new[] { invariant }));
        Assert.That(run.Text("report.html"), Does.Contain(words));
    }

    [Test]
    public void Faults_strike_own_protocols_as_they_strike_ours()
    {
        const string Faults =
            """
            { "id": "down", "type": "crash", "atSeconds": 1, "target": { "pick": "random", "fraction": 0.5 } },
            { "type": "restart", "atSeconds": 3, "disk": "empty", "target": { "fault": "down" } },
            { "type": "pause", "atSeconds": 3, "durationSeconds": 1, "target": { "index": [0] } },
            { "type": "partition", "atSeconds": 2, "healAfterSeconds": 2, "groups": [[{ "index": [1, 2] }], "rest"] },
            { "type": "linkLoss", "atSeconds": 1, "durationSeconds": 3, "lossProbability": 0.2 }
            """;
        using var run = new WholeRun();

        var code = run.Main(OwnScenarios.OfTests("highestValue", faults: Faults), "run", "small.json", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        var summary = run.Json;
        Assert.That(summary.GetProperty("peers").GetProperty("live").GetInt32(), Is.EqualTo(12));
        Assert.That(
            summary.GetProperty("metrics").GetProperty("highest").GetProperty("spread").GetDouble(), Is.Zero);
    }

    [Test]
    public void Who_joins_later_takes_part()
    {
        const string Join = """{ "type": "join", "atSeconds": 2, "count": 3 }""";
        using var run = new WholeRun();

        var code = run.Main(OwnScenarios.OfTests("highestValue", faults: Join), "run", "small.json", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        Assert.That(run.Json.GetProperty("peers").GetProperty("live").GetInt32(), Is.EqualTo(15));
        Assert.That(
            run.Json.GetProperty("metrics").GetProperty("highest").GetProperty("spread").GetDouble(), Is.Zero);
    }

    [Test]
    public void Exploring_finds_the_planted_mistake_too()
    {
        using var run = new WholeRun();

        var code = run.Main(
            OwnScenarios.OfTests("carelessAverage"), "explore", "small.json", "--runs", "3", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Failed), run.Error);
        Assert.That(run.Output, Does.Contain("massConserved"));
    }

    [Test]
    public void Running_it_twice_gives_the_same_run_and_its_own_promises_are_judged_in_both()
    {
        using var run = new WholeRun();

        var code = run.Main(OwnScenarios.OfTests("carelessAverage"), "small.json", "--check-determinism", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Failed), "its own promise is broken");
        Assert.That(run.Json.GetProperty("determinism").GetProperty("equal").GetBoolean(), Is.True, run.Error);
    }
}
