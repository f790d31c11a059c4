using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Exploring;

/// <summary>For each promise a bug that breaks it when something goes wrong: exploring finds it by itself.</summary>
[TestFixture]
internal sealed class PlantedBugTests
{
    /// <summary>What the project promises to need at most.</summary>
    private const int MostRuns = 2_000;

    [TestCaseSource(typeof(PlantedBug), nameof(PlantedBug.All))]
    public void Exploring_finds_a_planted_bug(PlantedBug bug)
    {
        using var folder = new ScenarioFolder();
        folder.Write("small.json", SmallScenarios.With("", measureSeconds: 15, peers: 10));
        var loaded = folder.LoadFile("small.json");
        var report = Explore(bug, loaded with { Scenario = Only(bug.Invariant, loaded.Scenario) });

        TestContext.Out.WriteLine($"{bug}: found in run {report.Runs}, {report.WallSeconds} s");
        Assert.That(
            report.Findings.Select(finding => finding.Invariant), Is.EqualTo(new[] { bug.Invariant }),
            string.Join("\n", report.Findings));
    }

    [Test]
    public void Each_promise_has_a_planted_bug() => Assert.That(
        PlantedBug.All.Select(bug => bug.Invariant), Is.EquivalentTo(InvariantSettings.Names));

    private static ExploreReport Explore(PlantedBug bug, LoadedScenario loaded)
    {
        var request = new ExploreRequest
        {
            Loaded = loaded, Runs = MostRuns, StopAtFirst = true, Json = true, Arguments = [],
            // What concerns disks needs disks that are lost, and a test has less time than a user.
            Words = bug.Invariant is "oneNodeIdPerEpoch" or "oneRegistrationVotePerEpoch" ? ["crash", "restart"] : null,
        };
        return new Exploration(request, bug.Trial, TextWriter.Null).Explore(CancellationToken.None);
    }

    /// <summary>A bug may break several promises; one of them counts.</summary>
    private static Scenario Only(string invariant, Scenario scenario) => scenario with
    {
        Invariants = scenario.Invariants with
        {
            Waived = InvariantSettings.Names.Where(name => name != invariant).ToDictionary(name => name, _ => "other"),
        },
    };
}
