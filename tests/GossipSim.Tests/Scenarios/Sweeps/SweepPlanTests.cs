using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Sweeps;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Sweeps;

[TestFixture]
internal sealed class SweepPlanTests
{
    private readonly ScenarioFolder folder = new();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Every_cell_has_its_values_and_the_defaults_that_follow_from_them()
    {
        var plan = SmallSweeps.Plan(SmallSweeps.Grid);

        Assert.That((plan.Cells.Count, plan.TaskCount), Is.EqualTo((6, 12)));
        Assert.That(plan.Cells.Select(cell => cell.Scenario.Peers.Count), Is.EqualTo(new[] { 6, 8, 10, 6, 8, 10 }));
        Assert.That(plan.Cells.Select(cell => cell.Scenario.Network.LossProbability),
            Is.EqualTo(new[] { 0, 0, 0, 0.05, 0.05, 0.05 }));
        Assert.That(plan.Cells.Select(cell => cell.Key).Distinct().Count(), Is.EqualTo(6));
        Assert.That(plan.Cells.Select(cell => cell.Scenario.Sweep), Is.All.Null);
    }

    [Test]
    public void A_repeat_has_the_same_random_seed_in_all_cells()
    {
        var plan = SmallSweeps.Plan(SmallSweeps.Grid, "sweep.repeats=3");

        for (var task = 0; task < plan.TaskCount; task++)
        {
            Assert.That(plan.Task(task).RandomSeed, Is.EqualTo(7 + (task % 3)));
            Assert.That(plan.Task(task).Cell.Number, Is.EqualTo(task / 3));
        }
    }

    [TestCase(SmallSweeps.Grid)]
    [TestCase(SmallSweeps.Hypercube)]
    [TestCase("""
        { "protocol": { "name": "pushPullAverage" },
          "sweep": { "parameters": [{ "path": "peers.count", "values": [5, 6] }], "repeats": 1 } }
        """)]
    public void A_plan_read_from_its_file_is_the_same_plan(string scenario)
    {
        using var place = new TemporaryFolder();
        var plan = SmallSweeps.Plan(scenario);
        PlanFile.WriteOrMatch(place.Path, plan);

        var read = PlanFile.Read(place.Path);

        Assert.That(PlanFile.Write(read), Is.EqualTo(File.ReadAllText(place[PlanFile.FileName])));
        Assert.That(read.Cells.Select(cell => ScenarioJson.Write(cell.Scenario)),
            Is.EqualTo(plan.Cells.Select(cell => ScenarioJson.Write(cell.Scenario))));
        Assert.That(() => PlanFile.WriteOrMatch(place.Path, plan), Throws.Nothing);
    }

    [TestCase("gossip.intervalMs=1400", "\"intervalMs\": 1500, is now \"intervalMs\": 1400,")]
    [TestCase("sweep.repeats=3", "\"repeats\": 2, is now \"repeats\": 3,")]
    [TestCase("randomSeed=8", "\"randomSeed\": 7, is now \"randomSeed\": 8,")]
    public void A_changed_file_does_not_go_on_with_the_sweep_of_the_old_one(string change, string said)
    {
        using var place = new TemporaryFolder();
        PlanFile.WriteOrMatch(place.Path, SmallSweeps.Plan(SmallSweeps.Grid));

        Assert.That(
            () => PlanFile.WriteOrMatch(place.Path, SmallSweeps.Plan(SmallSweeps.Grid, change)),
            Throws.TypeOf<UsageException>().With.Message.Contains(said).And.Message.Contains("another --output"));
    }

    [Test]
    public void A_plan_that_somebody_changed_by_hand_is_not_run()
    {
        using var place = new TemporaryFolder();
        PlanFile.WriteOrMatch(place.Path, SmallSweeps.Plan(SmallSweeps.Grid));
        var text = File.ReadAllText(place[PlanFile.FileName]);
        File.WriteAllText(place[PlanFile.FileName], text.Replace("\"intervalMs\": 1500", "\"intervalMs\": 1400"));

        var plan = PlanFile.Read(place.Path);

        Assert.That(
            () => plan.Cells[2].Scenario,
            Throws.TypeOf<UsageException>().With.Message.Contains("the scenario of cell 2 was changed"));
    }

