using System.Text.Json.Nodes;
using GossipSim.Scenarios.Files;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Files;

internal sealed class SchemaTests
{
    private static readonly string shippedDirectory = Path.Combine(AppContext.BaseDirectory, "scenarios");

    private static readonly JsonObject schema = ScenarioSchema.Create();

    private static readonly JsonNodeOptions nodes = new() { PropertyNameCaseInsensitive = false };

    public static IEnumerable<string> ShippedNames =>
        Directory.GetFiles(shippedDirectory, "*.json").Select(file => Path.GetFileName(file));

    [Test]
    public void The_main_scenario_ships() => Assert.That(ShippedNames, Does.Contain("crash-hub.json"));

    [TestCaseSource(nameof(ShippedNames))]
    public void A_shipped_scenario_is_valid_round_trips_and_matches_the_schema(string name)
    {
        using var folder = new ScenarioFolder();
        LoadedScenario loaded = folder.LoadFile(Path.Combine(shippedDirectory, name));
        folder.Write("effective.json", loaded.EffectiveText);

        Assert.That(loaded.Scenario.Name + ".json", Is.EqualTo(name));
        Assert.That(folder.LoadFile("effective").EffectiveText, Is.EqualTo(loaded.EffectiveText));
        Assert.That(JsonSchemaJudge.Accepts(schema, JsonNode.Parse(loaded.SourceText)), Is.True);
        Assert.That(JsonSchemaJudge.Accepts(schema, JsonNode.Parse(loaded.EffectiveText)), Is.True);
    }

    [Test]
    public void The_main_scenario_keeps_the_draft()
    {
        using var folder = new ScenarioFolder();
        Scenario scenario = folder.LoadFile(Path.Combine(shippedDirectory, "crash-hub.json")).Scenario;

        Assert.That(scenario.Runtime, Is.EqualTo(RuntimeKind.Tcp));
        Assert.That((scenario.SeedNodes.Count, scenario.Peers.Count), Is.EqualTo((3, 200)));
        Assert.That(scenario.Faults, Has.Count.EqualTo(1));
        Assert.That(scenario.Faults[0].Struck!.Pick, Is.EqualTo(NodePick.HighestDegree));
        Assert.That(scenario.Outputs.CompareWithSimulation, Is.True);
        Assert.That(scenario.Expectations, Has.Count.EqualTo(4));
    }

