using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Shipped;

/// <summary>What ships holds what it says: each scenario is run, the larger ones with fewer peers.</summary>
[TestFixture]
internal sealed class ShippedScenarioTests
{
    [TestCaseSource(typeof(ShrunkScenarios), nameof(ShrunkScenarios.OfOurProtocol))]
    public void A_shipped_scenario_ends_with_exit_code_0(string name, params string[] settings)
    {
        var run = ShippedRun.Of(name, settings);

        Assert.That(run.Failures, Is.Empty);
        Assert.That(run.Summary.ExitCode, Is.Zero);
        Assert.That(run.Summary.Invariants.Checked, Is.EqualTo(InvariantSettings.Names.Count), "all were judged");
        Assert.That(run.Summary.Expectations.Met, Is.GreaterThanOrEqualTo(3));
    }

    [TestCaseSource(typeof(SchemaTests), nameof(SchemaTests.ShippedNames))]
    public void A_shipped_scenario_tells_what_to_notice_and_has_words_to_find_it_by(string file)
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load(ShippedRun.TextOf(Path.GetFileNameWithoutExtension(file)));

        Assert.That(scenario.Description, Does.Match("[Nn]otice "));
        Assert.That(scenario.Tags, Is.Not.Empty);
        Assert.That(scenario.Expectations, Is.Not.Empty);
    }

    [Test]
    public void While_the_quorum_is_lost_nothing_changes_and_afterwards_all_is_caught_up()
    {
        var trial = ShippedRun.Of("quorum-loss").Trial;

        double[] commits = [.. trial.Since(0, EventKind.EntryCommitted).Select(trial.SecondsOf)];

        Assert.That(commits.Where(at => at < 28), Is.Empty);
        Assert.That(commits, Is.Not.Empty);
        Assert.That(trial.Since(12, EventKind.ReportHeard).Any(report => trial.SecondsOf(report) < 28), Is.True);
        Assert.That(trial.Since(12, EventKind.GossipDelivered).Any(got => trial.SecondsOf(got) < 28), Is.True);
    }

    [TestCase("false-report", EventKind.ReportHeard)]
    [TestCase("one-way-partition", EventKind.ReportRefused)]
    [TestCase("gray-failure", EventKind.SuspicionCleared)]
    public void The_living_are_suspected_or_reported_and_nobody_is_removed(string name, EventKind doubt)
    {
        var run = ShippedRun.Of(name);

        Assert.That(run.Trial.Since(0, doubt), Is.Not.Empty);
        Assert.That(run.Trial.Since(0, EventKind.EntryCommitted), Is.Empty);
    }

    /// <summary>With the command that the description of false-report gives.</summary>
    [Test]
    public void One_liar_removes_a_peer_where_seed_nodes_trust_reporters()
    {
        using var run = new WholeRun();

        var code = run.Main(
            ShippedRun.TextOf("false-report"), "run", "small.json", "--json", "--set",
            "seedNodes.removalEvidence=trustReporter");

        Assert.That(code, Is.EqualTo(ExitCode.Failed), run.Error);
        var violated = run.Json.GetProperty("invariants").GetProperty("violated");
        Assert.That(violated.EnumerateArray().Select(name => name.GetString()), Is.EqualTo(new[] { "noFalseRemoval" }));
        Assert.That(run.Json.GetProperty("detection").GetProperty("falseRemovals").GetInt32(), Is.EqualTo(1));
        Assert.That(run.Json.GetProperty("detection").GetProperty("crashes").GetInt32(), Is.Zero);
    }

    [Test]
    public void Crash_random_runs_on_TCP()
    {
        const int Peers = 20;
        var first = FreePorts.Take(3 + Peers);
        using var run = new WholeRun();

        // How long a removal takes here is up to the machine.
        var code = run.Main(
            ShippedRun.TextOf("crash-random"), "run", "small.json", "--json", "--strict",
            "--set", $"peers.count={Peers}", "--set", $"seedNodes.basePort={first}",
            "--set", $"peers.basePort={first + 3}", "--set", "phases.warmupSeconds=1",
            "--set", "phases.measureSeconds=3", "--set", "faults[0].atSeconds=1", "--set", "faults[0].everySeconds=3",
            "--set", "expectations[1].value=2", "--set", "expectations[2].value=2",
            "--set", "expectations[3].value=600000");

        Assert.That(code, Is.EqualTo(ExitCode.Held), run.Error + run.Output);
        Assert.That(run.Json.GetProperty("runtime").GetString(), Is.EqualTo("tcp"));
    }
}
