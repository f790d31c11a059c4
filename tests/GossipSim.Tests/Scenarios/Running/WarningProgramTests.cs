using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>Warnings in report, summary and several runs, and the exit code of <c>--strict</c>.</summary>
[TestFixture]
internal sealed class WarningProgramTests
{
    private const string Phases = """ "phases": { "warmupSeconds": 1, "measureSeconds": 15, "drainSeconds": 3 } """;

    private const string Never =
        $$"""
        { "runtime": "sim", "randomSeed": 3, {{Phases}}, "peers": { "count": 20 }, "faults": [
          { "id": "x", "type": "crash", "afterEvent": { "event": "deathReported" }, "target": { "index": [1] } } ] }
        """;

    private const string NoArticulation =
        $$"""
        { "runtime": "sim", "randomSeed": 3, {{Phases}}, "peers": { "count": 20 }, "overlay": { "rule": "complete" },
          "faults": [ { "id": "x", "type": "crash", "atSeconds": 5, "target": { "pick": "articulationPoint" } } ] }
        """;

    private const string OnePercent =
        $$"""
        { "runtime": "sim", "randomSeed": 3, {{Phases}}, "peers": { "count": 20 }, "faults": [
          { "id": "x", "type": "crash", "atSeconds": 5, "target": { "pick": "random", "fraction": 0.01 } } ] }
        """;

    [TestCase(Never, "faultNeverCame", "fault x (crash) never came")]
    [TestCase(NoArticulation, "faultStruckNobody", "fault x (crash) struck nobody")]
    public void A_fault_that_did_nothing_is_named_everywhere_and_fails_a_strict_run(
        string scenario, string kind, string message)
    {
        using var run = new WholeRun();
        using var strict = new WholeRun();

        var code = run.Main(scenario, "small.json", "--json");
        var strictCode = strict.Main(scenario, "small.json", "--json", "--strict");

        Assert.That((code, strictCode), Is.EqualTo((ExitCode.Held, ExitCode.Failed)), run.Error);
        var warning = run.Json.GetProperty("warnings").EnumerateArray().Single();
        Assert.That(warning.GetProperty("kind").GetString(), Is.EqualTo(kind));
        Assert.That(warning.GetProperty("subject").GetString(), Is.EqualTo("x"));
        Assert.That(warning.GetProperty("message").GetString(), Does.StartWith(message));
        Assert.That(run.Summary.GetProperty("warnings").GetArrayLength(), Is.EqualTo(1));
        Assert.That(run.Text("report.html"), Does.Contain("All held, with 1 warning").And.Contain(message));
        Assert.That(strict.Summary.GetProperty("exitCode").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public void A_small_fraction_strikes_one_peer_and_a_strict_run_holds()
    {
        using var run = new WholeRun();

        var code = run.Main(OnePercent, "small.json", "--json", "--strict");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        Assert.That(run.Json.GetProperty("detection").GetProperty("crashes").GetInt32(), Is.EqualTo(1));
        Assert.That(run.Json.GetProperty("warnings").GetArrayLength(), Is.Zero);
    }

    [Test]
    public void Several_runs_count_their_warnings_and_are_strict_one_by_one()
    {
        using var run = new WholeRun();
        using var strict = new WholeRun();

        var code = run.Main(Never, "small.json", "--runs", "2", "--json");
        var strictCode = strict.Main(Never, "small.json", "--runs", "2", "--json", "--strict");

        Assert.That((code, strictCode), Is.EqualTo((ExitCode.Held, ExitCode.Failed)), run.Error);
        var warning = run.Json.GetProperty("warnings").EnumerateArray().Single();
        Assert.That(warning.GetProperty("kind").GetString(), Is.EqualTo("faultNeverCame"));
        Assert.That(warning.GetProperty("runs").GetInt32(), Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("Warning: in 2 of 2 runs: fault x (crash) never came"));
        Assert.That(strict.Json.GetProperty("held").GetInt32(), Is.Zero);
    }

    [Test]
    public void Explore_names_what_no_run_of_the_scenario_itself_tested()
    {
        using var run = new WholeRun();

        run.Main(NoArticulation, "explore", "small.json", "--runs", "3", "--json");

        var warning = run.Json.GetProperty("warnings").EnumerateArray().Single();
        Assert.That(warning.GetProperty("subject").GetString(), Is.EqualTo("x"));
        Assert.That(warning.GetProperty("runs").GetInt32(), Is.EqualTo(3));
        Assert.That(run.Error, Does.Contain("Warning: in 3 of 3 runs: fault x (crash) struck nobody"));
    }

    [Test]
    public void Validate_names_what_is_seen_without_a_run_and_the_file_is_valid()
    {
        using var run = new WholeRun();
        const string Scenario =
            """
            { "runtime": "sim", "gossip": { "publishers": { "count": 0 } }, "faults": [
              { "id": "x", "type": "crash", "atSeconds": 5, "target": { "pick": "random", "fraction": 0 } } ] }
            """;

        var code = run.Main(Scenario, "validate", "small.json");

        Assert.That(code, Is.EqualTo(ExitCode.Held));
        Assert.That(run.Output, Does.Contain("small.json: valid")
            .And.Contain("small.json: warning: fault x (crash) strikes nobody: a fraction of 0 picks no node")
            .And.Contain("small.json: warning: nothing is published in the measured part"));
    }
}
