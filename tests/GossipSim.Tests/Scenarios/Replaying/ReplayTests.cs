using GossipSim.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Replaying;

/// <summary>A simulated run again from its folder: compared, stopped on the way, or step by step.</summary>
[TestFixture]
internal sealed class ReplayTests
{
    private static readonly string[] Quick = ["--set", "outputs.plots=[]", "--set", "outputs.eventLog=none", "--json"];

    [Test]
    public void A_simulated_run_replays_with_its_own_fingerprint()
    {
        using var run = Simulated();

        var code = run.Main(SmallScenarios.CrashHub, "replay", run.RunFolder);

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error);
        Assert.That(run.Output, Does.Contain($"fingerprint {Fingerprint(run)}").And.Contain("Equal: "));
        Assert.That(Directory.GetDirectories(run.Results).Count(path => !path.EndsWith("latest")), Is.EqualTo(1));
    }

    [Test]
    public void Another_fingerprint_is_a_difference_and_another_commit_is_named()
    {
        using var run = Simulated();
        var was = Fingerprint(run);
        File.WriteAllText(run["summary.json"], run.Text("summary.json").Replace(was, "00000000000000aa"));
        File.WriteAllText(run["run.json"], """{ "version": "0.0.1", "commit": "abc" }""");

        var code = run.Main(SmallScenarios.CrashHub, "replay", run.RunFolder);

        Assert.That(code, Is.EqualTo(ExitCode.Failed));
        Assert.That(run.Output, Does.Contain($"Not equal: fingerprint 00000000000000aa then, {was} now"));
        Assert.That(run.Output, Does.Contain("version 0.0.1, commit abc"));
    }

    [Test]
    public void The_state_of_the_network_is_told_for_the_moment_asked_for()
    {
        using var run = Simulated();

        run.Main(SmallScenarios.CrashHub, "replay", run.RunFolder, "--until", "5.9");
        var before = run.Output;
        run.Main(SmallScenarios.CrashHub, "replay", run.RunFolder, "--until", "6.1");
        var after = run.Output[before.Length..];

        Assert.That(before.Split(" up ").Length - 1, Is.EqualTo(43), "3 seed nodes and 40 peers");
        Assert.That(after.Split(" up ").Length - 1, Is.EqualTo(42));
        Assert.That(after.Split(" down ").Length - 1, Is.EqualTo(1), "the hub crashes at 6 s");
    }

    [Test]
    public void A_moment_that_is_no_number_is_told_without_names_of_types()
    {
        using var run = new WholeRun();

        var code = run.Main(SmallScenarios.CrashHub, "replay", "small.json", "--until", "soon");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("--until: found \"soon\", allowed is a number ("));
    }

    [Test]
    public void Steps_are_shown_from_the_moment_on_one_for_each_Enter_and_filtered()
    {
        using var run = Simulated();
        run.Keys = new StringReader("\n\nq\n");
        var told = run.Output.Length;

        run.Main(SmallScenarios.CrashHub, "replay", run.RunFolder, "--until", "3", "--step", "--kind", "PING");

        string[] steps = [.. run.Output[told..].Split('\n').Where(line => line.Contains("  message "))];
        Assert.That(steps, Has.Length.EqualTo(3), "two times Enter and then q");
        Assert.That(steps, Has.All.Contains("message PING from 127.0.0.1:"));
        Assert.That(steps, Has.All.StartsWith("3."));
        Assert.That(run.Output[told..], Does.Not.Contain("Equal"), "a replay that was left is not compared");
    }

    [Test]
    public void A_timer_that_a_node_sets_is_told_with_the_time_it_takes()
    {
        using var run = Simulated();
        var told = run.Output.Length;

        run.Main(
            SmallScenarios.CrashHub, "replay", run.RunFolder, "--until", "20", "--step", "--kind", "Liveness");

        string[] set = [.. run.Output[told..].Split('\n').Where(line => line.StartsWith("    timer ")).Distinct()];
        Assert.That(set, Has.Some.Match("^    timer PingTimeout \\([0-9]+\\) in 0\\.500000 s\r?$"));
        Assert.That(set, Has.All.Match("^    timer [A-Za-z]+( about [0-9.:]+)?( \\([0-9]+\\))? in [0-9.]+ s"));
    }

    [Test]
    public void What_is_no_run_is_a_mistake_in_one_line()
    {
        using var run = Simulated();

        Assert.That(run.Main(SmallScenarios.CrashHub, "replay", run.Results), Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("there is no scenario.effective.json in it"));
        Assert.That(run.Main("{}", "replay", "small.json", "--node", "7"), Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.Contain("--node: no node of this run has the port 7"));
        Assert.That(run.Main("{}", "replay", "small.json", "--kind", "PING"), Is.EqualTo(ExitCode.BadInput));
    }

    [TestCase("noFalseRemoval", 0.35, ExitCode.Held, "Reproduced: noFalseRemoval is broken")]
    [TestCase("oneNodeIdPerEpoch", 0.35, ExitCode.Failed, "Not reproduced: oneNodeIdPerEpoch holds")]
    public void A_file_that_reproduces_a_broken_invariant_is_judged_by_it(
        string invariant, double loss, ExitCode expected, string words)
    {
        using var run = new WholeRun();
        var scenario = SmallScenarios.With("").Replace(
            "\"name\": \"small\",",
            $$"""
            "name": "small", "reproduces": { "invariant": "{{invariant}}" },
            "seedNodes": { "removalEvidence": "trustReporter" },
            """);
        scenario = scenario.Replace("\"network\": {", $"\"network\": {{ \"lossProbability\": {loss:0.##},");

        var code = run.Main(scenario, "replay", "small.json");

        Assert.That(run.Output, Does.Contain(words), run.Error);
        Assert.That(code, Is.EqualTo(expected));
    }

    private static WholeRun Simulated()
    {
        var run = new WholeRun();
        run.Main(SmallScenarios.CrashHub, ["run", "small.json", .. Quick]);
        return run;
    }

    private static string Fingerprint(WholeRun run) => run.Summary.GetProperty("fingerprint").GetString()!;
}
