using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Exploring;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Shrinking;
using GossipSim.Tests.Scenarios.Exploring;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Shrinking;

/// <summary>A failing plan of many faults comes down to the few that matter, and a handful of peers.</summary>
[TestFixture]
internal sealed class ShrinkTests
{
    /// <summary>So many seconds that it comes to its end by itself, whatever else the machine does.</summary>
    private const int Unlimited = 86_400;

    [Test]
    public void A_plan_of_40_faults_and_60_peers_shrinks_to_a_few_of_both()
    {
        var report = Shrink(PlantedBug.Of("quorumForEveryChange"), peers: 60, Unlimited, out var repro);

        AssertSmall(report, repro);
        Assert.That(report.Complete, Is.True);
    }

    /// <summary>The size that the project promises; the wall time is told and not judged.</summary>
    [Explicit("a measurement")]
    [TestCase("quorumForEveryChange")]
    [TestCase("minoritySideFrozen")]
    [TestCase("seedsAgreeWhenQuiet")]
    [TestCase("membershipNeverGoesBack")]
    [TestCase("noFalseRemoval")]
    [TestCase("messageHandledOncePerIncarnation")]
    [TestCase("oneNodeIdPerEpoch")]
    [TestCase("oneRegistrationVotePerEpoch")]
    [TestCase("crashedEventuallyRemoved")]
    [TestCase("overlayConnectedWhenQuiet")]
    [TestCase("gossipReachesLiveComponent")]
    [TestCase("boundedMemory")]
    public void A_plan_of_40_faults_and_200_peers_shrinks_within_a_minute(string invariant)
    {
        var report = Shrink(PlantedBug.Of(invariant), peers: 200, seconds: 60, out var repro);

        TestContext.Out.WriteLine(report.InWords());
        TestContext.Out.WriteLine(ScenarioJson.Write(repro with { Reproduces = null })[^1200..]);
        AssertSmall(report, repro);
    }

    [Test]
    public void A_scenario_that_breaks_nothing_is_nothing_to_shrink()
    {
        using var run = new WholeRun();

        var code = run.Main(
            SmallScenarios.With("", measureSeconds: 1, peers: 3), "shrink", "small.json", "--set",
            "gossip.publishers.count=1");

        Assert.That(code, Is.EqualTo(ExitCode.Inconclusive));
        Assert.That(run.Output, Does.Contain("nothing to shrink: every invariant held in 17 runs"));
    }

    [Test]
    public void A_file_that_shrink_did_not_write_is_not_overwritten_and_nothing_is_begun()
    {
        using var run = new WholeRun();
        var own = SmallScenarios.With("", measureSeconds: 1, peers: 3);

        var code = run.Main(own, "shrink", "small.json", "--output", "small.json");

        Assert.That(code, Is.EqualTo(ExitCode.BadInput));
        Assert.That(run.Error, Does.StartWith("--output: \"").And.Contains("small.json\" is there already"));
        Assert.That(File.ReadAllText(Path.Combine(run.Current, "small.json")), Is.EqualTo(own));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public void What_shrink_wrote_before_is_written_again()
    {
        var loss = new[] { "--set", "seedNodes.removalEvidence=trustReporter", "--set", "network.lossProbability=0.3" };
        using var run = new WholeRun();
        string[] typed = ["shrink", "small.json", "--invariant", "noFalseRemoval", "--seconds", "1", .. loss];
        Assert.That(run.Main(SmallScenarios.With("", peers: 10), typed), Is.EqualTo(ExitCode.Held), run.Error);

        Assert.That(run.Main(SmallScenarios.With("", peers: 10), typed), Is.EqualTo(ExitCode.Held), run.Error);
    }

    [Test]
    public void What_shrink_writes_breaks_the_same_invariant_when_it_is_run()
    {
        const string Faults =
            """
            { "type": "pause", "atSeconds": 4, "durationSeconds": 1, "target": { "index": [1] } },
            { "type": "crash", "atSeconds": 9, "target": { "index": [2] } }
            """;
        using var shrunk = new WholeRun();
        var code = shrunk.Main(
            SmallScenarios.With(Faults, peers: 30), "shrink", "small.json", "--json", "--invariant", "noFalseRemoval",
            "--seconds", $"{Unlimited}", "--set", "seedNodes.removalEvidence=trustReporter", "--set",
            "network.lossProbability=0.3");
        Assert.That(code, Is.EqualTo(ExitCode.Held), shrunk.Error);
        var to = shrunk.Json.GetProperty("to");
        Assert.That(to.GetProperty("faults").GetInt32(), Is.LessThanOrEqualTo(1));
        Assert.That(to.GetProperty("peers").GetInt32(), Is.LessThan(10));

        using var again = new WholeRun();
        again.Main(File.ReadAllText(shrunk.Json.GetProperty("file").GetString()!), "run", "small.json");

        Assert.That(again.Output, Does.Contain("Reproduced: noFalseRemoval is broken"));
    }

    private static void AssertSmall(ShrinkReport report, Scenario repro)
    {
        Assert.That(report.From.Faults, Is.EqualTo(40));
        Assert.That(report.To.Faults, Is.LessThanOrEqualTo(3), report.InWords());
        Assert.That(report.To.Peers, Is.LessThanOrEqualTo(8), report.InWords());
        Assert.That(repro.Reproduces!.Invariant, Is.EqualTo(report.Invariant));
        Assert.That(repro.Faults, Has.Count.EqualTo(report.To.Faults));
    }

    /// <summary>Shrinks the first drawn plan of 40 faults that breaks the promise.</summary>
    private static ShrinkReport Shrink(PlantedBug bug, int peers, int seconds, out Scenario repro)
    {
        using var folder = new ScenarioFolder();
        folder.Write("failing.json", ScenarioJson.Write(Failing(bug, peers, folder)));
        var request = new ShrinkRequest
        {
            Loaded = folder.LoadFile("failing.json"), Invariant = bug.Invariant, Budget = TimeSpan.FromSeconds(seconds),
            OutputFile = Path.Combine(folder.Current, "repro.json"), Json = true,
        };
        var report = new ShrinkSession(request, bug.Trial, TextWriter.Null).Shrink(CancellationToken.None)!;
        repro = folder.LoadFile("repro.json").Scenario;
        var broken = bug.Trial.Run(repro, coverage: null, CancellationToken.None).Broken;
        Assert.That(broken.Select(promise => promise.Invariant), Does.Contain(bug.Invariant));
        return report;
    }

    private static Scenario Failing(PlantedBug bug, int peers, ScenarioFolder folder)
    {
        var scenario = folder.Load(SmallScenarios.With("", measureSeconds: 30, peers: peers));
        var budget = FaultBudget.For(scenario, most: 40, words: null) with { Least = 40 };
        var search = new Search(bug.Trial, bug.Invariant, CancellationToken.None);
        for (var randomSeed = 1L; randomSeed < 200; randomSeed++)
        {
            var failing = FaultPlan.Draw(scenario, budget, randomSeed).ToSimulate();
            if (failing.Faults.Count == 40 && search.Reproduces(failing, CancellationToken.None)) return failing;
        }

        throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"no plan of 40 faults breaks {bug.Invariant}"));
    }
}