    // Schema and loader come from the same attributes by two ways; on each document they must agree.
    [TestCase("{}", true)]
    [TestCase("""{ "$schema": "x", "schemaVersion": 1 }""", true)]
    [TestCase("""{ "schemaVersion": 2 }""", false)]
    [TestCase("""{ "randomSeed": 9007199254740991 }""", true)]
    [TestCase("""{ "randomSeed": 9007199254740993 }""", false)]
    [TestCase("""{ "randomSeed": 1.5 }""", false)]
    [TestCase("""{ "seed": 1 }""", false)]
    [TestCase("""{ "peers": { "count": 2e2 } }""", true)]
    [TestCase("""{ "peers": { "count": "200" } }""", false)]
    [TestCase("""{ "peers": { "prot": 1 } }""", false)]
    [TestCase("""{ "peers": null }""", false)]
    [TestCase("""{ "peers": { "host": "127.0.0.1" } }""", true)]
    [TestCase("""{ "peers": { "host": "localhost" } }""", false)]
    [TestCase("""{ "overlay": { "maxDegree": null } }""", true)]
    [TestCase("""{ "overlay": { "maxDegree": 1 } }""", false)]
    [TestCase("""{ "overlay": { "rule": "ring" } }""", true)]
    [TestCase("""{ "overlay": { "rule": "star" } }""", false)]
    [TestCase("""{ "overlay": { "linksPerJoin": 64 } }""", true)]
    [TestCase("""{ "overlay": { "linksPerJoin": 0 } }""", false)]
    [TestCase("""{ "overlay": { "linksPerJoin": 1.5 } }""", false)]
    [TestCase("""{ "overlay": { "linksPerJoin": "floorHalfPlusOne" } }""", true)]
    [TestCase("""{ "overlay": { "linksPerJoin": "half" } }""", false)]
    [TestCase("""{ "overlay": { "linksPerJoin": { "from": 1, "to": 3 } } }""", true)]
    [TestCase("""{ "overlay": { "linksPerJoin": { "from": 1 } } }""", false)]
    [TestCase("""{ "overlay": { "linksPerJoin": { "from": 1, "to": 65 } } }""", false)]
    [TestCase("""{ "overlay": { "linksPerJoin": { "from": 1, "to": 3, "by": 2 } } }""", false)]
    [TestCase("""{ "overlay": { "rule": "zipfRank", "zipfExponent": 0.5, "zipfRankBy": "age" } }""", true)]
    [TestCase("""{ "overlay": { "rule": "zipfRank", "zipfRankBy": "size" } }""", false)]
    [TestCase("""{ "overlay": { "rule": "smallWorld", "rewiringProbability": 1 } }""", true)]
    [TestCase("""{ "overlay": { "rule": "smallWorld", "rewiringProbability": 1.1 } }""", false)]
    [TestCase(
        """{ "peers": { "count": 3 }, "overlay": { "rule": "fromFile", "links": [[0, 1], [1, 2]] } }""", true)]
    [TestCase("""{ "overlay": { "rule": "fromFile", "links": [[0, -1]] } }""", false)]
    [TestCase("""{ "overlay": { "rule": "fromFile", "links": [0, 1] } }""", false)]
    [TestCase("""{ "network": { "emulateOnTcp": true } }""", true)]
    [TestCase("""{ "network": { "emulateOnTcp": 1 } }""", false)]
    [TestCase("""{ "network": { "latency": { "distribution": "constant", "valueMs": 5 } } }""", true)]
    [TestCase("""{ "network": { "latency": { "distribution": "constant" } } }""", false)]
    [TestCase("""{ "network": { "latency": { "distribution": "constant", "valueMs": 5, "meanMs": 1 } } }""", false)]
    [TestCase("""{ "network": { "latency": { "valueMs": 5 } } }""", false)]
    [TestCase("""{ "network": { "latency": { "distribution": "empirical", "samplesMs": [1, 2] } } }""", true)]
    [TestCase("""{ "network": { "latency": { "distribution": "empirical", "samplesMs": [1, -2] } } }""", false)]
    [TestCase("""{ "network": { "latency": { "distribution": "gamma", "shape": 0.4, "scaleMs": 5 } } }""", true)]
    [TestCase("""{ "network": { "latency": { "distribution": "gamma", "shape": 0.04, "scaleMs": 5 } } }""", false)]
    [TestCase("""{ "network": { "latency": { "distribution": "gamma", "shape": 1001, "scaleMs": 5 } } }""", false)]
    [TestCase(
        """
        { "network": { "latency": { "distribution": "matrix", "regions": [{ "name": "eu" }, { "name": "us east" }],
          "latencyMs": [[1, 40], [45, 1]], "seedNodeRegions": ["us east"] } } }
        """, true)]
    [TestCase(
        """
        { "network": { "latency": { "distribution": "matrix", "regions": [{ "name": "eu" }], "latencyMs": [[-1]] } } }
        """, false)]
    [TestCase(
        """{ "network": { "latency": { "distribution": "matrix", "regions": [{}], "latencyMs": [[1]] } } }""", false)]
    [TestCase(
        """
        { "network": { "latency": { "distribution": "matrix", "regions": [{ "name": " " }], "latencyMs": [[1]] } } }
        """, false)]
    [TestCase(
        """
        { "network": { "latency": { "distribution": "geo", "places": [
          { "name": "Quito", "latitude": -0.2, "longitude": -78.5, "weight": 3 } ], "pathStretch": 2 } } }
        """, true)]
    [TestCase(
        """
        { "network": { "latency": { "distribution": "geo", "places": [
          { "name": "Quito", "latitude": -90.2, "longitude": -78.5 } ] } } }
        """, false)]
    [TestCase("""{ "network": { "latency": { "distribution": "geo", "uniformOnSphere": 1 } } }""", false)]
    [TestCase("""{ "network": { "bandwidthBytesPerSecond": 125000 } }""", true)]
    [TestCase("""{ "network": { "bandwidthBytesPerSecond": null } }""", true)]
    [TestCase("""{ "network": { "bandwidthBytesPerSecond": 99 } }""", false)]
    [TestCase("""{ "network": { "bandwidthBytesPerSecond": 1.5e3 } }""", true)]
    [TestCase("""{ "network": { "bandwidthBytesPerSecond": 125000.5 } }""", false)]
    [TestCase("""{ "faults": [{ "type": "crash", "atSeconds": 1, "target": { "index": [1] } }] }""", true)]
    [TestCase("""{ "faults": [{ "type": "crash", "atSeconds": 1, "target": { "index": [] } }] }""", false)]
    [TestCase("""{ "faults": [{ "type": "crash", "atSeconds": 1, "target": { "index": [-1] } }] }""", false)]
    [TestCase("""{ "faults": [{ "type": "crash", "target": { "index": [1] } }] }""", false)]
    [TestCase("""{ "faults": [{ "type": "sybil", "atSeconds": 1 }] }""", false)]
    [TestCase("""{ "faults": [{"type": "partition", "atSeconds": 1, "groups": [[{ "index": [1] }], "rest"]}]}""", true)]
    [TestCase("""{ "faults": [{ "type": "partition", "atSeconds": 1, "groups": [[], "rest"] }] }""", false)]
    [TestCase("""{ "faults": [{ "type": "partition", "atSeconds": 1, "groups": [[{ "idx": 1 }], "rest"] }] }""", false)]
    [TestCase("""{ "faults": [{ "type": "linkLoss", "atSeconds": 1, "lossProbability": 1, "target": null }] }""", true)]
    [TestCase("""{ "expectations": [{ "metric": "exitCode", "op": "==", "value": 0 }] }""", true)]
    [TestCase("""{ "expectations": [{ "metric": "exitCode", "op": "==", "value": null }] }""", false)]
    [TestCase("""{ "expectations": [{ "metric": "exitCode", "op": "=", "value": 0 }] }""", false)]
    [TestCase("""{ "invariants": { "waived": { "noFalseRemoval": "D3" } } }""", true)]
    [TestCase("""{ "invariants": { "waived": { "noFalseRemoval": 3 } } }""", false)]
    [TestCase("""{ "invariants": { "waived": { "noFalseRemovals": "D3" } } }""", false)]
    [TestCase("""{ "expectations": [{ "metric": "exit", "op": "==", "value": 0 }] }""", false)]
    [TestCase("""{ "outputs": { "plots": ["degreeDistribution"], "compatLogs": [] } }""", true)]
    [TestCase("""{ "outputs": { "plots": ["pie"] } }""", false)]
    [TestCase("""{ "tags": [1] }""", false)]
    public void Schema_and_loader_agree(string text, bool isAccepted)
    {
        using var folder = new ScenarioFolder();

        Assert.That(JsonSchemaJudge.Accepts(schema, JsonNode.Parse(text, nodes)), Is.EqualTo(isAccepted), "schema");
        if (isAccepted)
            Assert.That(() => folder.Load(text), Throws.Nothing);
        else
            Assert.That(() => folder.Load(text), Throws.TypeOf<ScenarioException>());
    }

