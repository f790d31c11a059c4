using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

/// <summary>What a scenario cannot test is seen without a run where its values say so.</summary>
[TestFixture]
internal sealed class ScenarioWarningsTests
{
    private static readonly string shipped = Path.Combine(AppContext.BaseDirectory, "scenarios");

    private static IEnumerable<string> Shipped =>
        Directory.GetFiles(shipped, "*.json").Select(file => Path.GetFileName(file));

    [TestCaseSource(nameof(Shipped))]
    public void No_shipped_scenario_has_any(string name)
    {
        using var folder = new ScenarioFolder();

        Assert.That(ScenarioWarnings.Of(folder.LoadFile(Path.Combine(shipped, name)).Scenario), Is.Empty);
    }

    [TestCase("""{ "id": "x", "type": "linkLoss", "atSeconds": 1, "lossProbability": 0 }""", "sim",
        WarningKind.FaultWithoutEffect)]
    [TestCase("""{ "id": "x", "type": "corrupt", "atSeconds": 1, "probability": 0 }""", "sim",
        WarningKind.FaultWithoutEffect)]
    [TestCase("""{ "id": "x", "type": "clockSkew", "atSeconds": 1, "target": { "index": [1] } }""", "sim",
        WarningKind.FaultWithoutEffect)]
    [TestCase("""
        { "id": "x", "type": "slowNode", "atSeconds": 1, "target": { "index": [1] },
          "processingDelayMs": { "distribution": "constant", "value": 0 } }
        """, "sim", WarningKind.FaultWithoutEffect)]
    [TestCase("""{ "id": "x", "type": "reorder", "atSeconds": 1, "probability": 0.5 }""", "tcp",
        WarningKind.FaultLeftOut)]
    [TestCase("""{ "id": "x", "type": "reorder", "atSeconds": 1, "probability": 0.5 }""", "sim", null)]
    [TestCase("""
        { "id": "x", "type": "crash", "target": { "index": [1] },
          "afterEvent": { "event": "joined", "delaySeconds": 900 } }
        """, "sim", WarningKind.FaultNeverCame)]
    [TestCase("""
        { "id": "x", "type": "crash", "atSeconds": 1, "target": { "index": [1] }, "spares": [{ "strike": 1 }] }
        """, "sim", WarningKind.FaultStruckNobody)]
    [TestCase("""
        { "id": "x", "type": "crash", "atSeconds": 1, "target": { "index": [1] }, "spares": [{ "strike": 2 }] }
        """, "sim", null)]
    [TestCase("""
        { "id": "x", "type": "leave", "atSeconds": 1, "target": { "pick": "random", "fraction": 0 } }
        """, "sim", WarningKind.FaultStruckNobody)]
    [TestCase("""
        { "id": "x", "type": "leave", "atSeconds": 1, "target": { "pick": "random", "fraction": 0.0001 } }
        """, "sim", null)]
    public void A_fault_that_can_do_nothing_is_named(string fault, string runtime, string? kind)
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load($$"""{ "runtime": "{{runtime}}", "faults": [ {{fault}} ] }""");

        Assert.That(
            ScenarioWarnings.Of(scenario).Select(warning => (warning.Kind, warning.Subject)),
            Is.EqualTo(kind is null ? [] : new[] { (kind, "x") }));
    }

    [Test]
    public void What_a_run_says_already_is_not_said_again()
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load("""{ "gossip": { "publishers": { "count": 0 } } }""");
        var ofRun = new RunWarning(WarningKind.NothingPublished, ScenarioWarnings.PublishersPath, "said");

        Assert.That(ScenarioWarnings.Added([ofRun], scenario), Is.EqualTo(new[] { ofRun }));
        Assert.That(ScenarioWarnings.Added([], scenario), Has.Count.EqualTo(1));
    }
}
