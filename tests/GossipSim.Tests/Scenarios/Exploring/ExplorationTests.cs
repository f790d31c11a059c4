using GossipSim.Scenarios.CommandLine;
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
        "network.lossProbability=0.3",
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
            "scenario", "firstRandomSeed", "runs", "runsWithViolations", "violations", "events", "wallSeconds",
        }));
        Assert.That(found.GetProperty("runs").GetInt32(), Is.EqualTo(30));
        Assert.That(found.GetProperty("runsWithViolations").GetInt32(), Is.Zero);
        Assert.That(found.GetProperty("events").GetInt64(), Is.GreaterThan(30_000));
        Assert.That(explored.Error, Does.Contain("30 runs of small"));
        Assert.That(Directory.Exists(explored.Results), Is.False);
    }

    [Test]
    public void A_planted_bug_is_found_and_the_command_that_is_told_finds_it_again()
    {
        using var explored = new WholeRun();
        using var again = new WholeRun();

        var code = explored.Main(SmallScenarios.CrashHub, [.. Flawed, "--runs", "6", "--random-seed", "1"]);

        Assert.That(code, Is.EqualTo(ExitCode.Failed));
        var finding = explored.Json.GetProperty("violations").EnumerateArray()
            .First(each => each.GetProperty("invariant").GetString() == "noFalseRemoval");
        var repeat = finding.GetProperty("repeat").GetString()!;
        Assert.That(repeat, Does.Contain("--runs 1 --random-seed ").And.Not.Contain("--runs 6"));
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

        one.Main(SmallScenarios.CrashHub, [.. Flawed, "--runs", "5"]);
        other.Main(SmallScenarios.CrashHub, [.. Flawed, "--runs", "5"]);

        foreach (var name in new[] { "violations", "events" })
            Assert.That(other.Json.GetProperty(name).GetRawText(), Is.EqualTo(one.Json.GetProperty(name).GetRawText()));
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
