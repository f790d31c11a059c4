using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Whole runs in the simulator, from the arguments to the exit code and the results folder.</summary>
[TestFixture]
internal sealed class SimulatedProgramTests
{
    /// <summary>DESIGN section 8.</summary>
    private static readonly string[] Files =
    [
        "outputfile.txt", "scenario.json", "scenario.effective.json", "run.json", "summary.json", "report.html",
        "events.jsonl.gz", "messages.csv", "detection.csv", "overlay.graphml", "plots/degree-distribution.svg",
        "plots/propagation-latency.svg", "plots/coverage-over-time.svg", "plots/detection-timeline.svg",
    ];

    /// <summary>Seed nodes that believe every report, and links on which the living fall silent.</summary>
    private static readonly string[] FalseRemovals =
    [
        "small.json", "--set", "seedNodes.removalEvidence=trustReporter", "--set",
        """
        faults=[{ "type": "byzantine", "atSeconds": 2, "behavior": "falseDeadReport",
                  "target": { "index": [5] }, "victim": { "index": [7] } }]
        """,
        "--set", "expectations=[]", "--set", "outputs.plots=[]", "--set", "outputs.eventLog=none", "--json",
    ];

    [Test]
    public void A_crashed_hub_is_found_and_everything_is_written()
    {
        using var run = new WholeRun();

        var code = run.Main(SmallScenarios.CrashHub, "small.json", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        foreach (var file in Files) Assert.That(new FileInfo(run[file]).Length, Is.Positive, file);
        Assert.That(Directory.GetFiles(run["logs"]), Is.Not.Empty);
        Assert.That(run.Text("scenario.json"), Is.EqualTo(SmallScenarios.CrashHub));
        Assert.That(run.Output.Trim(), Does.StartWith("{").And.EndsWith("}"));
        Assert.That(Same(run.Json, run.Summary), Is.True, "what --json prints is summary.json");
        AssertCrashHub(run.Json);
    }

    [Test]
    public void A_partition_heals_and_everything_holds()
    {
        using var run = new WholeRun();

        var code = run.Main(SmallScenarios.Partition, "run", "small.json", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        Assert.That(Number(run.Json, "overlay", "largestComponentFraction"), Is.EqualTo(1));
        Assert.That(run.Json.GetProperty("membership").GetProperty("seedsAgree").GetBoolean(), Is.True);
        Assert.That(Number(run.Json, "membership", "reconvergenceMs"), Is.Positive);
        Assert.That(Number(run.Json, "detection", "unreachableRemovals"), Is.Positive);
        Assert.That(run.Text("outputfile.txt"), Does.Contain("FAULT: partition").And.Contain("FAULT OVER: partition"));
    }

    [Test]
    public void Neither_the_place_of_the_results_nor_the_invariants_change_the_fingerprint()
    {
        using var one = new WholeRun();
        using var other = new WholeRun();

        one.Main(SmallScenarios.CrashHub, "small.json", "--json");
        other.Main(
            SmallScenarios.CrashHub, "small.json", "--json", "--output", "elsewhere/deep", "--set",
            "invariants.mode=none", "--set", "outputs.eventLog=none", "--set", "outputs.plots=[]");

        Assert.That(Directory.Exists(other.Results), Is.False);
        var fingerprint = one.Json.GetProperty("fingerprint").GetString();
        Assert.That(fingerprint, Has.Length.EqualTo(16));
        Assert.That(other.Json.GetProperty("fingerprint").GetString(), Is.EqualTo(fingerprint));
        Assert.That(Number(other.Json, "invariants", "checked"), Is.Zero);
    }

    [TestCase(200, "127.0.0.1:7000", Description = "peers have no time to register")]
    [TestCase(2000, "127.0.0.1:6000", Description = "seed nodes have no time to meet")]
    public void Formation_that_takes_too_long_is_exit_code_4_and_names_who_is_late(int latencyMs, string laggard)
    {
        using var run = new WholeRun();

        var code = run.Main(
            SmallScenarios.CrashHub, "small.json", "--json", "--set", "phases.formationSeconds=1", "--set",
            $"network.latency={{\"distribution\":\"constant\",\"valueMs\":{latencyMs}}}");

        Assert.That(code, Is.EqualTo(ExitCode.Environment), run.Error);
        Assert.That(Number(run.Summary, "exitCode"), Is.EqualTo(4));
        Assert.That(run.Text("report.html"), Does.Contain("formation was not done within 1 s").And.Contain(laggard));
        Assert.That(run.Json.GetProperty("expectations").GetProperty("failed").GetArrayLength(), Is.Zero);
    }

    [Test]
    public void An_expectation_that_fails_is_exit_code_1_and_told()
    {
        using var run = new WholeRun();

        var code = run.Main(
            SmallScenarios.CrashHub, "small.json", "--json", "--set",
            """
            expectations=[
                {"metric":"gossip.messages","op":"==","value":1}, {"metric":"seedNodes","op":"==","value":3}]
            """);

        Assert.That(code, Is.EqualTo(ExitCode.Failed));
        var expectations = run.Json.GetProperty("expectations");
        Assert.That(expectations.GetProperty("met").GetInt32(), Is.EqualTo(1));
        Assert.That(expectations.GetProperty("failed")[0].GetString(), Does.Contain("gossip.messages"));
    }

    [Test]
    public void A_broken_invariant_stops_the_run_or_is_noted_or_is_waived()
    {
        using var stopped = new WholeRun();
        using var noted = new WholeRun();
        using var waived = new WholeRun();

        var code = stopped.Main(SmallScenarios.CrashHub, FalseRemovals);
        var codeNoted = noted.Main(
            SmallScenarios.CrashHub, [.. FalseRemovals, "--set", "invariants.onViolation=continue"]);
        var codeWaived = waived.Main(
            SmallScenarios.CrashHub,
            [.. FalseRemovals, "--set", """invariants.waived={"noFalseRemoval":"reports are believed unseen"}"""]);

        Assert.That(new[] { code, codeNoted }, Is.All.EqualTo(ExitCode.Failed));
        Assert.That(codeWaived, Is.EqualTo(ExitCode.Held));
        Assert.That(Violated(stopped), Is.EqualTo(new[] { "noFalseRemoval" }));
        Assert.That(Violated(noted), Does.Contain("noFalseRemoval"));
        Assert.That(Violated(waived), Is.Empty);
        Assert.That(stopped.Text("report.html"), Does.Contain("noFalseRemoval"));
        Assert.That(
            Number(stopped.Json, "performance", "events"), Is.LessThan(Number(noted.Json, "performance", "events")));
        var counted = waived.Json.GetProperty("invariants").GetProperty("waived").GetProperty("noFalseRemoval");
        // More may break after the measured part, while the run waits for quiet.
        Assert.That(counted.GetInt64(), Is.AtLeast((long)Number(waived.Json, "detection", "falseRemovals")));
        Assert.That(counted.GetInt64(), Is.Positive);
    }

    [Test]
    public async Task A_cancelled_run_is_exit_code_130_and_keeps_what_it_has()
    {
        using var run = new WholeRun();

        var running = run.MainAsync(
            SmallScenarios.CrashHub, "small.json", "--json", "--set", "phases.measureSeconds=600000", "--set",
            "outputs.eventLog=none");
        await run.UntilLoggedAsync("Gossip received");
        run.Cancel();
        var code = await running;

        Assert.That(code, Is.EqualTo(ExitCode.Cancelled));
        Assert.That(Number(run.Summary, "exitCode"), Is.EqualTo(130));
        Assert.That(Number(run.Summary, "peers", "registered"), Is.EqualTo(40));
        Assert.That(File.Exists(run["report.html"]), Is.True);
    }

    private static void AssertCrashHub(JsonElement summary)
    {
        Assert.That(summary.GetProperty("runtime").GetString(), Is.EqualTo("sim"));
        Assert.That(Number(summary, "peers", "registered"), Is.EqualTo(40));
        Assert.That(Number(summary, "peers", "live"), Is.EqualTo(39));
        Assert.That(Number(summary, "gossip", "messages"), Is.InRange(40, 48));
        Assert.That(Number(summary, "gossip", "coverageOfLivePeersMin"), Is.EqualTo(1));
        Assert.That(Number(summary, "detection", "crashes"), Is.EqualTo(1));
        Assert.That(Number(summary, "detection", "removed"), Is.EqualTo(1));
        Assert.That(Number(summary, "detection", "falseRemovals"), Is.Zero);
        Assert.That(Number(summary, "membership", "changesWithoutQuorum"), Is.Zero);
        Assert.That(Number(summary, "membership", "changes"), Is.EqualTo(41));
        Assert.That(Number(summary, "overlay", "largestComponentFraction"), Is.EqualTo(1));
        Assert.That(Number(summary, "invariants", "checked"), Is.EqualTo(13));
        Assert.That(Number(summary, "expectations", "met"), Is.EqualTo(1));
        Assert.That(summary.GetProperty("powerLaw").GetProperty("verdict").GetString(), Is.EqualTo("inconclusive"));
    }

    private static string[] Violated(WholeRun run) => [.. run.Json.GetProperty("invariants").GetProperty("violated")
        .EnumerateArray().Select(name => name.GetString()!)];

    private static double Number(JsonElement summary, params string[] path) =>
        path.Aggregate(summary, (element, name) => element.GetProperty(name)).GetDouble();

    private static bool Same(JsonElement one, JsonElement other) => JsonElement.DeepEquals(one, other);
}