    [TestCase(-2)]
    [TestCase(0)]
    [TestCase(2_000_000_000)]
    public void A_plan_with_a_number_of_repeats_that_cannot_be_is_refused_with_the_number(int repeats)
    {
        using var place = new TemporaryFolder();
        PlanFile.WriteOrMatch(place.Path, SmallSweeps.Plan(SmallSweeps.Grid));
        var text = File.ReadAllText(place[PlanFile.FileName]);
        File.WriteAllText(place[PlanFile.FileName], text.Replace("\"repeats\": 2", $"\"repeats\": {repeats}"));

        Assert.That(() => PlanFile.Read(place.Path), Throws.TypeOf<UsageException>().With.Message.Contains(
            $"sweep.repeats: found {repeats}, allowed is a whole number from 1 to "));
    }

    [TestCase("{}")]
    [TestCase("[1")]
    [TestCase("""{ "format": 2 }""")]
    public void What_is_no_plan_is_refused_in_a_line(string text)
    {
        using var place = new TemporaryFolder();
        File.WriteAllText(place[PlanFile.FileName], text);

        Assert.That(() => PlanFile.Read(place.Path), Throws.TypeOf<UsageException>().With.Message.Contains("no plan"));
    }

    [Test]
    public void A_cell_that_cannot_be_is_named_before_anything_runs() => Assert.That(
        () => SmallSweeps.Plan(
            SmallSweeps.Grid, """sweep.parameters=[{"path":"liveness.pingIntervalMs","values":[1000,100]}]"""),
        Throws.TypeOf<UsageException>()
            .With.Message.StartsWith("cell 1, liveness.pingIntervalMs = 100: ").And.Message.Contains("pingTimeoutMs"));

    [Test]
    public void A_sweep_on_TCP_is_refused_with_the_reason() => Assert.That(
        () => SmallSweeps.Plan(SmallSweeps.Grid, "runtime=tcp"),
        Throws.TypeOf<UsageException>().With.Message.Contains("no TCP run can be repeated bit for bit"));

    [Test]
    public void A_scenario_that_varies_nothing_says_what_is_missing() => Assert.That(
        () => SmallSweeps.Plan("{}"), Throws.TypeOf<UsageException>().With.Message.Contains("no \"sweep\""));

    [TestCase("""{ ▸"path": "randomSeed", "values": [1, 2] }""", "not for a sweep to vary")]
    [TestCase("""▸{ "path": "peers.count" }""", "found no values")]
    [TestCase("""{ "path": "peers.count", "values": ▸[3, 3] }""", "a value is there twice")]
    [TestCase("""{ "path": "peers.count", "from": 3, "to": ▸3, "steps": 2 }""", "allowed is more than from, 3")]
    [TestCase("""{ "path": "peers.count", "from": ▸0, "to": 3, "steps": 2, "scale": "logarithmic" }""", "above 0")]
    [TestCase("""▸{ "path": "peers.count", "from": 1, "to": 3 }""", "missing; a grid takes so many values")]
    [TestCase("""{ "path": ▸"peers..count", "values": [3] }""", "is no path")]
    public void What_a_parameter_cannot_be_is_told_at_its_place(string parameter, string said)
    {
        if (parameter.StartsWith("{ ▸", StringComparison.Ordinal))
            parameter = parameter.Replace("▸", "").Replace("\"randomSeed\"", "▸\"randomSeed\"");

        var problem = folder.ProblemAtMark($$"""{ "sweep": { "parameters": [{{parameter}}] } }""");

        Assert.That(problem, Does.Contain(said));
    }

    [TestCase("""{ "sweep": { "design": "latinHypercube", "parameters": [{ "path": "a", "from": 1, "to": 2 }] } }""",
        "sweep.samples: missing")]
    [TestCase("""{ "sweep": { "repeats": 100000, "parameters": [{ "path": "a", "values": [1, 2] }] } }""",
        "2 cells and 100000 repeats make 200000 runs, allowed are 100000")]
    [TestCase("""
        { "sweep": { "parameters": [{ "path": "a", "values": [1] }], "metrics": [{ "path": "gossip.hops.men" }] } }
        """, "did you mean \"gossip.hops.me")]
    [TestCase("""
        { "sweep": { "parameters": [{ "path": "a", "values": [1] }], "metrics": [{ "path": "scenario" }] } }
        """, "which is a word and no number")]
    public void What_a_sweep_cannot_be_is_told(string text, string said) =>
        Assert.That(folder.Problem(text), Does.Contain(said));
}