    [Test]
    public void Every_key_is_described()
    {
        List<string> bare = [];
        FindBare(schema, "", bare);

        Assert.That(bare, Is.Empty);
    }

    [Test]
    public void The_metrics_are_those_of_the_summary()
    {
        Assert.That(MetricPaths.All["gossip.coverageOfLivePeersMin"].Type, Is.EqualTo(typeof(double)));
        Assert.That(MetricPaths.All["membership.seedsAgree"].Type, Is.EqualTo(typeof(bool)));
        Assert.That(MetricPaths.All["powerLaw.verdict"].Type, Is.EqualTo(typeof(string)));
        Assert.That(MetricPaths.All.Keys, Has.No.Member("invariants.violated").And.No.Member("gossip"));
    }

    /// <summary>The word that tells kinds apart is written by the serializer and explains itself.</summary>
    private static void FindBare(JsonNode? node, string path, List<string> bare)
    {
        if (node is JsonArray list)
        {
            foreach (JsonNode? item in list)
                FindBare(item, path, bare);
        }

        if (node is not JsonObject part)
            return;

        foreach ((string key, JsonNode? property) in part["properties"] as JsonObject ?? [])
        {
            JsonObject described = property!.AsObject();
            if (!described.ContainsKey("description") && !described.ContainsKey("const"))
                bare.Add($"{path}.{key}");
            FindBare(property, $"{path}.{key}", bare);
        }

        FindBare(part["items"], path + "[]", bare);
        FindBare(part["anyOf"], path, bare);
    }
}
