using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Exploring;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Exploring;

[TestFixture]
internal sealed class ExplorationTests
{
    /// <summary>A planted bug: seed nodes believe every report, and a third of all transmissions is lost.</summary>
    private static readonly string[] Flawed =
    [
        "explore", "small.json", "--json", "--set", "seedNodes.removalEvidence=trustReporter", "--set",
        "network.lossProbability=0.3", "--set", "gossip.publishers.count=4",
    ];

    [Test]
    public void Thirty_runs_of_a_small_crash_hub_break_nothing()
    {
        using var explored = new WholeRun();

        var code = explored.Main(
            SmallScenarios.CrashHub, "explore", "small.json", "--runs", "30", "--set", "peers.count=30", "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Held), explored.Error);
        var found = explored.Json;
        Assert.That(found.EnumerateObject().Select(property => property.Name), Is.EqualTo(new[]
        {
            "scenario", "firstRandomSeed", "runs", "runsWithViolations", "findings", "violations", "coverage", "events",
            "wallSeconds", "runsPerSecond", "eventsPerSecond", "warnings",
        }));
        Assert.That(found.GetProperty("runs").GetInt32(), Is.EqualTo(30));
        Assert.That(found.GetProperty("runsWithViolations").GetInt32(), Is.Zero);
        Assert.That(found.GetProperty("events").GetInt64(), Is.GreaterThan(30_000));
        Assert.That(found.GetProperty("coverage").GetProperty("steps").GetInt32(), Is.GreaterThan(100));
        Assert.That(explored.Error, Does.Contain("30 runs of small").And.Contain("protocol steps known"));
        Assert.That(Directory.Exists(explored.Results), Is.False);
    }

    [Test]
    public void A_planted_bug_is_found_and_the_command_that_is_told_finds_it_again()
    {
        using var explored = new WholeRun();
        using var again = new WholeRun();

        var code = explored.Main(SmallScenarios.CrashHub, [.. Flawed, "--runs", "40", "--random-seed", "1"]);

        Assert.That(code, Is.EqualTo(ExitCode.Failed));
        var finding = explored.Json.GetProperty("violations").EnumerateArray()
            .First(each => each.GetProperty("invariant").GetString() == "noFalseRemoval");
        var repeat = finding.GetProperty("repeat").GetString()!;
        Assert.That(repeat, Does.Contain("--runs 1 --random-seed ").And.Not.Contain("--runs 40"));
        Assert.That(finding.GetProperty("nodes").GetArrayLength(), Is.Positive);
        Assert.That(explored.Error, Does.Contain(repeat));

        Assert.That(again.Repeat(SmallScenarios.CrashHub, repeat), Is.EqualTo(ExitCode.Failed));
        Assert.That(
            again.Json.GetProperty("violations").EnumerateArray().Select(each => each.GetRawText()),
            Does.Contain(finding.GetRawText()));
    }

    [Test]
    public void What_is_found_depends_on_the_random_seeds_alone()
    {
        using var one = new WholeRun();
        using var other = new WholeRun();

        string[] many = [.. Flawed, "--runs", $"{Exploration.GenerationSize + 10}", "--set", "peers.count=10"];
        one.Main(SmallScenarios.CrashHub, many);
        other.Main(SmallScenarios.CrashHub, many);

        foreach (var name in new[] { "findings", "violations", "events", "coverage" })
            Assert.That(other.Json.GetProperty(name).GetRawText(), Is.EqualTo(one.Json.GetProperty(name).GetRawText()));
    }

    [Test]
    public void A_finding_is_written_as_a_scenario_that_run_breaks_in_the_same_way()
    {
        using var explored = new WholeRun();

        explored.Main(
            SmallScenarios.CrashHub, [.. Flawed, "--runs", "40", "--stop-at-first", "--output", "found"]);
        var finding = explored.Json.GetProperty("findings").EnumerateArray().First();
        var file = finding.GetProperty("file").GetString()!;
        using var again = new WholeRun();
        var code = again.Main(File.ReadAllText(file), "run", "small.json");

        Assert.That(code, Is.EqualTo(ExitCode.Failed));
        Assert.That(again.Output, Does.Contain($"Reproduced: {finding.GetProperty("invariant").GetString()}"));
    }

    [Test]
    public void A_run_of_a_mutated_plan_is_repeated_by_its_lineage()
    {
        using var explored = new WholeRun();
        using var again = new WholeRun();

        explored.Main(
            SmallScenarios.CrashHub,
            [.. Flawed, "--runs", $"{2 * Exploration.GenerationSize}", "--set", "peers.count=10"]);
        var violation = explored.Json.GetProperty("violations").EnumerateArray()
            .First(each => each.GetProperty("repeat").GetString()!.Contains("--parents", StringComparison.Ordinal));

        again.Repeat(SmallScenarios.CrashHub, violation.GetProperty("repeat").GetString()!);
        Assert.That(
            again.Json.GetProperty("violations").EnumerateArray().Select(each => each.GetRawText()),
            Does.Contain(violation.GetRawText()));
    }

    [TestCase("9007199254740990", "3", "--random-seed: found 9007199254740990, but 3 runs")]
    [TestCase("1", "0", "--runs: found 0")]
    public void Numbers_beyond_their_limits_are_refused(string randomSeed, string runs, string problem)
    {
        using var explored = new WholeRun();

        var code = explored.Main(
            SmallScenarios.CrashHub, "explore", "small.json", "--runs", runs, "--random-seed", randomSeed);

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(explored.Error, Does.Contain(problem));
    }

    [Test]
    public void The_largest_random_seeds_can_be_explored()
    {
        using var explored = new WholeRun();

        explored.Main(
            SmallScenarios.CrashHub, "explore", "small.json", "--runs", "2", "--random-seed", "9007199254740990",
            "--set", "peers.count=5", "--set", "gossip.publishers.count=2", "--json");

        Assert.That(explored.Json.GetProperty("runs").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public void A_word_that_is_no_fault_is_refused_with_a_suggestion()
    {
        using var explored = new WholeRun();

        var code = explored.Main(SmallScenarios.CrashHub, "explore", "small.json", "--allow", "crash,partitoin");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(explored.Error, Does.Contain("did you mean \"partition\"?"));
    }

    [Test]
    public void A_network_that_does_not_form_is_found()
    {
        using var explored = new WholeRun();

        var code = explored.Main(
            SmallScenarios.CrashHub, "explore", "small.json", "--runs", "1", "--json", "--set",
            "phases.formationSeconds=1", "--set", """network.latency={"distribution":"constant","valueMs":200}""");

        Assert.That(code, Is.EqualTo(ExitCode.Failed));
        var finding = explored.Json.GetProperty("violations").EnumerateArray().Single();
        Assert.That(finding.GetProperty("invariant").GetString(), Is.EqualTo("formation"));
        Assert.That(finding.GetProperty("nodes")[0].GetString(), Does.StartWith("127.0.0.1:7"));
    }

    [Test]
    public async Task Cancelled_exploring_is_exit_code_130_and_tells_what_it_found_so_far()
    {
        using var explored = new WholeRun();

        var exploring = explored.MainAsync(
            SmallScenarios.CrashHub, "explore", "small.json", "--runs", "1000000", "--json");
        explored.Cancel();

        Assert.That(await exploring, Is.EqualTo(ExitCode.Cancelled));
        Assert.That(explored.Json.GetProperty("runs").GetInt32(), Is.LessThan(1_000_000));
    }
}
