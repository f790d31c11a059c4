using System.Text.Json.Nodes;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Protocols;
using GossipSim.Tests.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Protocols;

/// <summary>What a scenario file may say about an own protocol, and what it is told otherwise.</summary>
[TestFixture]
internal sealed class ProtocolChoiceTests
{
    [TestCase(
        """{ "protocol": { "name": ▸"pushPullAverag" } }""",
        "protocol.name: no protocol \"pushPullAverag\"; did you mean \"pushPullAverage\"? (known: pushPullAverage)")]
    [TestCase(
        """{ "protocol": { "name": "pushPullAverage", "parameters": { ▸"intervalMS": 5 } } }""",
        "protocol.parameters: unknown key \"intervalMS\"; did you mean \"intervalMs\"?")]
    [TestCase(
        """{ "protocol": { "name": "pushPullAverage", "parameters": { "intervalMs": ▸0 } } }""",
        "protocol.parameters.intervalMs: found 0, allowed is a whole number from 1 to 3600000")]
    [TestCase(
        """{ "protocol": { "name": "pushPullAverage", "parameters": ▸7 } }""",
        "protocol.parameters: found 7, allowed is an object { … }")]
    [TestCase(
        """{ "protocol": ▸{ "parameters": {} } }""",
        "protocol.name: missing; a text of at most 64 characters is needed")]
    [TestCase(
        """{ "protocol": { "name": "pushPullAverage" }, "gossip": ▸{ "intervalMs": 5 } }""",
        "gossip: pushPullAverage has nothing of that; leave it out")]
    [TestCase(
        """{ "protocol": { "name": "pushPullAverage" }, "overlay": { "repair": ▸{ "intervalMs": 50 } } }""",
        "overlay.repair: pushPullAverage has nothing of that; leave it out")]
    [TestCase(
        """
        { "protocol": { "name": "pushPullAverage" },
          "expectations": [{ "metric": ▸"metrics.averag.last", "op": "==", "value": 1 }] }
        """,
        "expectations[0].metric: found \"metrics.averag.last\", which summary.json does not have;"
        + " did you mean \"metrics.average.last\"?")]
    public void A_mistake_is_told_with_its_place(string marked, string problem)
    {
        using var folder = new ScenarioFolder();

        Assert.That(folder.ProblemAtMark(marked), Is.EqualTo(problem));
    }

    [Test]
    public void There_are_no_seed_nodes_for_faults_to_strike()
    {
        using var folder = new ScenarioFolder();

        var problems = folder.Problems(
            """
            { "protocol": { "name": "pushPullAverage" },
              "faults": [{ "type": "crash", "atSeconds": 1, "target": { "role": "seed", "pick": "random" } }] }
            """);

        Assert.That(problems, Has.Some.EndsWith("faults[0].target.role: pushPullAverage has no seed nodes"));
    }

    [Test]
    public void An_assembly_is_seen_from_the_file_and_a_missing_one_is_named()
    {
        using var folder = new ScenarioFolder();

        var problem = folder.Problem("""{ "protocol": { "name": "mine", "assembly": "Mine.dll" } }""");

        Assert.That(problem, Does.StartWith("a.json:1:45: protocol.assembly: no file ")
            .And.Contain(Path.Combine(folder.Current, "Mine.dll")).And.EndsWith("; build the project first"));
    }

    [Test]
    public void A_file_that_is_no_assembly_is_told()
    {
        using var folder = new ScenarioFolder();
        folder.Write("Mine.dll", "text");

        var problem = folder.Problem("""{ "protocol": { "name": "mine", "assembly": "Mine.dll" } }""");

        Assert.That(problem, Does.Contain("protocol.assembly: ").And.Contain("Mine.dll cannot be loaded"));
    }

    [Test]
    public void A_class_that_cannot_be_made_is_told_and_stands_in_nobodys_way()
    {
        using var folder = new ScenarioFolder();

        Assert.That(folder.Problem(OwnScenarios.OfTests("stillborn")), Does.EndWith(
            "protocol.name: the constructor of Stillborn threw InvalidOperationException: planted"));
        Assert.That(folder.Load(OwnScenarios.OfTests("highestValue")).Protocol!.Chosen, Is.Not.Null);
    }

    [Test]
    public void The_effective_scenario_has_all_parameters_and_nothing_that_means_nothing_and_can_be_loaded_again()
    {
        using var folder = new ScenarioFolder();
        folder.Write("b.json", """{ "protocol": { "name": "pushPullAverage" } }""");
        var effective = folder.LoadFile("b.json").EffectiveText;

        var again = folder.Load(effective);

        var tree = JsonNode.Parse(effective)!.AsObject();
        Assert.That((int)tree["protocol"]!["parameters"]!["intervalMs"]!, Is.EqualTo(500));
        Assert.That(tree.Select(member => member.Key), Has.None.AnyOf("seedNodes", "gossip", "liveness", "timing"));
        Assert.That(ScenarioJson.Write(again), Is.EqualTo(effective));
    }

    [Test]
    public void A_parameter_can_be_set_on_the_command_line()
    {
        using var folder = new ScenarioFolder();

        var scenario = folder.Load(
            """{ "protocol": { "name": "pushPullAverage" } }""", "protocol.parameters.intervalMs=70");

        Assert.That(
            ((PushPullAverage.Settings)scenario.Protocol!.Chosen!.Parameters).IntervalMs, Is.EqualTo(70));
    }

    [Test]
    public void The_program_lists_the_protocols_that_it_has() =>
        Assert.That(Vocabulary.All["protocol.name"], Is.EqualTo(new[] { "pushPullAverage" }));
}
